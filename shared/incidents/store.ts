import { and, count, desc, eq, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { DAY } from '../time.ts'
import type { Severity, Status } from './incident.ts'
import type { ListIncidents } from './schema.ts'
import { type IncidentHead, incidentHeads, pageGauges } from './table.ts'
import type { Names } from './wire.ts'

/** D1 takes at most 100 variables in a statement. */
const NAMES_AT_ONCE = 90

/** Newest first. What was decided a moment ago may be a moment behind: heads are written after the pages left. */
export async function listIncidents(
  db: Db,
  team: string,
  query: ListIncidents,
  person: string,
): Promise<{ rows: IncidentHead[]; total: number }> {
  const where = and(eq(incidentHeads.team, team), ...filters(query, person))
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(incidentHeads)
      .where(where)
      .orderBy(desc(incidentHeads.created_at), desc(incidentHeads.number))
      .limit(query.per_page)
      .offset((query.page - 1) * query.per_page),
    db.select({ n: count() }).from(incidentHeads).where(where),
  ])
  return { rows, total: total?.n ?? 0 }
}

/** `person` is who asks, for `mine`. */
function filters(q: ListIncidents, person: string): (SQL | undefined)[] {
  const number = /^(?:inc-)?(\d{1,9})$/i.exec(q.q ?? '')?.[1]
  const text = q.q?.replace(/[\\%_]/g, (c) => `\\${c}`)
  return [
    q.status &&
      inArray(
        incidentHeads.status,
        q.status.map((s) => s.toLowerCase() as Status),
      ),
    q.severity &&
      inArray(
        incidentHeads.severity,
        q.severity.map((s) => s.toLowerCase() as Severity),
      ),
    q.acknowledged === undefined
      ? undefined
      : q.acknowledged
        ? isNotNull(incidentHeads.acknowledged_at)
        : isNull(incidentHeads.acknowledged_at),
    q.mine
      ? or(
          eq(incidentHeads.responder_id, person),
          ...[incidentHeads.acknowledged_by, incidentHeads.resolved_by].map((by) => sql`${by} ->> 'id' = ${person}`),
        )
      : undefined,
    q.monitor_id ? eq(incidentHeads.monitor_id, q.monitor_id) : undefined,
    q.policy_id ? eq(incidentHeads.policy_id, q.policy_id) : undefined,
    q.from ? gte(incidentHeads.created_at, Date.parse(q.from)) : undefined,
    q.to ? lt(incidentHeads.created_at, Date.parse(q.to)) : undefined,
    text
      ? or(sql`${incidentHeads.title} like ${`%${text}%`} escape '\\'`, number ? eq(incidentHeads.team_number, Number(number)) : undefined)
      : undefined,
  ]
}

/** Names of these people; one who left or was erased is not in it. */
export async function namesOf(db: Db, _team: string, ids: string[]): Promise<Names> {
  const names = new Map<string, string>()
  for (let i = 0; i < ids.length; i += NAMES_AT_ONCE)
    for (const row of await db
      .select({ id: user.id, name: user.name })
      .from(user)
      .where(inArray(user.id, ids.slice(i, i + NAMES_AT_ONCE))))
      names.set(row.id, row.name)
  return names
}

/** Seconds to acknowledge and to resolve of incidents opened in [from, to), newest 10,000. */
export async function timesOf(db: Db, team: string, from: number, to: number) {
  const rows = await db
    .select({ at: incidentHeads.created_at, acknowledged: incidentHeads.acknowledged_at, resolved: incidentHeads.resolved_at })
    .from(incidentHeads)
    .where(and(eq(incidentHeads.team, team), gte(incidentHeads.created_at, from), lt(incidentHeads.created_at, to)))
    .orderBy(desc(incidentHeads.created_at))
    .limit(10_000)
  const after = (key: 'acknowledged' | 'resolved') => rows.flatMap((r) => (r[key] === null ? [] : [(r[key] - r.at) / 1000]))
  return { incidents: rows.length, toAcknowledge: after('acknowledged'), toResolve: after('resolved') }
}

/** Whole seconds; null of nothing. */
export function median(values: number[]): number | null {
  if (!values.length) return null
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return Math.round(sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2)
}

/** Milliseconds the oldest unsent page of any team has waited; 0 when none waits. For /api/health: one row per team in trouble. */
export async function oldestUnsentPage(db: Db, at: number): Promise<number> {
  const [row] = await db.select({ since: sql<number | null>`min(${pageGauges.oldest_unsent_at})` }).from(pageGauges)
  return row?.since == null || at - row.since > 2 * DAY ? 0 : Math.max(0, at - row.since)
}
