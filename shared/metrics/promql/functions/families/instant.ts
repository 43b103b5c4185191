import type { Column } from '../../evaluation/column.ts'
import { say } from '../../evaluation/notes.ts'
import type { Window } from '../../evaluation/window.ts'
import { subtract } from '../../histogram/arithmetic.ts'
import { compact, divide, type Histogram, withHint } from '../../histogram/histogram.ts'
import { isReset } from '../../histogram/reset.ts'
import type { FunctionCall } from '../function.ts'
import { startTellsReset } from './start-times.ts'
import { overWindows } from './windows.ts'

/** irate and idelta: the difference of the last two samples of each window. */
export function lastTwo(call: FunctionCall, rate: boolean): Column[] {
  return overWindows(call, 0, (w) => {
    const pair = newestPair(w)
    if (!pair) return undefined
    const [a, b] = pair
    const seconds = (b.time - a.time) / 1000
    if (seconds === 0) return undefined
    if (typeof a.value === 'number' && typeof b.value === 'number') {
      const reset = rate && (b.value < a.value || b.reset)
      const growth = reset ? b.value : b.value - a.value
      return rate ? growth / seconds : growth
    }
    if (typeof a.value === 'number' || typeof b.value === 'number') {
      call.note(0, say.mixedTypes(w.series.labels.name))
      return undefined
    }
    const growth = ofHistograms(call, w, a.value, b.value, rate, b.reset)
    return growth && rate ? divide(growth, seconds) : growth
  })
}

function ofHistograms(
  call: FunctionCall,
  w: Window,
  before: Histogram,
  now: Histogram,
  rate: boolean,
  startReset: boolean,
): Histogram | undefined {
  const metric = w.series.labels.name
  const gauges = [before, now].filter((h) => h.hint === 'gauge').length
  if (rate && gauges > 0) call.note(0, say.notACounter(metric))
  if (!rate && gauges < 2) call.note(0, say.notAGauge(metric))
  let growth = now
  if (!rate || (!startReset && !isReset(now, before))) {
    const difference = subtract(now, before)
    if (!difference) {
      call.note(0, say.mixedSchemas(metric))
      return undefined
    }
    if (difference.boundsReconciled) call.note(0, say.boundsReconciled('subtraction'))
    growth = difference.histogram
  }
  return compact(withHint(growth, 'gauge'))
}

/** `reset`: the start timestamp says so. */
type Point = { time: number; value: number | Histogram; reset: boolean }

function newestPair(w: Window): [Point, Point] | null {
  const { floats, floatTimes, floatStarts, histograms, histogramTimes, histogramStarts } = w.series
  const points: Point[] = []
  for (let i = Math.max(w.f0, w.f1 - 2); i < w.f1; i++) {
    const reset = floatStarts !== null && i > w.f0 && startTellsReset(floatStarts, floatTimes, i)
    points.push({ time: floatTimes[i] as number, value: floats[i] as number, reset })
  }
  for (let i = Math.max(w.h0, w.h1 - 2); i < w.h1; i++) {
    const reset = histogramStarts !== null && i > w.h0 && startTellsReset(histogramStarts, histogramTimes, i)
    points.push({ time: histogramTimes[i] as number, value: histograms[i] as Histogram, reset })
  }
  points.sort((a, b) => a.time - b.time)
  const [a, b] = points.slice(-2)
  return a && b ? [a, b] : null
}
