/** Schema of histograms whose bucket bounds are listed (nhcb). The others, -4 to 8, have 2^schema buckets per power of two. */
export const CUSTOM_SCHEMA = -53

export type ResetHint = 'unknown' | 'reset' | 'not_reset' | 'gauge'

/** Populated buckets of one sign, ascending by index. A bucket may be listed with a count of zero. */
export type Buckets = { readonly index: readonly number[]; readonly count: readonly number[] }

/** A native histogram sample. Never changed once made: operations return new ones. */
export type Histogram = {
  readonly schema: number
  readonly count: number
  readonly sum: number
  readonly zeroThreshold: number
  readonly zeroCount: number
  readonly positive: Buckets
  readonly negative: Buckets
  /** Upper bounds of all buckets but the last, which ends at +Inf. `null` for exponential schemas. */
  readonly bounds: readonly number[] | null
  readonly hint: ResetHint
}

/** One bucket with its limits: exponential ones are (lower, upper], mirrored below zero; the zero bucket is [lower, upper]. */
export type Bucket = { lower: number; upper: number; count: number; index: number; lowerInclusive: boolean; upperInclusive: boolean }

export const NO_BUCKETS: Buckets = { index: [], count: [] }

export const emptyHistogram = (schema = 0, bounds: readonly number[] | null = null): Histogram => ({
  schema,
  count: 0,
  sum: 0,
  zeroThreshold: 0,
  zeroCount: 0,
  positive: NO_BUCKETS,
  negative: NO_BUCKETS,
  bounds,
  hint: 'unknown',
})

export const isCustom = (h: Histogram): boolean => h.schema === CUSTOM_SCHEMA

/** Counts `count` buckets from `start` on, the form in which scripts and the wire write buckets. */
export const bucketsFrom = (start: number, count: readonly number[]): Buckets => ({ index: count.map((_, i) => start + i), count })

/** Every count and the sum times `factor`. What counts downwards is a gauge. */
export const scale = (h: Histogram, factor: number): Histogram => mapCounts(factor < 0 ? withHint(h, 'gauge') : h, (x) => x * factor)

/** Division by zero leaves infinities without buckets. */
export function divide(h: Histogram, by: number): Histogram {
  const divided = mapCounts(by < 0 ? withHint(h, 'gauge') : h, (x) => x / by)
  return by === 0 ? { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS } : divided
}

export const withHint = (h: Histogram, hint: ResetHint): Histogram => (h.hint === hint ? h : { ...h, hint })

/** Without the buckets that count nothing. */
export const compact = (h: Histogram): Histogram => ({ ...h, positive: populated(h.positive), negative: populated(h.negative) })

/** Data equality: same layout, same listed buckets, same bits; NaN equals NaN. The reset hint does not count. */
export function sameHistogram(a: Histogram, b: Histogram): boolean {
  return (
    a.schema === b.schema &&
    Object.is(a.count, b.count) &&
    Object.is(a.sum, b.sum) &&
    a.zeroThreshold === b.zeroThreshold &&
    Object.is(a.zeroCount, b.zeroCount) &&
    sameBounds(a.bounds, b.bounds) &&
    sameBuckets(a.positive, b.positive) &&
    sameBuckets(a.negative, b.negative)
  )
}

export const sameBounds = (a: readonly number[] | null, b: readonly number[] | null): boolean =>
  a === b || ((a?.length ?? 0) === (b?.length ?? 0) && (a ?? []).every((bound, i) => bound === b?.[i]))

/** What a histogram weighs against the limit of samples: one float sample is 16 bytes. */
export const sampleWeight = (h: Histogram): number =>
  Math.ceil((176 + 16 * (h.positive.index.length + h.negative.index.length) + 8 * (h.bounds?.length ?? 0)) / 16)

function mapCounts(h: Histogram, f: (x: number) => number): Histogram {
  return {
    ...h,
    count: f(h.count),
    sum: f(h.sum),
    // Custom buckets have no zero bucket: 0 times infinity must not make one.
    zeroCount: isCustom(h) ? h.zeroCount : f(h.zeroCount),
    positive: { index: h.positive.index, count: h.positive.count.map(f) },
    negative: { index: h.negative.index, count: h.negative.count.map(f) },
  }
}

function populated(b: Buckets): Buckets {
  if (!b.count.includes(0)) return b
  const index: number[] = []
  const count: number[] = []
  for (let i = 0; i < b.index.length; i++) {
    if (b.count[i] === 0) continue
    index.push(b.index[i] ?? 0)
    count.push(b.count[i] ?? 0)
  }
  return { index, count }
}

const sameBuckets = (a: Buckets, b: Buckets): boolean =>
  a.index.length === b.index.length && a.index.every((at, i) => at === b.index[i] && Object.is(a.count[i], b.count[i]))
