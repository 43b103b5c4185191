import type { Search } from '../logs/search/parse.ts'
import { searchSql } from '../logs/search/sql.ts'
import type { Warehouse } from '../warehouse/clickhouse.ts'
import type { FoundTrace, SampledTraces, SearchTraces, ServicesBody, TraceBody } from './schema.ts'
import { type Node, treeOf } from './tree.ts'

const SPANS_MAX = 20_000
const time = (param: string) => `fromUnixTimestamp64Milli({${param}:Int64})`
const ms = (ns: number) => Math.round(ns / 1000) / 1000

type StoredSpan = Node & {
  source_id: string
  startedAt: string
  ns: string
  service: string
  name: string
  kind: string
  status: 'ok' | 'error' | 'unset'
  status_message: string
  attributes: Record<string, string>
  events: [at: string, name: string, attributes: Record<string, string>][]
  links: [trace: string, span: string, attributes: Record<string, string>][]
}

/** The whole trace in tree order, or null when the team has no span of it. Past 20,000 spans the earliest are shown and `truncated` says so. */
export async function readTrace(ch: Warehouse, team: string, trace: string): Promise<TraceBody | null> {
  const rows = await ch.rows<StoredSpan>(
    `SELECT span_id, parent_span_id, source_id, timestamp AS startedAt, toString(toUnixTimestamp64Nano(timestamp)) AS ns, 0 AS startNs,
       duration_ns AS durationNs, service, name, kind, status, status_message, attributes,
       arrayZip(\`events.timestamp\`, \`events.name\`, \`events.attributes\`) AS events,
       arrayZip(\`links.trace_id\`, \`links.span_id\`, \`links.attributes\`) AS links
     FROM tocsin.spans WHERE team = {team:UUID} AND trace_id = {trace:String} ORDER BY timestamp, span_id LIMIT {limit:UInt32}`,
    { team, trace, limit: SPANS_MAX + 1 },
    { maxRows: SPANS_MAX + 1, maxBytes: 200_000_000 },
  )
  const first = rows[0]
  if (!first) return null
  const begin = BigInt(first.ns)
  const spans = rows.slice(0, SPANS_MAX).map((r) => ({ ...r, startNs: Number(BigInt(r.ns) - begin) }))
  return {
    trace_id: trace,
    started_at: first.startedAt,
    duration_ms: ms(spans.reduce((end, s) => Math.max(end, s.startNs + s.durationNs), 0)),
    truncated: rows.length > SPANS_MAX,
    spans: treeOf(spans).map(({ span, depth, orphan, selfNs }) => ({
      span_id: span.span_id,
      parent_span_id: span.parent_span_id,
      source_id: span.source_id,
      service: span.service,
      operation: span.name,
      kind: span.kind,
      started_at: span.startedAt,
      offset_ms: ms(span.startNs),
      duration_ms: ms(span.durationNs),
      self_ms: ms(selfNs),
      status: span.status,
      status_message: span.status_message,
      attributes: span.attributes,
      events: span.events.map(([at, name, attributes]) => ({ at, name, attributes })),
      links: span.links.map(([trace_id, span_id, attributes]) => ({ trace_id, span_id, attributes })),
      depth,
      orphan,
    })),
  }
}

export type TraceScope = Omit<SearchTraces, 'q' | 'from' | 'to' | 'cursor' | 'per_page'> & { search: Search; from: number; to: number }
/** When the trace's first found span began, in ns, and its id. */
const CURSOR = /^(\d{1,19})-([0-9a-f]{1,32})$/

/** Spans that fit, as rows of the log search: columns timestamp, trace_id, level (the status) and what a search names. */
function fitting(team: string, { search, from, to, service, operation, status, min_ms, max_ms }: TraceScope) {
  const found = searchSql(search)
  const timed = min_ms !== undefined || max_ms !== undefined
  const where = [
    `team = {team:UUID} AND timestamp >= ${time('from')} AND timestamp < ${time('to')}`,
    service === undefined ? '' : 'service = {service:String}',
    operation === undefined ? '' : 'name = {operation:String}',
    status === undefined ? '' : 'status = {status:String}',
    min_ms === undefined ? '' : 'duration_ns >= {min:UInt64}',
    max_ms === undefined ? '' : 'duration_ns <= {max:UInt64}',
    timed && service === undefined && operation === undefined ? "parent_span_id = ''" : '',
  ].filter(Boolean)
  return {
    sql: `SELECT timestamp, trace_id, level FROM (
       SELECT timestamp, trace_id, span_id, source_id, service, attributes, toString(status) AS level, concat(name, ' ', status_message) AS message
       FROM tocsin.spans WHERE ${where.join(' AND ')}
     ) WHERE ${found.sql}`,
    params: {
      ...found.params, team, from, to,
      ...(service === undefined ? {} : { service }), ...(operation === undefined ? {} : { operation }), ...(status === undefined ? {} : { status }),
      ...(min_ms === undefined ? {} : { min: Math.round(min_ms * 1e6) }), ...(max_ms === undefined ? {} : { max: Math.round(max_ms * 1e6) }),
    }, // biome-ignore format: parameters
  }
}

/**
 * Traces with a span that fits, the latest first; what is said of a trace is of all its spans (those an hour around the range).
 * Undefined for a cursor that is not ours.
 */
