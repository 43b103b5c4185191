import { iso } from '../time.ts'
import type { Statistics, Warehouse } from '../warehouse/clickhouse.ts'
import type { Search } from './search/parse.ts'
import type { FieldsBody, FoundRow, Health, HistogramBody } from './search/schema.ts'
import { searchSql } from './search/sql.ts'

/** Which records a question is about: `[from, to)` in epoch ms; no sources means all of the team. */
export type Scope = { search: Search; from: number; to: number; sources: string[] }
export type Order = 'desc' | 'asc'

/** A place in an answer: nanoseconds, tie-break, and how many rows equal in both came before. */
const CURSOR = /^(\d{1,19})-(\d{1,20})-(\d{1,9})$/
/** Decides among records of one nanosecond; records equal in this too are the same to a reader. */
const TIE = 'cityHash64(source_id, level, service, message, attributes, trace_id, span_id)'
const time = (param: string) => `fromUnixTimestamp64Milli({${param}:Int64})`
const nano = (param: string) => `fromUnixTimestamp64Nano({${param}:Int64})`

const where = ({ search, from, to, sources }: Scope, team: string): { sql: string; params: Record<string, unknown> } => {
  const { sql, params } = searchSql(search)
  return {
    sql: `team = {team:UUID} AND ${sources.length ? 'source_id IN {sources:Array(UUID)} AND ' : ''}timestamp >= ${time('from')} AND timestamp < ${time('to')} AND (${sql})`,
    params: { ...params, team, from, to, ...(sources.length ? { sources } : {}) },
  }
}

/**
 * One page of records. Following `next` shows every record once, whatever arrives meanwhile and however many share a
 * nanosecond; undefined for a cursor that is not ours. The tie-break is computed only for what the page can hold: the inner
 * query finds how far it reaches and reads the time and what the search names.
 */
export async function searchLogs(
  ch: Warehouse,
  team: string,
  scope: Scope,
  { limit, order, cursor }: { limit: number; order: Order; cursor?: string | undefined },
): Promise<{ data: FoundRow[]; next: string | null; statistics: Statistics } | undefined> {
  const place = cursor === undefined ? null : CURSOR.exec(cursor)
  if (cursor !== undefined && (!place || BigInt(place[1]!) > 2n ** 63n - 1n || BigInt(place[2]!) > 2n ** 64n - 1n)) return undefined
  const { sql, params } = where(scope, team)
  const [beyond, within, edge] = order === 'desc' ? ['<', '>=', 'minOrNull'] : ['>', '<=', 'maxOrNull']
  const reach = `coalesce((SELECT ${edge}(timestamp) FROM (SELECT timestamp FROM tocsin.logs WHERE ${sql}${
    place ? ` AND timestamp ${beyond} ${nano('ns')}` : ''
  } ORDER BY timestamp ${order} LIMIT {limit:UInt32})), ${time(order === 'desc' ? 'from' : 'to')})`
  const after = place ? ` AND (timestamp ${beyond} ${nano('ns')} OR (timestamp = ${nano('ns')} AND ${TIE} ${beyond}= {tie:UInt64}))` : ''
  const { rows, statistics } = await ch.answer<FoundRow & { ns: string; tie: string }>(
    `SELECT timestamp, source_id, level, service, message, attributes, trace_id, span_id,
       toString(toUnixTimestamp64Nano(timestamp)) AS ns, toString(${TIE}) AS tie
     FROM tocsin.logs WHERE ${sql} AND timestamp ${within} ${reach}${after}
     ORDER BY timestamp ${order}, ${TIE} ${order} LIMIT {limit:UInt32}${place ? ' OFFSET {skip:UInt32}' : ''}`,
    { ...params, limit: limit + 1, ...(place ? { ns: place[1], tie: place[2], skip: Number(place[3]) } : {}) },
    { maxBytes: 64_000_000 },
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const equal = last ? page.filter((r) => r.ns === last.ns && r.tie === last.tie).length : 0
  const before = last && place && last.ns === place[1] && last.tie === place[2] ? Number(place[3]) : 0
  return {
    data: page.map(({ ns: _, tie: __, ...row }) => row),
    next: last && rows.length > limit ? `${last.ns}-${last.tie}-${before + equal}` : null,
    statistics,
  }
}

/** Spellings of levels that stand for trouble, as loggers write them. */
const ERROR = ['error', 'err', 'fatal', 'critical', 'crit', 'alert', 'emergency', 'emerg', 'panic', 'severe']
const WARN = ['warn', 'warning']
const list = (levels: string[]) => levels.map((l) => `'${l}'`).join(', ')

/** Steps that people read easily, in ms. */
const STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
  3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
] // biome-ignore format: a table

