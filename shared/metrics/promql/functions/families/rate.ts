import { Column, IS_FLOAT } from '../../evaluation/column.ts'
import { say } from '../../evaluation/notes.ts'
import type { RangeSeries, RangeVector, Window } from '../../evaluation/window.ts'
import { eachWindow } from '../../evaluation/window.ts'
import { add } from '../../histogram/arithmetic.ts'
import { type Histogram, scale } from '../../histogram/histogram.ts'
import type { FunctionCall } from '../function.ts'
import { extendedRate } from './extended-rate.ts'
import { histogramIncrease } from './histogram-rate.ts'
import { startOverlaps, startTellsReset } from './start-times.ts'
import { rangeArgument } from './windows.ts'

/** rate, increase and delta: `counter` mends resets and stops at zero, `perSecond` divides by the range. */
export type RateKind = { readonly counter: boolean; readonly perSecond: boolean }

/** The growth within each window, extrapolated to its ends. */
export function extrapolatedRate(call: FunctionCall, kind: RateKind): Column[] {
  const vector = rangeArgument(call, 0)
  const out: Column[] = []
  for (const series of vector.series) {
    call.budget.tick()
    const column = new Column(series.labels, call.steps.n, true)
    const plain = vector.extended === null && series.floatStarts === null && series.histogramTimes.length === 0
    if (plain) plainFloats(vector, series, kind, column)
    else
      eachWindow(vector, series, call.steps.n, (w, step) => {
        const value = ofWindow(call, w, kind)
        if (value !== undefined) column.setEither(step, value)
      })
    if (column.isEmpty) continue
    call.budget.hold(call.steps.n)
    if (kind.counter) noteNonCounter(call, column)
    out.push(column)
  }
  return out
}

/**
 * The inner loop of most queries: floats, no start timestamps. Walks each series once; a window sums only the resets within
 * it, in their order, so that results are those of summing the window itself.
 */
function plainFloats(vector: RangeVector, series: RangeSeries, kind: RateKind, out: Column): void {
  const { floatTimes: t, floats: v } = series
  const { rangeMs } = vector
  const resets = kind.counter ? resetPositions(v) : []
  const seconds = rangeMs / 1000
  let from = 0
  let to = 0
  let firstReset = 0
  for (let step = 0; step < out.has.length; step++) {
    const end = vector.endOf(step)
    const start = end - rangeMs
    while (to < t.length && (t[to] as number) <= end) to++
    while (from < to && (t[from] as number) <= start) from++
    if (to - from < 2) continue
    const first = v[from] as number
    let growth = (v[to - 1] as number) - first
    while (firstReset < resets.length && (resets[firstReset] as number) <= from) firstReset++
    for (let r = firstReset; r < resets.length && (resets[r] as number) < to; r++) growth += v[(resets[r] as number) - 1] as number
    const factor = extrapolation(t[from] as number, t[to - 1] as number, to - from, start, end, kind.counter, growth, first)
    out.values[step] = growth * (kind.perSecond ? factor / seconds : factor)
    out.has[step] = IS_FLOAT
  }
}

function resetPositions(v: Float64Array): number[] {
  const at: number[] = []
  for (let i = 1; i < v.length; i++) if ((v[i] as number) < (v[i - 1] as number)) at.push(i)
  return at
}

/**
 * By how much the growth between first and last sample is scaled to cover the window. Each end is extrapolated fully where
 * a sample is missing at most (closer than 1.1 average distances), else by half a distance; a counter not below zero.
 */
function extrapolation(
  first: number,
  last: number,
  samples: number,
  start: number,
  end: number,
  counter: boolean,
  growth: number,
  firstValue: number,
): number {
  const sampled = (last - first) / 1000
  const average = sampled / (samples - 1)
  const threshold = average * 1.1
  let toStart = (first - start) / 1000
  let toEnd = (end - last) / 1000
  if (toStart >= threshold) toStart = average / 2
  if (counter && growth > 0 && firstValue >= 0) {
    const toZero = sampled * (firstValue / growth)
    if (toZero < toStart) toStart = toZero
  }
  if (toEnd >= threshold) toEnd = average / 2
  return sampled === 0 ? 1 : (sampled + toStart + toEnd) / sampled
}

