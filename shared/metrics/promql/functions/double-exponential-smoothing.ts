import { say } from '../evaluation/notes.ts'
import { QueryError } from '../limits.ts'
import { formatG } from '../text/number.ts'
import { overWindows } from './families/windows.ts'
import type { PromFunction } from './function.ts'

export const doubleExponentialSmoothing = {
  name: 'double_exponential_smoothing',
  args: ['matrix', 'scalar', 'scalar'],
  variadic: 0,
  returns: 'vector',
  doc: 'A gauge smoothed over a range; the first factor weighs recent samples, the second recent trends, both between 0 and 1.',
  example: 'double_exponential_smoothing(queue_length[1h], 0.5, 0.5)',
  run: (call) => {
    const smoothing = call.scalar(1)
    const trend = call.scalar(2)
    return overWindows(call, 0, (w, step) => {
      const sf = factor(smoothing, step, 'smoothing', 'sf')
      const tf = factor(trend, step, 'trend', 'tf')
      if (w.f1 > w.f0 && w.h1 > w.h0) call.note(0, say.histogramIgnoredInRange(w.series.labels.name))
      return smooth(w.series.floats, w.f0, w.f1, sf, tf)
    })
  },
} as const satisfies PromFunction

function factor(values: Float64Array, step: number, what: string, symbol: string): number {
  const value = values[step] as number
  if (!(value <= 0 || value >= 1)) return value
  const got = Object.is(value, -0) ? '-0.000000' : Number.isFinite(value) ? value.toFixed(6) : formatG(value)
  throw new QueryError(`invalid ${what} factor. Expected: 0 < ${symbol} < 1, got: ${got}`)
}

/** Holt's linear method; nothing with fewer than two samples. */
function smooth(floats: Float64Array, from: number, to: number, sf: number, tf: number): number | undefined {
  if (to - from < 2) return undefined
  let before = 0
  let level = floats[from] as number
  let slope = (floats[from + 1] as number) - level
  for (let i = from + 1; i < to; i++) {
    if (i > from + 1) slope = tf * (level - before) + (1 - tf) * slope
    const next = sf * (floats[i] as number) + (1 - sf) * (level + slope)
    before = level
    level = next
  }
  return level
}