/** The shortest readable step that covers `[from, to)` with at most `buckets`; bars begin at its multiples, so one more may be cut at both ends. */
export const stepOf = (from: number, to: number, buckets: number): number =>
  STEPS.find((step) => (to - from) / step <= buckets) ?? Math.ceil((to - from) / buckets)

/** Records per step by severity; steps without records are there too. */
export async function histogram(ch: Warehouse, team: string, scope: Scope, buckets: number): Promise<HistogramBody> {
  const step_ms = stepOf(scope.from, scope.to, buckets)
  const { sql, params } = where(scope, team)
  const rows = await ch.rows<{ step: number; error: number; warn: number; all: number }>(
    `SELECT intDiv(toUnixTimestamp64Milli(timestamp), {step:Int64}) AS step, countIf(level IN (${list(ERROR)})) AS error,
       countIf(level IN (${list(WARN)})) AS warn, count() AS all
     FROM tocsin.logs WHERE ${sql} GROUP BY step`,
    { ...params, step: step_ms },
  )
  const counted = new Map(rows.map((r) => [r.step, r]))
  const out: HistogramBody = { step_ms, buckets: [], total: 0 }
  for (let step = Math.floor(scope.from / step_ms); step * step_ms < scope.to; step++) {
    const { error = 0, warn = 0, all = 0 } = counted.get(step) ?? {}
    out.buckets.push({ at: iso(step * step_ms), error, warn, rest: all - error - warn })
    out.total += all
  }
  return out
}

const SAMPLE = 5000
const VALUES = 10
const FIELDS_MAX = 200

/** Names of fields, how often records carry them, and their commonest values: of the newest 5,000 records of the scope. */
export async function fields(ch: Warehouse, team: string, scope: Scope): Promise<FieldsBody> {
  const { sql, params } = where(scope, team)
  const rows = await ch.rows<{ name: string; value: string; count: number; carried: number; sampled: number }>(
    `WITH sample AS (SELECT level, service, toString(source_id) AS source, attributes FROM tocsin.logs WHERE ${sql} ORDER BY timestamp DESC LIMIT ${SAMPLE})
     SELECT name, substringUTF8(value, 1, 200) AS value, count() AS count, sum(count) OVER (PARTITION BY name) AS carried, (SELECT count() FROM sample) AS sampled
     FROM (
       SELECT kv.1 AS name, kv.2 AS value FROM (
         SELECT arrayJoin(arrayConcat([('level', level), ('service', service), ('source_id', source)],
           arrayZip(mapKeys(attributes)::Array(String), mapValues(attributes)))) AS kv FROM sample
       ) WHERE value != ''
     )
     GROUP BY name, value ORDER BY carried DESC, name, count DESC, value LIMIT ${VALUES} BY name LIMIT ${FIELDS_MAX * VALUES}`,
    params,
    { maxBytes: 32_000_000 },
  )
  const sampled = rows[0]?.sampled ?? 0
  const data: FieldsBody['data'] = []
  for (const { name, value, count, carried } of rows) {
    if (data.at(-1)?.name !== name) data.push({ name, share: Math.round((carried / sampled) * 1e4) / 1e4, values: [] })
    data.at(-1)!.values.push({ value, count })
  }
  return { data, sample: { rows: sampled, complete: sampled < SAMPLE } }
}

/**
 * For "waiting for the first event", whatever the source sends. Log records are looked at themselves; spans and points by the minutes in
 * which they were counted (tocsin.usage), so that their time is the beginning of a minute.
 */
export async function sourceHealth(ch: Warehouse, team: string, source: string, at: number): Promise<Omit<Health, 'refused' | 'vrl'>> {
  const [logs, others] = await Promise.all([
    ch.rows<{ last: number | null; minute: number }>(
      `SELECT maxOrNull(toUnixTimestamp64Milli(timestamp)) AS last, countIf(timestamp >= ${time('minute')}) AS minute
       FROM tocsin.logs WHERE team = {team:UUID} AND source_id = {source:UUID}`,
      { team, source, minute: at - 60_000 },
    ),
    ch.rows<{ minute: number; events: number }>(
      `SELECT toUnixTimestamp(at) * 1000 AS minute, sum(events) AS events FROM tocsin.usage
       WHERE team = {team:UUID} AND source_id = {source:UUID} AND signal != 'logs' GROUP BY at ORDER BY at DESC LIMIT 2`,
      { team, source },
    ),
  ])
  const last = Math.max(logs[0]?.last ?? 0, others[0]?.minute ?? 0)
  // of the minute that is going on and the whole one before it
  const counted = Math.max(0, ...others.filter(({ minute }) => minute > at - 120_000).map(({ events }) => events))
  return { last_event_at: last ? iso(last) : null, events_last_minute: (logs[0]?.minute ?? 0) + counted }
}
