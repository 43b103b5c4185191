import { reportingOf, ruleOf } from '../shared/metrics/alerts/definition.ts'
import { closing } from '../shared/metrics/alerts/effects.ts'
import { pointsOf } from '../shared/metrics/alerts/series.ts'
import type { AlertRow } from '../shared/metrics/alerts/table.ts'
import type { RuleGroupRow } from '../shared/metrics/rules/table.ts'
import { transitionRow } from './alerts-outgoing.ts'
import type { AlertRows, Held } from './alerts-store.ts'

const SECOND = 1000

/** Makes the object hold what D1 says: new ones are due at once, changed ones keep their state, those that are gone end their incidents. */
export function sync(rows: AlertRows, team: string, alerts: readonly AlertRow[], groups: readonly RuleGroupRow[], at: number): void {
  const before = new Map(rows.rules().map((held) => [held.rule.id, held]))
  const units = new Set(rows.unitIds())
  const limits = new Map(groups.map((g) => [g.id, g.doc.limit]))
  const kept = new Set<string>()
  for (const row of alerts) {
    if (row.paused) continue
    const unit = row.group_id && limits.has(row.group_id) ? row.group_id : row.id
    const reporting = row.doc.create_incident ? reportingOf(team, row.doc) : null
    kept.add(row.id)
    rows.define(row.id, unit, { v: 1, rule: ruleOf(row.id, row.doc, limits.get(unit) ?? 0), reporting, channels: row.doc.notify_channels })
    if (unit === row.id) {
      rows.saveUnit({ v: 1, id: row.id, intervalMs: row.doc.check_period * SECOND, offsetMs: 0, group: null }, at)
      units.delete(row.id)
    }
  }
  for (const g of groups) {
    rows.saveUnit({ v: 1, id: g.id, intervalMs: g.doc.interval_s * SECOND, offsetMs: g.doc.offset_s * SECOND, group: g.doc }, at)
    units.delete(g.id)
  }
  for (const id of units) rows.dropUnit(id)
  const still = new Set(alerts.map((row) => row.id))
  for (const [id, held] of before) if (!kept.has(id)) end(rows, id, held, still.has(id) ? 'paused' : 'deleted', at)
}

/** What fired stops with the rule; history says so. */
function end(rows: AlertRows, id: string, held: Held, why: 'paused' | 'deleted', at: number): void {
  rows.addCalls(id, closing(held.open, why, at))
  for (const [key, a] of Object.entries(held.state.active))
    rows.addTransition(
      null,
      at,
      transitionRow(id, { key, labels: a.labels, from: a.state, to: 'inactive', at, value: a.value, activeAt: a.activeAt }),
    )
  const points = pointsOf(held.state.active, {})
  if (points.length) rows.addPoints(held.unit, at, points)
  rows.dropRule(id)
}
