/** One bucket of a classic histogram: observations up to and including `upper`, counted from the start. */
export type ClassicBucket = { upper: number; count: number }

/** How non-monotonic counts were mended: the range of buckets raised and the largest raise. */
export type Mended = { minBucket: number; maxBucket: number; maxDiff: number }

/** Differences below this share of the counts are rounding noise of rates and sums, not lost monotonicity. */
const NOISE = 1e-12

/**
 * The q-quantile of a classic histogram, linear within a bucket. NaN without a +Inf bucket, with fewer than two buckets or
 * without observations; the second highest bound where the quantile lies in the +Inf bucket.
 */
export function bucketQuantile(q: number, given: readonly ClassicBucket[]): { value: number; mended: Mended | null } {
  if (Number.isNaN(q)) return { value: Number.NaN, mended: null }
  if (q < 0) return { value: Number.NEGATIVE_INFINITY, mended: null }
  if (q > 1) return { value: Number.POSITIVE_INFINITY, mended: null }
  const sorted = coalesce(given)
  if (sorted.at(-1)?.upper !== Number.POSITIVE_INFINITY) return { value: Number.NaN, mended: null }
  const { buckets, mended } = monotonic(sorted)
  const observations = buckets.at(-1)?.count ?? 0
  if (buckets.length < 2 || observations === 0) return { value: Number.NaN, mended }
  const rank = q * observations
  const at = buckets.findIndex((b, i) => i < buckets.length - 1 && b.count >= rank)
  // A count that is NaN compares with nothing: the search then ends at the last bucket, as a binary search does.
  if (at < 0) return { value: buckets.at(-2)?.upper ?? Number.NaN, mended }
  const bucket = buckets[at] ?? { upper: 0, count: 0 }
  if (at === 0 && bucket.upper <= 0) return { value: bucket.upper, mended }
  const below = at > 0 ? (buckets[at - 1] ?? { upper: 0, count: 0 }) : { upper: 0, count: 0 }
  return { value: below.upper + (bucket.upper - below.upper) * ((rank - below.count) / (bucket.count - below.count)), mended }
}

/** The share of observations between two values, linear within a bucket. */
export function bucketFraction(lower: number, upper: number, given: readonly ClassicBucket[]): number {
  const buckets = coalesce(given)
  const total = buckets.at(-1)?.count ?? 0
  if (buckets.at(-1)?.upper !== Number.POSITIVE_INFINITY || total === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return Number.NaN
  if (lower >= upper) return 0
  const below = (value: number): number => {
    let rank = 0
    let start = (buckets[0]?.upper ?? 0) <= 0 ? Number.NEGATIVE_INFINITY : 0
    for (const b of buckets) {
      if (start >= value) return rank
      if (b.upper > value)
        return start === Number.NEGATIVE_INFINITY ? b.count : rank + ((b.count - rank) * (value - start)) / (b.upper - start)
      rank = b.count
      start = b.upper
    }
    return total
  }
  return (Math.min(below(upper), total) - Math.min(below(lower), total)) / total
}

/** The value of an `le` label; `null` where it is missing or malformed. */
export function parseBound(le: string): number | null {
  if (/^[+-]?(inf|infinity)$/i.test(le)) return le.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(le) ? Number(le) : null
}

/** Buckets in ascending order, those of one bound summed. The given ones are not changed. */
function coalesce(given: readonly ClassicBucket[]): ClassicBucket[] {
  const inOrder = given.every((b, i) => i === 0 || (given[i - 1] as ClassicBucket).upper <= b.upper)
  const merged: ClassicBucket[] = []
  for (const b of inOrder ? given : [...given].sort((x, y) => x.upper - y.upper || 0)) {
    const last = merged.at(-1)
    if (last && last.upper === b.upper) last.count += b.count
    else merged.push({ upper: b.upper, count: b.count })
  }
  return merged
}

/** Counts can only grow with the bound; where one falls it is raised to the one before. */
function monotonic(buckets: ClassicBucket[]): { buckets: ClassicBucket[]; mended: Mended | null } {
  const mended: Mended = { minBucket: Number.POSITIVE_INFINITY, maxBucket: Number.NEGATIVE_INFINITY, maxDiff: 0 }
  let before = buckets[0]?.count ?? 0
  for (const b of buckets) {
    if (b.count === before) continue
    if (nearlyEqual(before, b.count)) b.count = before
    else if (b.count < before) {
      mended.minBucket = Math.min(mended.minBucket, b.upper)
      mended.maxBucket = Math.max(mended.maxBucket, b.upper)
      mended.maxDiff = Math.max(mended.maxDiff, before - b.count)
      b.count = before
    } else before = b.count
  }
  return { buckets, mended: mended.maxDiff > 0 ? mended : null }
}

function nearlyEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true
  const total = Math.abs(a) + Math.abs(b)
  const difference = Math.abs(a - b)
  const smallest = 2.2250738585072014e-308
  if (a === 0 || b === 0 || total < smallest) return difference < NOISE * smallest
  return difference / Math.min(total, Number.MAX_VALUE) < NOISE
}
