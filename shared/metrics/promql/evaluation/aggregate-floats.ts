import { type Column, IS_FLOAT } from './column.ts'
import { quantile } from './quantile.ts'

/** Takes the floats of series one after the other, each in one pass over its steps; after `end` the column it was made for holds the aggregate. */
export type RunningFloats = { readonly add: (member: Column) => void; readonly end: () => void }

/** Aggregations that need to see each series once and keep none. `out` comes empty. */
export const runningFloats = {
  sum,
  avg: average,
  min: (out) => extreme(out, (value, best) => value < best),
  max: (out) => extreme(out, (value, best) => value > best),
  count: (out) => ({ add: (member) => countIn(out, member), end: () => {} }),
  group: (out) => ({ add: (member) => countIn(out, member), end: () => void out.values.fill(1) }),
  stdvar: variance,
  stddev: (out) => {
    const running = variance(out)
    const end = () => {
      running.end()
      for (let i = 0; i < out.values.length; i++) out.values[i] = Math.sqrt(out.values[i] as number)
    }
    return { add: running.add, end }
  },
} as const satisfies Record<string, (out: Column) => RunningFloats>

/** Kahan-compensated; written out because it is the inner loop of most dashboards. */
function sum(out: Column): RunningFloats {
  const total = out.values
  const compensation = new Float64Array(total.length)
  const add = ({ values, has }: Column) => {
    for (let i = 0; i < total.length; i++) {
      if (has[i] !== IS_FLOAT) continue
      const value = values[i] as number
      if (out.has[i] !== IS_FLOAT) {
        out.has[i] = IS_FLOAT
        total[i] = value
        continue
      }
      const before = total[i] as number
      const after = before + value
      total[i] = after
      if (after === Number.POSITIVE_INFINITY || after === Number.NEGATIVE_INFINITY) compensation[i] = 0
      else if (Math.abs(before) >= Math.abs(value)) compensation[i] = (compensation[i] as number) + (before - after + value)
      else compensation[i] = (compensation[i] as number) + (value - after + before)
    }
  }
  const end = () => {
    for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (compensation[i] as number)
  }
  return { add, end }
}

/** The mean of the sum; incrementally from the point on where the sum would overflow. */
function average(out: Column): RunningFloats {
  const n = out.values.length
  const counts = new Float64Array(n)
  const compensation = new Float64Array(n)
  const incremental = new Uint8Array(n)
  const acc = out.values
  const plus = (i: number, term: number): number => {
    const before = acc[i] as number
    const after = before + term
    const c = compensation[i] as number
    if (!Number.isFinite(after) && !Number.isNaN(after)) compensation[i] = 0
    else compensation[i] = c + (Math.abs(before) >= Math.abs(term) ? before - after + term : term - after + before)
    return after
  }
  const add = ({ values, has }: Column) => {
    for (let i = 0; i < n; i++) {
      if (has[i] !== IS_FLOAT) continue
      const value = values[i] as number
      out.has[i] = IS_FLOAT
      counts[i] = (counts[i] as number) + 1
      const seen = counts[i] as number
      if (seen === 1) {
        acc[i] = value
        continue
      }
      if (incremental[i] === 0) {
        const c = compensation[i] as number
        const after = plus(i, value)
        if (Number.isFinite(after) || Number.isNaN(after)) {
          acc[i] = after
          continue
        }
        incremental[i] = 1
        acc[i] = (acc[i] as number) / (seen - 1)
        compensation[i] = c / (seen - 1)
      }
      const share = (seen - 1) / seen
      acc[i] = (acc[i] as number) * share
      compensation[i] = (compensation[i] as number) * share
      acc[i] = plus(i, value / seen)
    }
  }
  const end = () => {
    for (let i = 0; i < n; i++) {
      if (incremental[i] === 1) acc[i] = (acc[i] as number) + (compensation[i] as number)
      else acc[i] = (acc[i] as number) / (counts[i] as number) + (compensation[i] as number) / (counts[i] as number)
    }
  }
  return { add, end }
}

function extreme(out: Column, better: (value: number, best: number) => boolean): RunningFloats {
  const add = ({ values, has }: Column) => {
    for (let i = 0; i < has.length; i++) {
      if (has[i] !== IS_FLOAT) continue
      const value = values[i] as number
      const best = out.values[i] as number
      if (out.has[i] !== IS_FLOAT || better(value, best) || Number.isNaN(best)) out.values[i] = value
      out.has[i] = IS_FLOAT
    }
  }
  return { add, end: () => {} }
}

function countIn(out: Column, { has }: Column): void {
  for (let i = 0; i < has.length; i++) {
    if (has[i] !== IS_FLOAT) continue
    out.values[i] = (out.values[i] as number) + 1
    out.has[i] = IS_FLOAT
  }
}

/** Welford's running variance. A first value that is not finite leaves nothing to compute. */
function variance(out: Column): RunningFloats {
  const counts = new Float64Array(out.values.length)
  const means = new Float64Array(out.values.length)
  const add = ({ values, has }: Column) => {
    for (let i = 0; i < has.length; i++) {
      if (has[i] !== IS_FLOAT) continue
      const value = values[i] as number
      out.has[i] = IS_FLOAT
      counts[i] = (counts[i] as number) + 1
      if (counts[i] === 1) {
        means[i] = value
        out.values[i] = Number.isFinite(value) ? 0 : Number.NaN
        continue
      }
      const delta = value - (means[i] as number)
      means[i] = (means[i] as number) + delta / (counts[i] as number)
      out.values[i] = (out.values[i] as number) + delta * (value - (means[i] as number))
    }
  }
  const end = () => {
    for (let i = 0; i < out.values.length; i++) out.values[i] = (out.values[i] as number) / (counts[i] as number)
  }
  return { add, end }
}

/** The φ-quantile over series at every step: needs all of them at once. */
export function quantiles(members: readonly Column[], phi: Float64Array, out: Column): void {
  const row = new Float64Array(members.length)
  for (let i = 0; i < out.values.length; i++) {
    let found = 0
    for (const { values, has } of members) if (has[i] === IS_FLOAT) row[found++] = values[i] as number
    if (found > 0) out.set(i, quantile(phi[i] as number, row, found))
  }
}
