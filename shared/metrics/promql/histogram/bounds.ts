import { fractions } from './fractions.ts'
import { type Bucket, CUSTOM_SCHEMA, type Histogram } from './histogram.ts'

/**
 * Upper bound of the bucket with this index: 2^(index / 2^schema). The last bucket below 2^1024 ends at the largest
 * finite float, so that only the one after it is infinite.
 */
export function exponentialBound(index: number, schema: number): number {
  if (schema < 0) {
    const power = index * 2 ** -schema
    return power === 1024 ? Number.MAX_VALUE : 2 ** power
  }
  const size = 2 ** schema
  const power = Math.floor(index / size)
  if (power === 1024 && index === power * size) return Number.MAX_VALUE
  const fraction = fractions[(index - power * size) * (256 / size)] as number
  // doubled first: 2^1024 is no float, though half of it times this is one; below 2^-1022 digits are lost once only
  return power > 0 ? fraction * 2 * 2 ** power : fraction * 2 ** (power + 1)
}

export function customBound(index: number, bounds: readonly number[]): number {
  if (index < 0) return Number.NEGATIVE_INFINITY
  return bounds[index] ?? Number.POSITIVE_INFINITY
}

/** Index of the bucket of a coarser schema that holds this one. */
export const coarserIndex = (index: number, from: number, to: number): number => ((index - 1) >> (from - to)) + 1

/** Buckets above zero, ascending; all buckets of a histogram with custom bounds. */
export function positiveBuckets(h: Histogram): Bucket[] {
  const { schema, bounds } = h
  return h.positive.index.map((index, i): Bucket => {
    const count = h.positive.count[i] ?? 0
    if (schema === CUSTOM_SCHEMA) {
      const lower = customBound(index - 1, bounds ?? [])
      const upper = customBound(index, bounds ?? [])
      return { index, count, lower, upper, lowerInclusive: lower === Number.NEGATIVE_INFINITY, upperInclusive: true }
    }
    const lower = exponentialBound(index - 1, schema)
    return { index, count, lower, upper: exponentialBound(index, schema), lowerInclusive: lower < 0, upperInclusive: true }
  })
}

/** Buckets below zero, from the one next to zero downwards. */
export function negativeBuckets(h: Histogram): Bucket[] {
  return h.negative.index.map((index, i) => ({
    index,
    count: h.negative.count[i] ?? 0,
    lower: -exponentialBound(index, h.schema),
    upper: -exponentialBound(index - 1, h.schema),
    lowerInclusive: true,
    upperInclusive: false,
  }))
}

export const zeroBucket = (h: Histogram): Bucket => ({
  index: 0,
  count: h.zeroCount,
  lower: -h.zeroThreshold,
  upper: h.zeroThreshold,
  lowerInclusive: true,
  upperInclusive: true,
})

/** All buckets in ascending order. Where a bucket reaches into the zero bucket it is cut at the zero threshold. */
export function allBuckets(h: Histogram): Bucket[] {
  const buckets = negativeBuckets(h).reverse()
  if (h.zeroCount > 0) buckets.push(zeroBucket(h))
  buckets.push(...positiveBuckets(h))
  for (const b of buckets) {
    if (b.upper < 0 && b.upper > -h.zeroThreshold) b.upper = -h.zeroThreshold
    if (b.lower > 0 && b.lower < h.zeroThreshold) b.lower = h.zeroThreshold
  }
  return buckets
}
