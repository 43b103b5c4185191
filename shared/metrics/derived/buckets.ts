/** Buckets grow by 2 %: a quantile read from them is off by 1 % of its value at most, and buckets of any two uploads can be added. */
const GROWTH = Math.log(1.02)
/** Below this a value is 0. */
const LEAST = 1e-12
/** Keeps the indexes of positive values above 0, those of negative ones below. */
const SHIFT = 100_000

export function bucketOf(value: number): number {
  const size = Math.abs(value)
  if (!(size > LEAST)) return 0
  const index = Math.ceil(Math.log(Math.min(size, Number.MAX_VALUE)) / GROWTH) + SHIFT
  return value > 0 ? index : -index
}

/** The middle of a bucket. */
export function middleOf(bucket: number): number {
  if (bucket === 0) return 0
  const size = Math.exp((Math.abs(bucket) - SHIFT - 0.5) * GROWTH)
  return bucket > 0 ? size : -size
}

/** The φ-quantile of what was counted into buckets; NaN of nothing. */
export function quantileOf(buckets: Iterable<readonly [bucket: number, count: number]>, phi: number): number {
  const sorted = [...buckets].filter(([, count]) => count > 0).sort(([a], [b]) => a - b)
  const all = sorted.reduce((sum, [, count]) => sum + count, 0)
  let seen = 0
  for (const [bucket, count] of sorted) {
    seen += count
    if (seen > phi * (all - 1)) return middleOf(bucket)
  }
  return Number.NaN
}
