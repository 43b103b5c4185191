import { allBuckets } from './bounds.ts'
import { type Bucket, type Histogram, isCustom } from './histogram.ts'

/** What NaN observations did to a result: they count in `count` but are in no bucket. */
export type NanEffect = 'none' | 'result-nan' | 'skewed'

/**
 * The q-quantile of a native histogram. Inside a bucket it interpolates on a logarithmic scale; linearly in the zero bucket
 * and in custom buckets. The rank is searched from the nearer end. q outside [0, 1] gives ∓Inf, no observations NaN.
 */
export function quantileOfHistogram(q: number, h: Histogram): { value: number; nan: NanEffect } {
  if (q < 0) return { value: Number.NEGATIVE_INFINITY, nan: 'none' }
  if (q > 1) return { value: Number.POSITIVE_INFINITY, nan: 'none' }
  if (h.count === 0 || Number.isNaN(q)) return { value: Number.NaN, nan: 'none' }
  const forward = Number.isNaN(h.sum) || q < 0.5
  const buckets = forward ? allBuckets(h) : allBuckets(h).reverse()
  let rank = (forward ? q : 1 - q) * h.count
  let count = 0
  let at = 0
  let bucket: Bucket = buckets[0] ?? { lower: 0, upper: 0, count: 0, index: 0, lowerInclusive: false, upperInclusive: false }
  for (; at < buckets.length; at++) {
    bucket = buckets[at] ?? bucket
    count += bucket.count
    if (bucket.count !== 0 && count >= rank) break
  }
  if (isCustom(h)) {
    if (bucket.lower === Number.NEGATIVE_INFINITY) {
      if (bucket.upper <= 0) return { value: bucket.upper, nan: 'none' }
      bucket = { ...bucket, lower: 0 }
    } else if (bucket.upper === Number.POSITIVE_INFINITY) return { value: bucket.lower, nan: 'none' }
  } else bucket = oneSided(bucket, h, bucket.lower < 0 && bucket.upper > 0)
  count = Math.min(count, h.count)
  if (count < rank) return Number.isNaN(h.sum) ? { value: Number.NaN, nan: 'result-nan' } : { value: bucket.upper, nan: 'none' }
  rank = forward ? rank - (count - bucket.count) : count - rank
  const rest = buckets.slice(at + 1).reduce((sum, b) => sum + b.count, 0)
  const nan: NanEffect = Number.isNaN(h.sum) && count + rest < h.count ? 'skewed' : 'none'
  const fraction = rank / bucket.count
  if (isCustom(h) || (bucket.lower <= 0 && bucket.upper >= 0))
    return { value: bucket.lower + (bucket.upper - bucket.lower) * fraction, nan }
  const lower = Math.log2(Math.abs(bucket.lower))
  const upper = Math.log2(Math.abs(bucket.upper))
  if (bucket.lower > 0) return { value: 2 ** (lower + (upper - lower) * fraction), nan }
  return { value: -(2 ** (upper + (lower - upper) * (1 - fraction))), nan }
}

/** The share of observations between two values, by the interpolation of `quantileOfHistogram`. */
export function fractionOfHistogram(lower: number, upper: number, h: Histogram): { value: number; nanExcluded: boolean } {
  if (h.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return { value: Number.NaN, nanExcluded: false }
  if (lower >= upper) return { value: 0, nanExcluded: false }
  const buckets = allBuckets(h)
  const total = Number.isNaN(h.sum) ? buckets.reduce((sum, b) => sum + b.count, 0) : h.count
  const below = (value: number): number => {
    let rank = 0
    for (const raw of buckets) {
      const aroundZero = raw.lower <= 0 && raw.upper >= 0
      const b = oneSided(raw, h, aroundZero)
      if (b.lower >= value) return rank
      if (b.upper > value) {
        if (isCustom(h) || aroundZero)
          return b.lower === Number.NEGATIVE_INFINITY ? b.count : rank + (b.count * (value - b.lower)) / (b.upper - b.lower)
        return rank + b.count * logShare(b, value)
      }
      rank += b.count
    }
    return total
  }
  const value = (Math.min(below(upper), total) - Math.min(below(lower), total)) / h.count
  return { value, nanExcluded: Number.isNaN(h.sum) && total < h.count }
}

/** Variance of the observations around their mean, each taken to lie in the middle of its bucket. */
export function varianceOfHistogram(h: Histogram, sum: (terms: number[]) => number): number {
  const mean = h.sum / h.count
  const terms: number[] = []
  for (const b of allBuckets(h)) {
    if (b.count === 0) continue
    const distance = middle(b, isCustom(h)) - mean
    terms.push(b.count * distance * distance)
  }
  return sum(terms) / h.count
}

/** How much of an exponential bucket lies below `value`, measured on the scale on which its bounds are even. */
export function logShare(b: Pick<Bucket, 'lower' | 'upper'>, value: number): number {
  const lower = Math.log2(Math.abs(b.lower))
  const upper = Math.log2(Math.abs(b.upper))
  const at = Math.log2(Math.abs(value))
  return value > 0 ? (at - lower) / (upper - lower) : 1 - (at - upper) / (lower - upper)
}

function middle(b: Bucket, custom: boolean): number {
  if (custom) return (b.upper + b.lower) / 2
  if (b.lower <= 0 && b.upper >= 0) return 0
  const root = Math.sqrt(b.upper * b.lower)
  return b.upper < 0 ? -root : root
}

/** The zero bucket of a histogram that has only positive buckets starts at 0; with only negative ones it ends there. */
function oneSided(b: Bucket, h: Histogram, aroundZero: boolean): Bucket {
  if (!aroundZero) return b
  const negative = h.negative.index.length > 0
  const positive = h.positive.index.length > 0
  if (!negative && positive) return { ...b, lower: 0 }
  if (!positive && negative) return { ...b, upper: 0 }
  return b
}
