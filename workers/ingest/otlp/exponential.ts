import type { Buckets, Histogram } from '../../../shared/metrics/promql/histogram/histogram.ts'
import { list, number } from './values.ts'

/** What Prometheus takes for a zero bucket without width. */
const ZERO_THRESHOLD = 1e-128
const SCHEMA_MAX = 8
/** Room for all buckets of a body within 32 bits. */
const INDEX_MAX = 2 ** 30

/**
 * An exponential histogram point as a native histogram. OpenTelemetry's bucket i is (base^i, base^(i+1)], Prometheus' (base^(i-1), base^i].
 * A finer scale than 8 is merged down to it. A delta is a counter that was reset before every point.
 * Null when scale or offset are none there can be.
 */
// biome-ignore lint/suspicious/noExplicitAny: what a client sent
export function exponential(point: any, isDelta: boolean): Histogram | null {
  const scale = number(point.scale)
  if (!Number.isInteger(scale) || scale < -4 || scale > 100) return null
  for (const side of [point.positive, point.negative]) if (!(Math.abs(number(side?.offset)) < INDEX_MAX)) return null
  const merge = Math.max(0, scale - SCHEMA_MAX)
  return {
    schema: scale - merge,
    count: number(point.count),
    sum: number(point.sum),
    zeroThreshold: number(point.zeroThreshold) || ZERO_THRESHOLD,
    zeroCount: number(point.zeroCount),
    positive: buckets(point.positive, merge),
    negative: buckets(point.negative, merge),
    bounds: null,
    hint: isDelta ? 'reset' : 'unknown',
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a client sent
function buckets(found: any, merge: number): Buckets {
  const index: number[] = []
  const count: number[] = []
  for (const [i, n] of list(found?.bucketCounts).entries()) {
    if (!number(n)) continue
    const at = Math.floor((Math.trunc(number(found.offset)) + i) / 2 ** merge) + 1
    if (index.at(-1) === at) count[count.length - 1]! += number(n)
    else {
      index.push(at)
      count.push(number(n))
    }
  }
  return { index, count }
}
