import { negativeBuckets, positiveBuckets, zeroBucket } from './bounds.ts'
import { type Bucket, type Buckets, compact, type Histogram, isCustom } from './histogram.ts'
import { logShare } from './quantile.ts'

/** `h </ at` keeps what lies below the trim point, `h >/ at` what lies above. */
export type Side = 'below' | 'above'

/**
 * Cuts a histogram at a value. A bucket that holds the trim point is split by interpolation; the sum loses what the removed
 * observations amount to, each taken to lie in the middle of the part removed. An infinite bucket that would have to be
 * split goes away as a whole, since nothing is known of how its observations lie.
 */
export function trim(h: Histogram, at: number, side: Side): Histogram {
  const custom = isCustom(h)
  const cut: Cut = { at, side, custom, count: 0, removedSum: 0, hasPositive: false, hasNegative: false }
  const positive = cutBuckets(h.positive, positiveBuckets(h), cut, true)
  const negative = cutBuckets(h.negative, negativeBuckets(h), cut, false)
  let zeroCount = h.zeroCount
  if (zeroCount > 0) {
    const below = countBelow(zeroBucket(h), at, true, true)
    zeroCount = side === 'below' ? below : zeroCount - below
    cut.count += zeroCount
  }
  let sum = 0
  if (cut.count !== 0) {
    sum = h.sum - cut.removedSum
    if (!cut.hasNegative && sum < 0) sum = 0
    if (!cut.hasPositive && sum > 0) sum = 0
  }
  return compact({ ...h, count: cut.count, sum, zeroCount, positive, negative })
}

type Cut = {
  readonly at: number
  readonly side: Side
  readonly custom: boolean
  count: number
  removedSum: number
  hasPositive: boolean
  hasNegative: boolean
}

function cutBuckets(buckets: Buckets, limits: readonly Bucket[], cut: Cut, positive: boolean): Buckets {
  const count = limits.map((b) => {
    if (b.count === 0) return 0
    noteSign(b, cut, positive)
    const { at, side } = cut
    if (side === 'below' ? b.upper <= at : b.lower >= at) {
      cut.count += b.count
      return b.count
    }
    if (side === 'below' ? b.lower < at : b.upper > at) {
      const { kept, middle } = split(b, cut, positive)
      cut.removedSum += (b.count - kept) * middle
      cut.count += kept
      return kept
    }
    cut.removedSum += b.count * middleOfRemoved(b, cut, positive)
    return 0
  })
  return { index: buckets.index, count }
}

function noteSign(b: Bucket, cut: Cut, positive: boolean): void {
  if (!cut.custom) {
    if (positive) cut.hasPositive = true
    else cut.hasNegative = true
    return
  }
  if (b.lower < 0 || b.upper <= 0) cut.hasNegative = true
  if (b.upper > 0) cut.hasPositive = true
}

function middleOfRemoved(b: Bucket, cut: Cut, positive: boolean): number {
  if (cut.custom) return split(b, cut, positive).middle
  return Math.sqrt(b.lower * b.upper)
}

function split(b: Bucket, { at, side, custom }: Cut, positive: boolean): { kept: number; middle: number } {
  if (b.lower === Number.NEGATIVE_INFINITY || b.upper === Number.POSITIVE_INFINITY) return splitInfinite(b, at, side)
  const below = countBelow(b, at, positive, custom)
  const kept = side === 'below' ? below : b.count - below
  if (custom) return { kept, middle: (b.lower + b.upper) / 2 }
  const root = Math.sqrt(Math.abs(at) * Math.abs(side === 'below' ? b.lower : b.upper))
  return { kept, middle: positive ? root : -root }
}

function splitInfinite(b: Bucket, at: number, side: Side): { kept: number; middle: number } {
  if (b.lower === Number.NEGATIVE_INFINITY) {
    if (side === 'below' && at >= b.upper) return { kept: b.count, middle: 0 }
    if (side === 'above' && at <= b.lower) return { kept: b.count, middle: 0 }
    // With a positive upper bound the first bucket counts from 0, as everywhere.
    if (at >= 0 && b.upper > at && b.upper !== Number.POSITIVE_INFINITY) {
      return side === 'below'
        ? { kept: (b.count * at) / b.upper, middle: (at + b.upper) / 2 }
        : { kept: b.count * (1 - at / b.upper), middle: at / 2 }
    }
    return { kept: 0, middle: b.upper }
  }
  return side === 'above' && at <= b.lower ? { kept: b.count, middle: 0 } : { kept: 0, middle: b.lower }
}

function countBelow(b: Bucket, at: number, positive: boolean, linear: boolean): number {
  if (at <= b.lower) return 0
  if (at >= b.upper) return b.count
  if (linear) return (b.count * (at - b.lower)) / (b.upper - b.lower)
  return b.count * logShare(b, positive ? Math.abs(at) : -Math.abs(at))
}
