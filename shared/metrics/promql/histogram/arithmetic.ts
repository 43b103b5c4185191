import { kahanAdd } from '../evaluation/kahan.ts'
import { type Buckets, type Histogram, type ResetHint, scale } from './histogram.ts'
import { align, coarsen, forceZeroBucket, withBounds } from './layout.ts'

/** Result of an operation on two histograms. `collision`: one said "reset", the other "not reset". */
export type Combined = { histogram: Histogram; boundsReconciled: boolean; collision: boolean }

/** The sum of two histograms; `null` where their bucket layouts have nothing in common (exponential and custom). */
export function add(a: Histogram, b: Histogram): Combined | null {
  return combine(a, b, (x, y) => x + y)
}

/** The difference. The reset hint is treated as in an addition: the caller marks the result a gauge where it is one. */
export function subtract(a: Histogram, b: Histogram): Combined | null {
  return combine(a, b, (x, y) => x - y)
}

/** A running sum with its Kahan compensation, bucket by bucket. */
export type RunningSum = { sum: Histogram; compensation: Histogram }

/** Adds with compensation; `null` where layouts are incompatible. */
export function addCompensated(total: RunningSum, term: Histogram): { total: RunningSum; boundsReconciled: boolean } | null {
  const aligned = align(total.sum, term)
  if (!aligned) return null
  const { a, b } = aligned
  const c = inLayoutOf(total.compensation, a)
  const [count, countC] = kahanAdd(b.count, a.count, c.count)
  const [sum, sumC] = kahanAdd(b.sum, a.sum, c.sum)
  const [zeroCount, zeroC] = kahanAdd(b.zeroCount, a.zeroCount, c.zeroCount)
  const positive = addBuckets(a.positive, b.positive, c.positive)
  const negative = addBuckets(a.negative, b.negative, c.negative)
  return {
    boundsReconciled: aligned.boundsReconciled,
    total: {
      sum: { ...a, hint: mergedHint(total.sum.hint, term.hint), count, sum, zeroCount, positive: positive.sum, negative: negative.sum },
      compensation: { ...a, count: countC, sum: sumC, zeroCount: zeroC, positive: positive.compensation, negative: negative.compensation },
    },
  }
}

export const startSum = (h: Histogram): RunningSum => ({ sum: h, compensation: scale(h, 0) })

/** The sum with its compensation added in. */
export function finishSum({ sum, compensation }: RunningSum): Histogram {
  const whole = add(sum, { ...compensation, hint: sum.hint })
  return whole ? whole.histogram : sum
}

/** True once any part of it is infinite: the moment at which a mean has to be computed incrementally. */
export const hasOverflow = (h: Histogram): boolean =>
  [h.zeroCount, h.count, h.sum, ...h.positive.count, ...h.negative.count].some(
    (x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY,
  )

function combine(a: Histogram, b: Histogram, op: (x: number, y: number) => number): Combined | null {
  const aligned = align(a, b)
  if (!aligned) return null
  const { a: x, b: y, boundsReconciled } = aligned
  const histogram: Histogram = {
    ...x,
    hint: mergedHint(a.hint, b.hint),
    count: op(x.count, y.count),
    sum: op(x.sum, y.sum),
    zeroCount: op(x.zeroCount, y.zeroCount),
    positive: mergeBuckets(x.positive, y.positive, op),
    negative: mergeBuckets(x.negative, y.negative, op),
  }
  return { histogram, boundsReconciled, collision: collide(a.hint, b.hint) }
}

/** A gauge stays a gauge; where one side is unknown, or the two contradict each other, nothing is known of the result. */
function mergedHint(a: ResetHint, b: ResetHint): ResetHint {
  if (a === b) return a
  return a === 'gauge' || b === 'gauge' ? 'gauge' : 'unknown'
}

const collide = (a: ResetHint, b: ResetHint): boolean => (a === 'reset' && b === 'not_reset') || (a === 'not_reset' && b === 'reset')

function mergeBuckets(a: Buckets, b: Buckets, op: (x: number, y: number) => number): Buckets {
  const count: number[] = []
  if (sameIndex(a.index, b.index)) {
    for (let i = 0; i < a.count.length; i++) count.push(op(a.count[i] as number, b.count[i] as number))
    return { index: a.index, count }
  }
  const index: number[] = []
  walk([a, b], (at, [x = 0, y = 0]) => {
    index.push(at)
    count.push(op(x, y))
  })
  return { index, count }
}

function addBuckets(a: Buckets, b: Buckets, c: Buckets): { sum: Buckets; compensation: Buckets } {
  const sum: number[] = []
  const compensation: number[] = []
  const push = (x: number, y: number, z: number) => {
    const [total, rest] = kahanAdd(y, x, z)
    sum.push(total)
    compensation.push(rest)
  }
  if (sameIndex(a.index, b.index) && sameIndex(a.index, c.index)) {
    for (let i = 0; i < a.count.length; i++) push(a.count[i] as number, b.count[i] as number, c.count[i] as number)
    return { sum: { index: a.index, count: sum }, compensation: { index: a.index, count: compensation } }
  }
  const index: number[] = []
  walk([a, b, c], (at, [x = 0, y = 0, z = 0]) => {
    index.push(at)
    push(x, y, z)
  })
  return { sum: { index, count: sum }, compensation: { index, count: compensation } }
}

/** Series of one metric mostly have the same buckets: adding them up is then one pass over the counts. */
function sameIndex(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Visits every index of any of the sets in ascending order with the count each set has there, 0 where it has none. */
function walk(sets: readonly Buckets[], visit: (index: number, counts: readonly number[]) => void): void {
  const at = sets.map(() => 0)
  for (;;) {
    let next = Number.POSITIVE_INFINITY
    sets.forEach((set, s) => {
      next = Math.min(next, set.index[at[s] ?? 0] ?? Number.POSITIVE_INFINITY)
    })
    if (next === Number.POSITIVE_INFINITY) return
    const counts = sets.map((set, s) => {
      const i = at[s] ?? 0
      if (set.index[i] !== next) return 0
      at[s] = i + 1
      return set.count[i] ?? 0
    })
    visit(next, counts)
  }
}

function inLayoutOf(h: Histogram, like: Histogram): Histogram {
  if (like.bounds) return withBounds(h, like.bounds)
  const coarse = coarsen(h, Math.min(h.schema, like.schema))
  return coarse.zeroThreshold === like.zeroThreshold ? coarse : forceZeroBucket(coarse, like.zeroThreshold)
}
