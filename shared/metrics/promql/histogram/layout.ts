import { coarserIndex, exponentialBound, negativeBuckets, positiveBuckets } from './bounds.ts'
import { type Buckets, type Histogram, isCustom, sameBounds } from './histogram.ts'

/** Both histograms in one bucket layout, ready to be added bucket by bucket. */
export type Aligned = { a: Histogram; b: Histogram; boundsReconciled: boolean }

/**
 * Brings two histograms to the finest layout both can be shown in: the coarser schema, a zero bucket that holds both zero
 * buckets, or the bounds both have. `null` where one is exponential and the other has custom bounds.
 */
export function align(a: Histogram, b: Histogram): Aligned | null {
  if (isCustom(a) !== isCustom(b)) return null
  if (isCustom(a)) {
    if (sameBounds(a.bounds, b.bounds)) return { a, b, boundsReconciled: false }
    const common = (a.bounds ?? []).filter((bound) => b.bounds?.includes(bound))
    return { a: withBounds(a, common), b: withBounds(b, common), boundsReconciled: true }
  }
  const [x, y] = withCommonZeroBucket(a, b)
  const schema = Math.min(x.schema, y.schema)
  return { a: coarsen(x, schema), b: coarsen(y, schema), boundsReconciled: false }
}

/** The histogram at a schema of lower or equal resolution. */
export function coarsen(h: Histogram, schema: number): Histogram {
  if (schema === h.schema) return h
  const merge = (b: Buckets) => regroup(b, (index) => coarserIndex(index, h.schema, schema))
  return { ...h, schema, positive: merge(h.positive), negative: merge(h.negative) }
}

/** The histogram with fewer custom bounds; `bounds` must be a subset of its own. */
export function withBounds(h: Histogram, bounds: readonly number[]): Histogram {
  const own = h.bounds ?? []
  const target = (index: number): number => {
    const upper = own[index]
    const at = upper === undefined ? -1 : bounds.findIndex((bound) => bound >= upper)
    return at < 0 ? bounds.length : at
  }
  return { ...h, bounds, positive: regroup(h.positive, target) }
}

/** Zero count at a larger threshold, and the threshold moved up to the end of a populated bucket it would cut. */
export function zeroCountAt(h: Histogram, threshold: number): { count: number; threshold: number } {
  let wanted = threshold
  if (wanted === h.zeroThreshold) return { count: h.zeroCount, threshold }
  for (;;) {
    let count = h.zeroCount
    for (const b of positiveBuckets(h)) {
      if (b.lower >= wanted) break
      count += b.count
      if (b.upper <= wanted) continue
      if (b.count !== 0) wanted = b.upper
      break
    }
    let cut: number | null = null
    for (const b of negativeBuckets(h)) {
      if (b.upper <= -wanted) break
      count += b.count
      if (b.lower >= -wanted) continue
      if (b.count !== 0) cut = -b.lower
      break
    }
    if (cut === null) return { count, threshold: wanted }
    wanted = cut
  }
}

/** The histogram with its zero bucket widened to a threshold at which no populated bucket is cut. */
export function widenZeroBucket(h: Histogram, threshold: number): Histogram {
  const widened = zeroCountAt(h, threshold)
  return { ...h, zeroThreshold: widened.threshold, zeroCount: widened.count, ...outside(h, widened.threshold) }
}

/** Takes the buckets up to `threshold` into the zero bucket, whether or not that cuts one: for compensation terms. */
export function forceZeroBucket(h: Histogram, threshold: number): Histogram {
  const rest = outside(h, threshold)
  const total = (b: Buckets) => b.count.reduce((sum, x) => sum + x, 0)
  const moved = total(h.positive) - total(rest.positive) + total(h.negative) - total(rest.negative)
  return { ...h, zeroThreshold: threshold, zeroCount: h.zeroCount + moved, ...rest }
}

function withCommonZeroBucket(a: Histogram, b: Histogram): [Histogram, Histogram] {
  let x = a
  let y = b
  while (x.zeroThreshold !== y.zeroThreshold) {
    if (x.zeroThreshold > y.zeroThreshold) y = widenZeroBucket(y, x.zeroThreshold)
    if (y.zeroThreshold > x.zeroThreshold) x = widenZeroBucket(x, y.zeroThreshold)
  }
  return [x, y]
}

function outside(h: Histogram, threshold: number): { positive: Buckets; negative: Buckets } {
  const keep = (b: Buckets): Buckets => {
    const first = b.index.findIndex((index) => exponentialBound(index, h.schema) > threshold)
    return first < 0 ? { index: [], count: [] } : { index: b.index.slice(first), count: b.count.slice(first) }
  }
  return { positive: keep(h.positive), negative: keep(h.negative) }
}

/** Sums buckets that fall on the same new index; `to` must not decrease. */
function regroup(b: Buckets, to: (index: number) => number): Buckets {
  const index: number[] = []
  const count: number[] = []
  for (let i = 0; i < b.index.length; i++) {
    const at = to(b.index[i] ?? 0)
    if (index.at(-1) === at) count[count.length - 1] = (count.at(-1) ?? 0) + (b.count[i] ?? 0)
    else {
      index.push(at)
      count.push(b.count[i] ?? 0)
    }
  }
  return { index, count }
}
