import { firstIdAt } from '../shared/ids.ts'
import { type Incident, incidentOf } from '../shared/incidents/incident.ts'
import type { Past } from '../shared/oncall/would-have.ts'
import { MINUTE } from '../shared/time.ts'

/** Incidents that one question looks at, the newest first. */
const INCIDENTS_MAX = 500
/** Offsets of zones are multiples of it: whether it was night is the same for all of one. */
export const QUARTER = 15 * MINUTE

/** What left for a person in one quarter of an hour that begins at `at`: messages, and whether any of them rings. */
export type Messages = { person: string; at: number; pages: number; rings: boolean }

/** Incidents that opened in [from, to) and page by this policy, newest first. Ids sort by time, so no index is needed for it. */
export function incidentsPagedBy(sql: SqlStorage, policy: string, from: number, to: number): Past[] {
  const rows = sql.exec<{ doc: string }>(
    `SELECT doc FROM incidents WHERE id >= ? AND id < ? AND json_extract(doc, '$.notify') = 1
       AND json_extract(doc, '$.policy.id') = ? ORDER BY id DESC LIMIT ?`,
    ...[firstIdAt(from), firstIdAt(to), policy, INCIDENTS_MAX],
  )
  return rows.toArray().map(({ doc }) => {
    const { severity, serviceId, openedAt, acknowledgedAt, resolvedAt } = incidentOf(JSON.parse(doc) as Incident)
    return { severity, service: serviceId, at: openedAt, until: acknowledgedAt ?? resolvedAt }
  })
}

/** Messages to people that left in [from, to), by quarters of an hour. What was told together with another page is that page's message. */
export const messagesTo = (sql: SqlStorage, from: number, to: number): Messages[] =>
  sql
    .exec<{ person: string; quarter: number; pages: number; rings: number }>(
      `SELECT json_extract(doc, '$.person') AS person, created_at / ${QUARTER} AS quarter, count(*) AS pages,
         max(json_extract(doc, '$.channel') <> 'email') AS rings
       FROM pages WHERE id >= ? AND id < ? AND state IN ('accepted', 'delivered', 'seen') AND json_extract(doc, '$.kind') = 'page'
         AND json_extract(doc, '$.person') IS NOT NULL AND json_extract(doc, '$.with') IS NULL
       GROUP BY person, quarter`,
      ...[firstIdAt(from), firstIdAt(to)],
    )
    .toArray()
    .map(({ person, quarter, pages, rings }) => ({ person, at: quarter * QUARTER, pages, rings: rings === 1 }))
