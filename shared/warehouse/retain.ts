import type { ClickHouse } from './insert.ts'

/** Tables whose rows come from a source: their column of time, and which of a source's two retentions holds for them. `usage` stays: it is what was billed. */
const fromSources = {
  logs: { time: 'timestamp', kept: 'logs' },
  spans: { time: 'timestamp', kept: 'logs' },
  series: { time: 'day', kept: 'metrics' },
  samples: { time: 'at', kept: 'metrics' },
  histograms: { time: 'at', kept: 'metrics' },
  exemplars: { time: 'at', kept: 'metrics' },
  derived_points: { time: 'at', kept: 'metrics' },
  metric_metadata: { time: 'seen', kept: null },
} as const satisfies Record<string, { time: string; kept: 'logs' | 'metrics' | null }>

export type Place = { team: string; source: string }
/** Days. */
export type Retention = { logs: number; metrics: number }

const OF = 'team = {team:UUID} AND source_id = {source:UUID}'

/**
 * Rows of a source go from sight at once and from the disk with the next merge of their part. A light delete took 0.6–1.0 s where the
 * mutation took 5.8–8.2 s (2 M rows, docs/formats.md). Returns how many tables held any; harmless to repeat.
 */
export async function eraseSource(ch: ClickHouse, place: Place): Promise<number> {
  let held = 0
  for (const table of Object.keys(fromSources)) {
    if (!(await some(ch, table, OF, place))) continue
    held += 1
    await run(ch, `DELETE FROM tocsin.${table} WHERE ${OF} SETTINGS lightweight_deletes_sync = 0`, place)
  }
  return held
}

/** What was deleted from sight leaves the disk too: parts that hold such rows are written anew, in the background. */
export async function eraseFromDisk(ch: ClickHouse): Promise<void> {
  for (const table of Object.keys(fromSources)) await run(ch, `ALTER TABLE tocsin.${table} APPLY DELETED MASK`, {})
}

/**
 * Rows that are there already are kept as long as the source says now. The passing of time is the table's TTL by `retention_days`; this
 * is for a change of mind: what is too old goes at once, and the column is written anew for what stays. Harmless to repeat.
 */
export async function applyRetention(ch: ClickHouse, place: Place, retention: Retention): Promise<void> {
  for (const [table, { time, kept }] of Object.entries(fromSources)) {
    if (kept === null) continue
    const params = { ...place, days: retention[kept] }
    const other = `${OF} AND retention_days != {days:UInt16}`
    if (!(await some(ch, table, other, params))) continue
    const old = `${OF} AND ${time} < now() - toIntervalDay({days:UInt16})`
    if (await some(ch, table, old, params))
      await run(ch, `DELETE FROM tocsin.${table} WHERE ${old} SETTINGS lightweight_deletes_sync = 2`, params)
    await run(ch, `ALTER TABLE tocsin.${table} UPDATE retention_days = {days:UInt16} WHERE ${other}`, params)
  }
}

type Params = Record<string, string | number>

const some = async (ch: ClickHouse, table: string, where: string, params: Params): Promise<boolean> =>
  (await run(ch, `SELECT 1 FROM tocsin.${table} WHERE ${where} LIMIT 1 FORMAT TSV`, params)).trim() !== ''

/** Throws with ClickHouse's own words: these statements are ours. */
async function run({ url, user, password }: ClickHouse, sql: string, params: Params): Promise<string> {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [`param_${name}`, String(value)]))
  const answer = await fetch(`${url}/?${query}`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password },
    body: sql,
    signal: AbortSignal.timeout(60_000),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text.slice(0, 500))
  return text
}
