import type { Warehouse } from '../warehouse/clickhouse.ts'
import { LabelCache } from './label-cache.ts'
import type { QueryTimes } from './promql/evaluation/steps.ts'
import { type Answer, type QueryOptions, queryInstant, queryRange } from './promql/query.ts'
import { clickhouseStorage } from './select.ts'

/** null: as Prometheus has it, two minutes (here 30 s) and five minutes. */
export type Asked = { timeoutMs: number | null; lookbackMs: number | null; now: () => number }

/**
 * Samples are read as a stream; that many take some seconds, and the deadline ends it in any case. What is held is counted in points
 * of 9 bytes (a sample that has to be kept as it is: two), so that a query stays well below an isolate's 128 MB.
 */
const READ_MAX = 200_000_000
const HELD_MAX = 8_000_000
const FOLD_FROM = 2_000_000
const SERIES_MAX = 100_000
/** Some 300 bytes each, per isolate. */
const labels = new LabelCache(40_000)
const TIMEOUT_MS = 30_000

/** An expression at one moment (epoch ms) over a team's metrics. Throws ParseError, QueryError and the warehouse's Problems. */
export async function evaluateInstant(ch: Warehouse, team: string, query: string, at: number, asked: Asked): Promise<Answer> {
  const { options, storage } = begin(ch, team, asked)
  return queryInstant(query, at, storage, options)
}

/** An expression at every step of a range. */
export async function evaluateRange(ch: Warehouse, team: string, query: string, times: QueryTimes, asked: Asked): Promise<Answer> {
  const { options, storage } = begin(ch, team, asked)
  return queryRange(query, times, storage, options)
}

function begin(ch: Warehouse, team: string, { timeoutMs, lookbackMs, now }: Asked) {
  const deadlineAt = now() + Math.min(timeoutMs ?? TIMEOUT_MS, TIMEOUT_MS)
  const limits = { samplesMax: HELD_MAX, foldFrom: FOLD_FROM, seriesMax: SERIES_MAX, deadlineAt }
  const options: QueryOptions = { limits, now, ...(lookbackMs === null ? {} : { lookbackMs }) }
  return { options, storage: clickhouseStorage(ch, team, { ...limits, samplesMax: READ_MAX, now }, labels) }
}
