import { type Buckets, CUSTOM_SCHEMA, type Histogram } from '../../../shared/metrics/promql/histogram/histogram.ts'

/** A histogram as remote write sends it. Numbers over 2^53 come as bigints. */
export type SentHistogram = Partial<{
  countInt: number | bigint
  countFloat: number
  sum: number | 'stale'
  schema: number
  zeroThreshold: number
  zeroCountInt: number | bigint
  zeroCountFloat: number
  negativeSpans: SentSpan[]
  negativeDeltas: (number | bigint)[]
  negativeCounts: number[]
  positiveSpans: SentSpan[]
  positiveDeltas: (number | bigint)[]
  positiveCounts: number[]
  resetHint: number
  timestamp: number
  customValues: number[]
  start: number
}>
type SentSpan = { offset?: number; length?: number }

const hints = ['unknown', 'reset', 'not_reset', 'gauge'] as const
const BUCKETS_MAX = 10_000
const INT32 = 2 ** 31

/** Spans and deltas become absolute counts by index; null when buckets and spans do not fit, or the schema is none there is. */
export function absolute(h: SentHistogram): Histogram | null {
  const schema = Number(h.schema ?? 0)
  if (schema !== CUSTOM_SCHEMA && !(schema >= -4 && schema <= 8)) return null
  const positive = buckets(h.positiveSpans, h.positiveDeltas, h.positiveCounts)
  const negative = buckets(h.negativeSpans, h.negativeDeltas, h.negativeCounts)
  if (!positive || !negative || h.sum === 'stale') return null
  return {
    schema,
    count: Number(h.countInt ?? h.countFloat ?? 0),
    sum: h.sum ?? 0,
    zeroThreshold: h.zeroThreshold ?? 0,
    zeroCount: Number(h.zeroCountInt ?? h.zeroCountFloat ?? 0),
    positive,
    negative,
    bounds: schema === CUSTOM_SCHEMA ? (h.customValues ?? []) : null,
    hint: hints[h.resetHint ?? 0] ?? 'unknown',
  }
}

function buckets(spans: SentSpan[] = [], deltas: (number | bigint)[] = [], counts: number[] = []): Buckets | null {
  const index: number[] = []
  const count: number[] = []
  let at = 0
  let last = 0
  for (const { offset = 0, length = 0 } of spans) {
    at += Number(offset)
    for (let i = 0; i < Number(length); i++) {
      const n = index.length
      if (n >= BUCKETS_MAX || Math.abs(at) >= INT32) return null
      const delta = deltas[n]
      const value = delta === undefined ? counts[n] : last + Number(delta)
      if (value === undefined) return null
      index.push(at)
      count.push(value)
      last = value
      at += 1
    }
  }
  return index.length === Math.max(deltas.length, counts.length) ? { index, count } : null
}
