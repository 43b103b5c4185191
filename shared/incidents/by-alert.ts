import { and, count, eq, gte, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { incidentHeads } from './table.ts'

/** How often alerts opened incidents since `from` (epoch ms), and on how many of those somebody acted: acknowledged or resolved by a person. */
export async function incidentsByAlert(
  db: Db,
  team: string,
  alerts: readonly string[],
  from: number,
): Promise<Map<string, { count: number; acted: number }>> {
  if (!alerts.length) return new Map()
  // one parameter for all ids: D1 takes a hundred at most
  const listed = sql`${incidentHeads.alert_id} IN (SELECT value FROM json_each(${JSON.stringify(alerts)}))`
  const byPerson = sql`${incidentHeads.acknowledged_at} IS NOT NULL OR json_extract(${incidentHeads.resolved_by}, '$.type') = 'user'`
  const rows = await db
    .select({ alert: incidentHeads.alert_id, n: count(), acted: sql<number>`sum(${byPerson})` })
    .from(incidentHeads)
    .where(and(eq(incidentHeads.team, team), gte(incidentHeads.started_at, from), listed))
    .groupBy(incidentHeads.alert_id)
  return new Map(rows.map((r) => [r.alert ?? '', { count: r.n, acted: r.acted }]))
}