function ofWindow(call: FunctionCall, w: Window, kind: RateKind): number | Histogram | undefined {
  const metric = w.series.labels.name
  const floats = w.f1 - w.f0
  const histograms = w.h1 - w.h0
  if (floats > 0 && histograms > 0) {
    call.note(0, say.mixedTypes(metric))
    return undefined
  }
  if (w.extended) return extendedRate(call, w, kind)
  const times = floats > 0 ? w.series.floatTimes : w.series.histogramTimes
  const starts = floats > 0 ? w.series.floatStarts : w.series.histogramStarts
  const [from, to] = floats > 0 ? [w.f0, w.f1] : [w.h0, w.h1]
  let growth: number | Histogram | undefined
  if (floats > 0) growth = floatIncrease(call, w, kind)
  else if (histograms > 1) {
    growth = histogramIncrease(call, w, kind.counter)
    if (growth === undefined) return undefined
  }
  const first = times[from] as number
  const last = times[to - 1] as number
  const start = starts?.[from] ?? 0
  let factor: number
  if (kind.counter && start !== 0 && start > w.start && start < first) {
    // The counter started at zero within the window: that is a sample, and nothing is extrapolated on the left.
    const opening = openingSample(call, w, growth)
    if (opening === undefined) return undefined
    growth = opening
    const sampled = (last - start) / 1000
    const average = to - from > 1 ? (last - first) / 1000 / (to - from - 1) : 0
    const toEnd = (w.end - last) / 1000
    factor = sampled === 0 ? 1 : (sampled + (toEnd >= average * 1.1 ? average / 2 : toEnd)) / sampled
  } else if (to - from < 2 || growth === undefined) return undefined
  else {
    const total = typeof growth === 'number' ? growth : growth.count
    const initial = floats > 0 ? (w.series.floats[from] as number) : (w.series.histograms[from]?.count ?? 0)
    factor = extrapolation(first, last, to - from, w.start, w.end, kind.counter, total, initial)
  }
  if (kind.perSecond) factor /= w.rangeSeconds
  return typeof growth === 'number' ? growth * factor : scale(growth, factor)
}

function floatIncrease(call: FunctionCall, w: Window, { counter }: RateKind): number {
  const { floats, floatTimes, floatStarts } = w.series
  let growth = (floats[w.f1 - 1] as number) - (floats[w.f0] as number)
  if (!counter) return growth
  let overlaps = false
  for (let i = w.f0 + 1; i < w.f1; i++) {
    const before = floats[i - 1] as number
    const reset = floatStarts !== null && startTellsReset(floatStarts, floatTimes, i)
    if (!overlaps && floatStarts !== null && startOverlaps(floatStarts, floatTimes, i)) {
      overlaps = true
      call.note(0, say.overlappingStart(w.series.labels.name))
    }
    if ((floats[i] as number) < before || reset) growth += before
  }
  return growth
}

function openingSample(call: FunctionCall, w: Window, growth: number | Histogram | undefined): number | Histogram | undefined {
  if (typeof growth === 'number') return growth + (w.series.floats[w.f0] as number)
  const first = w.series.histograms[w.h0]
  if (growth === undefined || !first) return first
  const total = add(growth, first)
  if (!total) {
    call.note(0, say.mixedSchemas(w.series.labels.name))
    return undefined
  }
  if (total.boundsReconciled) call.note(0, say.boundsReconciled('addition'))
  return total.histogram
}

function noteNonCounter(call: FunctionCall, column: Column): void {
  const metric = column.labels.name
  if (metric !== '' && column.has.includes(IS_FLOAT) && !/_(total|sum|count|bucket)$/.test(metric))
    call.note(0, say.maybeNotCounter(metric))
}
