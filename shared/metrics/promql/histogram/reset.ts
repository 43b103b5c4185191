import { customBound } from './bounds.ts'
import { type Buckets, type Histogram, isCustom, sameBounds } from './histogram.ts'
import { coarsen, widenZeroBucket, zeroCountAt } from './layout.ts'

/**
 * Whether a counter was reset between the previous histogram and this one: an explicit hint decides; otherwise any count
 * that fell, a populated bucket that vanished, or a layout that became finer, which only a restart explains.
 */
export function isReset(current: Histogram, previous: Histogram): boolean {
  if (current.hint === 'reset') return true
  if (current.hint === 'not_reset') return false
  if (current.count < previous.count) return true
  if (isCustom(current)) {
    if (!isCustom(previous)) return true
    if (!sameBounds(current.bounds, previous.bounds)) return fellBetweenCommonBounds(current, previous)
    return anyFell(current.positive, previous.positive)
  }
  if (isCustom(previous) || current.schema > previous.schema || current.zeroThreshold < previous.zeroThreshold) return true
  const zero = zeroCountAt(previous, current.zeroThreshold)
  if (zero.threshold !== current.zeroThreshold || current.zeroCount < zero.count) return true
  const before = coarsen(widenZeroBucket(previous, current.zeroThreshold), current.schema)
  return anyFell(current.positive, before.positive) || anyFell(current.negative, before.negative)
}

function anyFell(current: Buckets, previous: Buckets): boolean {
  let at = 0
  return previous.index.some((index, i) => {
    const before = previous.count[i] ?? 0
    while ((current.index[at] ?? Number.POSITIVE_INFINITY) < index) at++
    if (current.index[at] !== index) return before !== 0
    return (current.count[at] ?? 0) < before
  })
}

/** With different custom bounds only the counts between bounds both have can be compared. */
function fellBetweenCommonBounds(current: Histogram, previous: Histogram): boolean {
  const common = [...(current.bounds ?? []).filter((bound) => previous.bounds?.includes(bound)), Number.POSITIVE_INFINITY]
  const now = between(current, common)
  const before = between(previous, common)
  return common.some((_, i) => (now[i] ?? 0) < (before[i] ?? 0))
}

function between(h: Histogram, bounds: readonly number[]): number[] {
  const counts = bounds.map(() => 0)
  h.positive.index.forEach((index, i) => {
    const at = bounds.findIndex((bound) => customBound(index, h.bounds ?? []) <= bound)
    counts[at] = (counts[at] ?? 0) + (h.positive.count[i] ?? 0)
  })
  return counts
}
