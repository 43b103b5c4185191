import { kahanAdd } from '../../evaluation/kahan.ts'

/** The population variance of values[from, to), compensated. */
export function varianceOf(values: Float64Array, from: number, to: number): number {
  let mean = 0
  let meanC = 0
  let squares = 0
  let squaresC = 0
  for (let i = from; i < to; i++) {
    const value = values[i] as number
    const delta = value - (mean + meanC)
    ;[mean, meanC] = kahanAdd(delta / (i - from + 1), mean, meanC)
    ;[squares, squaresC] = kahanAdd(delta * (value - (mean + meanC)), squares, squaresC)
  }
  return (squares + squaresC) / (to - from)
}

/** Least squares over (time in s, value): the slope, and the value at `interceptAt` (epoch ms). */
export function regression(
  times: Float64Array,
  values: Float64Array,
  from: number,
  to: number,
  interceptAt: number,
): { slope: number; intercept: number } {
  const first = values[from] as number
  if (values.subarray(from, to).every((value) => value === first)) {
    return Number.isFinite(first) || Number.isNaN(first) ? { slope: 0, intercept: first } : { slope: Number.NaN, intercept: Number.NaN }
  }
  let [x, xC, y, yC, xy, xyC, xx, xxC] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = from; i < to; i++) {
    const seconds = ((times[i] as number) - interceptAt) / 1000
    const value = values[i] as number
    ;[x, xC] = kahanAdd(seconds, x, xC)
    ;[y, yC] = kahanAdd(value, y, yC)
    ;[xy, xyC] = kahanAdd(seconds * value, xy, xyC)
    ;[xx, xxC] = kahanAdd(seconds * seconds, xx, xxC)
  }
  const n = to - from
  const sumX = x + xC
  const sumY = y + yC
  const covariance = xy + xyC - (sumX * sumY) / n
  const variance = xx + xxC - (sumX * sumX) / n
  const slope = covariance / variance
  return { slope, intercept: sumY / n - (slope * sumX) / n }
}
