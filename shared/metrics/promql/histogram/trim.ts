import { negativeBuckets, positiveBuckets, zeroBucket } from './bounds.ts'
import { type Bucket, type Buckets, compact, type Histogram, isCustom } from './histogram.ts'
import { logShare } from './quantile.ts'

/** `h </ at` keeps what lies below the trim point, `h >/ at` what lies above. */
export type Side = 'below' | 'above'

/**
 * Cuts a histogram at a value. A bucket that holds the trim point is split by interpolation. The sum of what is left is
 * estimated from the middles of the parts kept; only where nothing is cut off does the histogram stay as it is.
 */
export function trim(h: Histogram, at: number, side: Side): Histogram {
  const spread: Spread = isCustom(h) ? 'linear' : 'logarithmic'
  const cutBucket = (b: Bucket) => (Number.isNaN(at) ? gone : keep(b, at, side, spread))
  const positive = positiveBuckets(h).map((b) => cutBucket(b))
  const negative = negativeBuckets(h).map((b) => cutBucket(b))
  const zero = h.zeroCount > 0 ? keep(oneSidedZeroBucket(h), at, side, 'linear') : { count: 0, middle: 0, cut: false }
  const parts = [...positive, ...negative, zero]
  if (!parts.some((part) => part.cut)) return compact(h)
  const count = parts.reduce((sum, part) => sum + part.count, 0)
  const sum = parts.reduce((total, part) => total + (part.count === 0 ? 0 : part.count * part.middle), 0)
  const counts = (buckets: Buckets, kept: readonly Kept[]): Buckets => ({ index: buckets.index, count: kept.map((part) => part.count) })
  return compact({
    ...h,
    count,
    sum,
    zeroCount: h.zeroCount > 0 ? zero.count : h.zeroCount,
    positive: counts(h.positive, positive),
    negative: counts(h.negative, negative),
  })
}

/** How observations are taken to lie within a bucket. */
type Spread = 'linear' | 'logarithmic'
/** What is kept of a bucket and where its observations lie on average. */
type Kept = { readonly count: number; readonly middle: number; readonly cut: boolean }

function keep(b: Bucket, at: number, side: Side, spread: Spread): Kept {
  if (b.count === 0) return { count: 0, middle: 0, cut: false }
  if (b.lower === Number.NEGATIVE_INFINITY) return keepOfFirst(b, at, side)
  if (b.upper === Number.POSITIVE_INFINITY) return keepOfLast(b, at, side)
  const from = side === 'above' ? Math.max(b.lower, at) : b.lower
  const to = side === 'below' ? Math.min(b.upper, at) : b.upper
  if (from >= to) return gone
  const whole = from === b.lower && to === b.upper
  const count = whole ? b.count : b.count * share(b, from, to, spread)
  return { count, middle: middle(from, to, spread), cut: !whole }
}

const gone: Kept = { count: 0, middle: 0, cut: true }

/** The bucket down to -Inf. With a positive bound it is taken to start at 0; otherwise its observations to lie at its bound. */
function keepOfFirst(b: Bucket, at: number, side: Side): Kept {
  if (b.upper === Number.POSITIVE_INFINITY) {
    const all = side === 'below' ? at === Number.POSITIVE_INFINITY : at === Number.NEGATIVE_INFINITY
    return all ? { count: b.count, middle: 0, cut: false } : gone
  }
  const whole = { count: b.count, middle: b.upper <= 0 ? b.upper : b.upper / 2, cut: false }
  if (side === 'below') {
    if (at >= b.upper) return whole
    if (b.upper > 0) return at > 0 ? { count: (b.count * at) / b.upper, middle: at / 2, cut: true } : gone
    return at === Number.NEGATIVE_INFINITY ? gone : { count: b.count, middle: at, cut: true }
  }
  if (at === Number.NEGATIVE_INFINITY || (at === 0 && b.upper > 0)) return whole
  if (at < 0 || at >= b.upper) return gone
  return { count: b.count * (1 - at / b.upper), middle: (at + b.upper) / 2, cut: true }
}

/** The bucket up to +Inf: its observations lie at its bound, or at the trim point where that is above. */
function keepOfLast(b: Bucket, at: number, side: Side): Kept {
  if (side === 'below') return at === Number.POSITIVE_INFINITY ? { count: b.count, middle: b.lower, cut: false } : gone
  if (at <= b.lower) return { count: b.count, middle: b.lower, cut: false }
  return at === Number.POSITIVE_INFINITY ? gone : { count: b.count, middle: at, cut: true }
}

function share(b: Bucket, from: number, to: number, spread: Spread): number {
  if (spread === 'linear') return (to - from) / (b.upper - b.lower)
  const below = (value: number) => (value === b.lower ? 0 : value === b.upper ? 1 : logShare(b, value))
  return below(to) - below(from)
}

function middle(from: number, to: number, spread: Spread): number {
  if (spread === 'linear') return (from + to) / 2
  const root = Math.sqrt(from * to)
  return to > 0 ? root : -root
}

/** Without buckets on one side of zero, the zero bucket has nothing on that side either. */
function oneSidedZeroBucket(h: Histogram): Bucket {
  const b = zeroBucket(h)
  const negative = h.negative.index.length > 0
  const positive = h.positive.index.length > 0
  if (positive && !negative) return { ...b, lower: 0 }
  if (negative && !positive) return { ...b, upper: 0 }
  return b
}
