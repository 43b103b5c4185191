import { endsOf } from '../../evaluation/extended.ts'
import { say } from '../../evaluation/notes.ts'
import { between, histogramBetween } from '../../evaluation/smoothed.ts'
import type { Window } from '../../evaluation/window.ts'
import { add, subtract } from '../../histogram/arithmetic.ts'
import { compact, divide, type Histogram, isCustom, withHint } from '../../histogram/histogram.ts'
import { isReset } from '../../histogram/reset.ts'
import type { FunctionCall } from '../function.ts'
import type { RateKind } from './rate.ts'

/** rate, increase and delta of an anchored or smoothed range: values at the window's very ends, nothing extrapolated. */
export function extendedRate(call: FunctionCall, w: Window, kind: RateKind): number | Histogram | undefined {
  const floats = w.f1 > w.f0
  const times = floats ? w.series.floatTimes : w.series.histogramTimes
  const [from, to] = floats ? [w.f0, w.f1] : [w.h0, w.h1]
  const smoothed = w.extended === 'smoothed'
  const ends = endsOf(times, from, to, w.start, w.end, smoothed)
  if (!ends || (smoothed && (times[ends.first] as number) > w.end)) return undefined
  return floats ? ofFloats(w, ends.first, ends.last, kind, smoothed) : ofHistograms(call, w, ends.first, ends.last, kind, smoothed)
}

function ofFloats(w: Window, given: number, until: number, { counter, perSecond }: RateKind, smoothed: boolean): number {
  const { floatTimes: t, floats: v } = w.series
  let first = given
  let last = until
  const at = (i: number, j: number, time: number) => between(t[i] as number, v[i] as number, t[j] as number, v[j] as number, time, counter)
  const left = smoothed && (t[first] as number) < w.start ? at(first, first + 1, w.start) : (v[first] as number)
  const right = smoothed && last > w.f0 && (t[last] as number) > w.end ? at(last - 1, last, w.end) : (v[last] as number)
  let growth = right - left
  if (counter) {
    if ((t[first] as number) <= w.start) first++
    if ((t[last] as number) >= w.end) last--
    let before = left
    for (let i = first; i <= last; i++) {
      if ((v[i] as number) < before) growth += before
      before = v[i] as number
    }
    if (right < before) growth += before
  }
  return perSecond ? growth / w.rangeSeconds : growth
}

function ofHistograms(
  call: FunctionCall,
  w: Window,
  first: number,
  last: number,
  { counter, perSecond }: RateKind,
  smoothed: boolean,
): Histogram | undefined {
  const { histogramTimes: t, histograms, labels } = w.series
  const h = (i: number) => histograms[i] as Histogram
  const used = histograms.slice(first, last + 1)
  const mixed = (): undefined => {
    call.note(0, say.mixedSchemas(labels.name))
    return undefined
  }
  if (used.some((x) => isCustom(x) !== isCustom(h(first)))) return mixed()
  if (counter && used.some((x) => x.hint === 'gauge')) call.note(0, say.notACounter(labels.name))
  const reconciled = (operation: string) => call.note(0, say.boundsReconciled(operation))
  const interpolated = (i: number, at: number) =>
    histogramBetween(t[i] as number, h(i), t[i + 1] as number, h(i + 1), at, counter, reconciled)
  const left = smoothed && (t[first] as number) < w.start ? interpolated(first, w.start) : h(first)
  const right = smoothed && last > w.h0 && (t[last] as number) > w.end ? interpolated(last - 1, w.end) : h(last)
  if (!left || !right) return mixed()
  if (!counter && (left.hint !== 'gauge' || right.hint !== 'gauge')) call.note(0, say.notAGauge(labels.name))
  const growth = subtract(right, left)
  if (!growth) return mixed()
  if (growth.boundsReconciled) reconciled('subtraction')
  let total = growth.histogram
  for (const lost of counter ? lostToResets(w, first, last, left, right, smoothed) : []) {
    const sum = add(total, lost)
    if (!sum) return mixed()
    if (sum.boundsReconciled) reconciled('addition')
    total = sum.histogram
  }
  return compact(withHint(perSecond ? divide(total, w.rangeSeconds) : total, 'gauge'))
}

/** The histograms a counter had reached before each reset within the window. Those at its ends are represented by left and right. */
function lostToResets(w: Window, first: number, last: number, left: Histogram, right: Histogram, smoothed: boolean): Histogram[] {
  const { histogramTimes: t, histograms } = w.series
  let next = first + 1
  let before = left
  const second = histograms[first + 1]
  if (smoothed && (t[first] as number) < w.start && second && isReset(second, histograms[first] as Histogram)) {
    // The interpolation at the start spanned this reset already.
    before = second
    next++
  }
  if (next > last) return []
  const lost: Histogram[] = []
  for (let i = next; i < last; i++) {
    const current = histograms[i] as Histogram
    if (isReset(current, before)) lost.push(before)
    before = current
  }
  if (isReset(right, before)) lost.push(before)
  return lost
}
