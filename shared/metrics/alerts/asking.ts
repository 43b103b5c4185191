import type { AskedQuery } from '../templates/collect.ts'
import type { Baseline } from './anomaly.ts'
import type { Condition } from './rule.ts'

/** A rule to evaluate. `keep`: samples on the other side of it are of no use to whoever asks. `asking`: templates that ask queries of their own. */
export type AskedRule =
  | { kind: 'alert'; id: string; expr: string; keep: { condition: Condition; threshold: number } | null; asking?: string[] }
  | { kind: 'record'; id: string; expr: string; record: string; labels: Record<string, string> }

/** Rules in their order, at `start`, `start + step` … `end` (epoch ms). `source`: the group, as origin of what is recorded. */
export type Asking = {
  team: string
  source: string
  rules: AskedRule[]
  start: number
  end: number
  step: number
  offsetMs: number
  intervalMs: number
}

/** `labels` with the metric's name; times are the instants asked for. */
export type SeenSeries = { labels: Record<string, string>; times: Float64Array; values: Float64Array }
/**
 * `query`: the expression is wrong, whenever it is asked. `unavailable`: its data cannot be read now. `timeout`: it takes too long,
 * which may be either. `ms`: how long it took. `asked`: what the rule's templates asked.
 */
export type Seen = { id: string; ms?: number; asked?: AskedQuery[] } & (
  | { series: SeenSeries[] }
  | { error: { kind: 'query' | 'unavailable' | 'timeout'; message: string } }
)

/** What is usual, by the key of the alert's series. `until`: the day (UTC) before which it was learnt. */
export type TrainAsking = {
  team: string
  rule: { id: string; name: string; query: string; labels: Record<string, string> }
  until: number
  days: number
}
export type Trained = { baselines: Record<string, Baseline> } | { error: { kind: 'query' | 'unavailable' | 'timeout'; message: string } }
