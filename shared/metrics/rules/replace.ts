import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import { poke } from '../../outbox.ts'
import { newAlert } from '../alerts/store.ts'
import { type AlertRow, alerts } from '../alerts/table.ts'
import type { FileGroup } from './schema.ts'
import { insertGroup, newGroup, removeGroup } from './store.ts'
import { docOf, typedOf } from './stored.ts'
import { type RuleGroupRow, ruleGroups } from './table.ts'

type Statement = Parameters<Db['batch']>[0][number]
/** What people choose here and no file says. */
const OURS = ['paused', 'severity', 'policy_id', 'create_incident', 'incident_per_series', 'notify_channels'] as const

/**
 * The statements that make a file's groups these ones. A group of the same name, and in it an alert of the same name, keeps its id,
 * and with it its state, its history and what was chosen for it here. `added`: how many alerts more there are then.
 */
export function replacing(
  db: Db,
  team: string,
  file: string,
  groups: readonly FileGroup[],
  before: { groups: readonly RuleGroupRow[]; alerts: readonly AlertRow[] },
  at: number,
): { statements: Statement[]; added: number } {
  const statements: Statement[] = []
  let added = 0
  const mine = before.groups.filter((g) => g.file === file)
  for (const gone of mine.filter((g) => !groups.some((next) => next.name === g.name))) {
    statements.push(...removeGroup(db, team, gone.id, at))
    added -= before.alerts.filter((a) => a.group_id === gone.id).length
  }
  for (const group of groups) {
    const was = mine.find((g) => g.name === group.name)
    const rest = was ? before.alerts.filter((a) => a.group_id === was.id) : []
    const row = newGroup(team, file, group.name, docOf(group, []), at)
    const id = was?.id ?? row.id
    const ids = group.rules.flatMap((rule) => {
      if (rule.kind !== 'alert') return []
      const typed = typedOf(rule, group.intervalMs)
      const i = rest.findIndex((a) => a.name === rule.alert)
      const [same] = i < 0 ? [] : rest.splice(i, 1)
      if (same) {
        const doc = { ...typed, ...Object.fromEntries(OURS.map((k) => [k, same.doc[k]])) }
        statements.push(
          db
            .update(alerts)
            .set({ doc, updated_at: at })
            .where(and(eq(alerts.team, team), eq(alerts.id, same.id))),
        )
        return [same.id]
      }
      const made = newAlert(team, typed, id, at)
      statements.push(db.insert(alerts).values({ ...made, team }))
      added++
      return [made.id]
    })
    for (const a of rest) statements.push(db.update(alerts).set({ deleted_at: at, updated_at: at }).where(and(eq(alerts.team, team), eq(alerts.id, a.id)))) // biome-ignore format: one line
    added -= rest.length
    const doc = docOf(group, ids)
    statements.push(was ? db.update(ruleGroups).set({ doc, updated_at: at }).where(and(eq(ruleGroups.team, team), eq(ruleGroups.id, id))) : insertGroup(db, team, { ...row, doc })) // biome-ignore format: one line
  }
  if (statements.length) statements.push(poke(db, team, 'alerts', team, at))
  return { statements, added }
}
