import { say } from '../../evaluation/notes.ts'
import type { Window } from '../../evaluation/window.ts'
import { add, subtract } from '../../histogram/arithmetic.ts'
import { compact, emptyHistogram, type Histogram, isCustom, withHint } from '../../histogram/histogram.ts'
import { coarsen } from '../../histogram/layout.ts'
import { isReset } from '../../histogram/reset.ts'
import type { FunctionCall } from '../function.ts'
import { startOverlaps, startTellsReset } from './start-times.ts'

/** The growth between the first and the last histogram of a window, resets mended. Undefined where buckets are incompatible. */
export function histogramIncrease(call: FunctionCall, w: Window, counter: boolean): Histogram | undefined {
  const metric = w.series.labels.name
  const points = w.series.histograms.slice(w.h0, w.h1)
  const first = points[0] as Histogram
  const last = points.at(-1) as Histogram
  if (counter && points.some((h) => h.hint === 'gauge')) call.note(0, say.notACounter(metric))
  if (!counter && (first.hint !== 'gauge' || last.hint !== 'gauge')) call.note(0, say.notAGauge(metric))
  const resets = points.map((h, i) => i > 0 && counter && resetAt(w, i, h, points[i - 1] as Histogram))
  // The layout of a first sample that was reset right away does not matter: it is not used.
  const base = resets[1] && points[1] ? emptyHistogram(points[1].schema, points[1].bounds) : first
  const used = counter ? [base, ...points.slice(1)] : [base, last]
  if (used.some((h) => isCustom(h) !== isCustom(last))) return incompatible(call, metric)
  const schema = Math.min(...used.map((h) => h.schema))
  const growth = subtract(isCustom(last) ? last : coarsen(last, schema), base)
  if (!growth) return incompatible(call, metric)
  if (growth.boundsReconciled) call.note(0, say.boundsReconciled('subtraction'))
  let total = growth.histogram
  if (counter) noteOverlap(call, w)
  for (let i = 1; i < points.length; i++) {
    if (!resets[i]) continue
    const sum = add(total, i === 1 ? base : (points[i - 1] as Histogram))
    if (!sum) return incompatible(call, metric)
    if (sum.boundsReconciled) call.note(0, say.boundsReconciled('addition'))
    total = sum.histogram
  }
  return compact(withHint(total, 'gauge'))
}

function resetAt(w: Window, i: number, current: Histogram, previous: Histogram): boolean {
  const { histogramStarts, histogramTimes } = w.series
  return (histogramStarts !== null && startTellsReset(histogramStarts, histogramTimes, w.h0 + i)) || isReset(current, previous)
}

function noteOverlap(call: FunctionCall, w: Window): void {
  const { histogramStarts, histogramTimes, labels } = w.series
  if (histogramStarts === null) return
  for (let i = w.h0 + 1; i < w.h1; i++) {
    if (!startOverlaps(histogramStarts, histogramTimes, i)) continue
    call.note(0, say.overlappingStart(labels.name))
    return
  }
}

function incompatible(call: FunctionCall, metric: string): undefined {
  call.note(0, say.mixedSchemas(metric))
  return undefined
}
