import type { Warehouse } from '../warehouse/clickhouse.ts'
import type { QueryTimes } from './promql/evaluation/steps.ts'
import { LIMITS } from './promql/limits.ts'
import { type Answer, type QueryOptions, queryInstant, queryRange } from './promql/query.ts'
import { clickhouseStorage } from './select.ts'

/** null: as Prometheus has it, two minutes (here 30 s) and five minutes. */
export type Asked = { timeoutMs: number | null; lookbackMs: number | null; now: () => number }

/** An isolate has 128 MB. A sample is 16 bytes as it is read, 9 in an intermediate result. */
const READ_MAX = 5_000_000
const SAMPLES_MAX = 8_000_000
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
  const limits = { samplesMax: SAMPLES_MAX, seriesMax: LIMITS.seriesMax, deadlineAt }
  const options: QueryOptions = { limits, now, ...(lookbackMs === null ? {} : { lookbackMs }) }
  return { options, storage: clickhouseStorage(ch, team, { ...limits, samplesMax: READ_MAX, now }) }
}
