import { iso } from '../../time.ts'
import type { Warehouse } from '../../warehouse/clickhouse.ts'
import type { AlertHistory, HistoryQuery } from './schema.ts'

const DAY_MS = 86_400_000

/** Changes of an alert's series, newest first. `cursor` is what the page before gave; one that it did not give is none. */
export async function historyOf(
  ch: Warehouse,
  team: string,
  alert: string,
  q: HistoryQuery,
  at: number,
): Promise<{ data: AlertHistory['data']; next: string | null }> {
  const [, before, id] = /^(\d{10,15})\.([0-9a-f-]{36})$/.exec(q.cursor ?? '') ?? []
  const rows = await ch.rows<{ t: number; row_id: string; labels: Record<string, string>; f: string; s: string; value: string; a: number; incident: string | null }>(
    `SELECT toUnixTimestamp64Milli(at) AS t, toString(id) AS row_id, labels, upper(toString(from_state)) AS f, upper(toString(to_state)) AS s, value,
       toUnixTimestamp64Milli(active_at) AS a, toString(incident_id) AS incident
     FROM tocsin.alert_transitions FINAL
     WHERE team = {team:UUID} AND alert_id = {alert:UUID} AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at < fromUnixTimestamp64Milli({to:Int64})
       AND (at, id) < (fromUnixTimestamp64Milli({before:Int64}), {id:UUID})
     ORDER BY at DESC, id DESC LIMIT {limit:UInt32}`,
    {
      team,
      alert,
      from: Math.max(0, q.from ?? at - 90 * DAY_MS),
      to: Math.max(0, q.to ?? at + DAY_MS),
      before: before ? Number(before) : 9_000_000_000_000,
      id: id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
      limit: q.per_page + 1,
    },
  ) // biome-ignore format: one query
  const shown = rows.slice(0, q.per_page)
  const last = shown.at(-1)
  return {
    data: shown.map((r) => ({
      at: iso(r.t),
      labels: r.labels,
      from: r.f as 'INACTIVE',
      to: r.s as 'INACTIVE',
      value: r.value,
      active_at: iso(r.a),
      incident_id: r.incident,
    })),
    next: rows.length > shown.length && last ? `${last.t}.${last.row_id}` : null,
  }
}

/** How often each of these alerts began to fire in the 30 days before `at`, and when it last did. */
export async function firingsOf(
  ch: Warehouse,
  team: string,
  ids: readonly string[],
  at: number,
): Promise<Map<string, { count: number; last: number }>> {
  if (!ids.length) return new Map()
  const rows = await ch.rows<{ alert: string; n: number; last: number }>(
    `SELECT toString(alert_id) AS alert, count() AS n, toUnixTimestamp64Milli(max(at)) AS last FROM tocsin.alert_transitions FINAL
     WHERE team = {team:UUID} AND alert_id IN {ids:Array(UUID)} AND to_state = 'firing' AND at >= fromUnixTimestamp64Milli({from:Int64})
     GROUP BY alert_id`,
    { team, ids: [...ids], from: at - 30 * DAY_MS },
    { timeoutMs: 3000 },
  )
  return new Map(rows.map((r) => [r.alert, { count: r.n, last: r.last }]))
}