export async function searchTraces(
  ch: Warehouse,
  team: string,
  scope: TraceScope,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ data: FoundTrace[]; next: string | null } | undefined> {
  const place = page.cursor === undefined ? null : CURSOR.exec(page.cursor)
  if (page.cursor !== undefined && (!place || BigInt(place[1]!) > 2n ** 63n - 1n)) return undefined
  const { sql, params } = fitting(team, scope)
  const rows = await ch.rows<{ trace_id: string; ns: string }>(
    `SELECT trace_id, toString(min(toUnixTimestamp64Nano(timestamp)) AS first) AS ns FROM (${sql}) GROUP BY trace_id
     ${place ? 'HAVING (first, trace_id) < ({ns:Int64}, {last:String})' : ''} ORDER BY first DESC, trace_id DESC LIMIT {limit:UInt32}`,
    { ...params, limit: page.limit + 1, ...(place ? { ns: place[1], last: place[2] } : {}) },
  )
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  const about = await summaries(ch, team, shown.map((r) => r.trace_id), scope.from, scope.to) // biome-ignore format: one call
  return {
    data: shown.flatMap(({ trace_id }) => about.get(trace_id) ?? []),
    next: last && rows.length > page.limit ? `${last.ns}-${last.trace_id}` : null,
  }
}

const SAMPLE = 500
/**
 * Of what a search finds, wherever in its range: up to 500 traces that failed and 500 that did not, chosen by a hash of their ids, so
 * that asking again shows the same ones and a rare failure is not lost among many successes.
 */
export async function sampleTraces(ch: Warehouse, team: string, scope: TraceScope): Promise<SampledTraces> {
  const { sql, params } = fitting(team, scope)
  const rows = await ch.rows<{ trace_id: string; failing: number; alike: number }>(
    `SELECT trace_id, failing, count() OVER (PARTITION BY failing) AS alike
     FROM (SELECT trace_id, max(level = 'error') AS failing FROM (${sql}) GROUP BY trace_id)
     ORDER BY cityHash64(trace_id) LIMIT ${SAMPLE} BY failing`,
    params,
  )
  const about = await summaries(ch, team, rows.map((r) => r.trace_id), scope.from, scope.to) // biome-ignore format: one call
  const failed = rows.find((r) => r.failing)?.alike ?? 0
  return {
    data: [...about.values()],
    traces: failed + (rows.find((r) => !r.failing)?.alike ?? 0),
    failed,
  }
}

/** Of each trace: its root's names (or, before the root is there, its earliest span's), how long, how many. */
async function summaries(ch: Warehouse, team: string, traces: string[], from: number, to: number) {
  if (!traces.length) return new Map<string, FoundTrace>()
  const rows = await ch.rows<{ trace: string; service: string; operation: string; started_at: string; took: number; spans: number; errors: number }>(
    `SELECT trace_id AS trace, argMin(s.service, (parent_span_id != '', timestamp)) AS service, argMin(name, (parent_span_id != '', timestamp)) AS operation,
       min(timestamp) AS started_at, max(toUnixTimestamp64Nano(timestamp) + toInt64(duration_ns)) - min(toUnixTimestamp64Nano(timestamp)) AS took,
       uniqExact(span_id) AS spans, countIf(status = 'error') AS errors
     FROM tocsin.spans AS s WHERE team = {team:UUID} AND timestamp >= ${time('from')} AND timestamp < ${time('to')} AND trace_id IN {traces:Array(String)}
     GROUP BY trace_id`,
    { team, traces, from: from - 3_600_000, to: to + 3_600_000 },
  ) // biome-ignore format: SQL
  return new Map(rows.map(({ trace, took, ...r }) => [trace, { trace_id: trace, ...r, duration_ms: ms(took) }]))
}

/** Rate, errors and duration of each service over `[from, to)`, the busiest first. */
export async function readServices(ch: Warehouse, team: string, from: number, to: number): Promise<ServicesBody['data']> {
  const rows = await ch.rows<{
    service: string
    spans: number
    entries: number
    failed: number
    allFailed: number
    q: number[]
    allQ: number[]
  }>(
    `SELECT service, count() AS spans, countIf(entry) AS entries, countIf(entry AND failing) AS failed, countIf(failing) AS allFailed,
       quantilesTDigestIf(0.5, 0.95, 0.99)(duration_ns, entry) AS q, quantilesTDigest(0.5, 0.95, 0.99)(duration_ns) AS allQ
     FROM (SELECT service, duration_ns, status = 'error' AS failing, kind IN ('server', 'consumer') OR parent_span_id = '' AS entry
       FROM tocsin.spans WHERE team = {team:UUID} AND timestamp >= ${time('from')} AND timestamp < ${time('to')})
     GROUP BY service ORDER BY spans DESC, service LIMIT 1000`,
    { team, from, to },
  )
  return rows.map(({ service, spans, entries, failed, allFailed, q, allQ }) => {
    const [requests, errors, [p50 = 0, p95 = 0, p99 = 0]] = entries ? [entries, failed, q] : [spans, allFailed, allQ]
    return {
      service, spans, requests, errors, rate: requests / ((to - from) / 1000), error_share: errors / requests,
      p50_ms: ms(p50), p95_ms: ms(p95), p99_ms: ms(p99),
    } // biome-ignore format: one row
  })
}
