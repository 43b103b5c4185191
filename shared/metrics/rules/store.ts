import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import { newId } from '../../ids.ts'
import { poke } from '../../outbox.ts'
import type { PageQuery } from '../../page.ts'
import { iso } from '../../time.ts'
import { alerts } from '../alerts/table.ts'
import type { GroupDoc, RuleGroupBody } from './schema.ts'
import { type RuleGroupRow, ruleGroups } from './table.ts'

const alive = (team: string) => and(eq(ruleGroups.team, team), isNull(ruleGroups.deleted_at))
export const GROUPS_MAX = 500

export const allGroups = (db: Db, team: string): Promise<RuleGroupRow[]> =>
  db.select().from(ruleGroups).where(alive(team)).orderBy(asc(ruleGroups.number)).limit(GROUPS_MAX)

export async function listGroups(db: Db, team: string, { page, per_page }: PageQuery) {
  const [rows, [total]] = await db.batch([
    db.select().from(ruleGroups).where(alive(team)).orderBy(asc(ruleGroups.file), asc(ruleGroups.number)).limit(per_page).offset((page - 1) * per_page),
    db.select({ n: count() }).from(ruleGroups).where(alive(team)),
  ]) // biome-ignore format: a query a line
  return { rows, total: total?.n ?? 0 }
}

export const newGroup = (team: string, file: string, name: string, doc: GroupDoc, at: number): Omit<RuleGroupRow, 'number'> => ({
  id: newId(at),
  team,
  name,
  file,
  doc,
  created_at: at,
  updated_at: at,
  deleted_at: null,
})
export const insertGroup = (db: Db, team: string, row: Omit<RuleGroupRow, 'number'>) => db.insert(ruleGroups).values({ ...row, team })

export async function getGroup(db: Db, team: string, id: string): Promise<RuleGroupRow | undefined> {
  const [row] = await db.select().from(ruleGroups).where(and(alive(team), eq(ruleGroups.id, id))) // biome-ignore format: one line
  return row
}

/** The statements that take a group away with its alerts, for a batch. */
export const removeGroup = (db: Db, team: string, id: string, at: number) =>
  [
    db.update(ruleGroups).set({ deleted_at: at, updated_at: at }).where(and(alive(team), eq(ruleGroups.id, id))).returning({ id: ruleGroups.id }),
    db.update(alerts).set({ deleted_at: at, updated_at: at }).where(and(eq(alerts.team, team), eq(alerts.group_id, id), isNull(alerts.deleted_at))).returning({ id: alerts.id }),
    poke(db, team, 'alerts', team, at),
  ] as const // biome-ignore format: a statement a line

/** `alerts`: the group's alerts by id. */
export const groupBody = (row: Omit<RuleGroupRow, 'number'>, named: ReadonlyMap<string, { name: string; query: string; labels: Record<string, string> }>): RuleGroupBody => ({
  id: row.id,
  name: row.name,
  file: row.file,
  interval: row.doc.interval_s,
  limit: row.doc.limit,
  rules: row.doc.rules.flatMap((rule): RuleGroupBody['rules'] => {
    if (rule.kind === 'record') return [{ type: 'recording', name: rule.record, query: rule.expr, labels: rule.labels, alert_id: null }]
    const alert = named.get(rule.id)
    return alert ? [{ type: 'alerting', ...alert, alert_id: rule.id }] : []
  }),
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
}) // biome-ignore format: one shape
