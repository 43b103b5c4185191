import type { Warehouse } from '../warehouse/clickhouse.ts'
import type { ComparedTrace } from './schema.ts'

const AROUND_MS = 3_600_000
const ROOTS = 10_000
/** Traces of each kind that are read; fewer slow ones than the least prove nothing. */
const [MOST, LEAST] = [300, 5]
const SHOWN = 8
/** A smaller difference of shares is chance. */
const DIFFERENCE = 0.1
const time = (param: string) => `fromUnixTimestamp64Milli({${param}:Int64})`

type Root = { service: string; name: string; at: number; took: number }
type Alike = { trace_id: string; took: number }

/**
 * Why a trace is slow: its attributes that slow traces of the same root operation have more often than quick ones, the largest difference
 * first. `data` is empty when the trace is not slow (under twice the median) or fewer than five are. Null when the team has no root of it.
 */
export async function compareTrace(ch: Warehouse, team: string, trace: string): Promise<ComparedTrace | null> {
  const [root] = await ch.rows<Root>(
    `SELECT service, name, toUnixTimestamp64Milli(timestamp) AS at, toUInt64(duration_ns) AS took FROM tocsin.spans
     WHERE team = {team:UUID} AND trace_id = {trace:String} ORDER BY parent_span_id != '', timestamp LIMIT 1`,
    { team, trace },
  )
  if (!root) return null
  const [from, to] = [root.at - AROUND_MS, root.at + AROUND_MS]
  const alike = await ch.rows<Alike>(
    `SELECT trace_id, toUInt64(duration_ns) AS took FROM tocsin.spans
     WHERE team = {team:UUID} AND service = {service:String} AND name = {name:String} AND parent_span_id = ''
       AND timestamp >= ${time('from')} AND timestamp < ${time('to')}
     ORDER BY cityHash64(trace_id) LIMIT ${ROOTS}`,
    { team, service: root.service, name: root.name, from, to },
  )
  const typical = median(alike.map((a) => a.took))
  const isSlow = (took: number) => took >= 2 * typical && took >= root.took / 2
  const slow = alike.filter((a) => isSlow(a.took))
  const quick = alike.filter((a) => a.took <= typical)
  const answer = { typical_ms: Math.round(typical / 1000) / 1000, slow: slow.length, quick: quick.length, data: [] }
  if (!isSlow(root.took) || slow.length < LEAST || quick.length < LEAST) return answer
  const mine = [...new Set([trace, ...slow.slice(0, MOST).map((a) => a.trace_id)])]
  const theirs = quick.slice(0, MOST).map((a) => a.trace_id)
  const data = await ch.rows<ComparedTrace['data'][number]>(
    `SELECT kv.1 AS name, kv.2 AS value, uniqExactIf(trace_id, is_slow) / {slow:UInt32} AS slow_share, uniqExactIf(trace_id, NOT is_slow) / {quick:UInt32} AS quick_share
     FROM (
       SELECT DISTINCT trace_id, trace_id IN {mine:Array(String)} AS is_slow,
         arrayJoin(arrayZip(mapKeys(attributes)::Array(String), arrayMap(v -> substringUTF8(v, 1, 200), mapValues(attributes)))) AS kv
       FROM tocsin.spans WHERE team = {team:UUID} AND timestamp >= ${time('from')} AND timestamp < ${time('end')}
         AND (trace_id IN {mine:Array(String)} OR trace_id IN {theirs:Array(String)})
     )
     GROUP BY name, value
     HAVING countIf(trace_id = {trace:String}) > 0 AND slow_share - quick_share >= ${DIFFERENCE} AND uniqExactIf(trace_id, is_slow) > 1
     ORDER BY slow_share - quick_share DESC, name, value LIMIT ${SHOWN}`,
    { team, trace, from, end: to + AROUND_MS, mine, theirs, slow: mine.length, quick: theirs.length },
  )
  return { ...answer, data }
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}
