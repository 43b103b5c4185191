import type { Histogram } from '../histogram/histogram.ts'
import type { Labels } from '../labels.ts'
import { FLOAT, HISTOGRAM, type Series } from '../series.ts'
import type { Extended } from '../syntax/ast.ts'

/** A series of a range vector: floats and histograms apart, stale markers gone. `*Starts` as in Series. */
export type RangeSeries = {
  readonly labels: Labels
  readonly dropName: boolean
  readonly floatTimes: Float64Array
  readonly floats: Float64Array
  readonly floatStarts: Float64Array | null
  readonly histogramTimes: Float64Array
  readonly histograms: readonly Histogram[]
  readonly histogramStarts: Float64Array | null
}

/** A range vector over all steps. The window of step i is (endOf(i) − rangeMs, endOf(i)]. */
export type RangeVector = {
  readonly series: readonly RangeSeries[]
  readonly rangeMs: number
  readonly endOf: (step: number) => number
  readonly extended: Extended | null
  /** How far outside the range an extended selector reaches. */
  readonly lookbackMs: number
}

/**
 * The samples of one series within one window: floats[f0, f1) and histograms[h0, h1). One object is reused for all steps of
 * a series; functions read it and keep nothing of it.
 */
export type Window = {
  series: RangeSeries
  f0: number
  f1: number
  h0: number
  h1: number
  /** The window without what an extended selector adds; (start, end], epoch ms. */
  start: number
  end: number
  rangeSeconds: number
  extended: Extended | null
}

/** Visits the non-empty windows of a series in order of steps. Ends of windows must not decrease. */
export function eachWindow(vector: RangeVector, series: RangeSeries, steps: number, visit: (window: Window, step: number) => void): void {
  const { rangeMs, extended, lookbackMs } = vector
  const before = extended ? lookbackMs : 0
  const after = extended === 'smoothed' ? lookbackMs : 0
  const { floatTimes, histogramTimes } = series
  const w: Window = { series, f0: 0, f1: 0, h0: 0, h1: 0, start: 0, end: 0, rangeSeconds: rangeMs / 1000, extended }
  for (let step = 0; step < steps; step++) {
    w.end = vector.endOf(step)
    w.start = w.end - rangeMs
    const from = w.start - before
    const to = w.end + after
    while (w.f1 < floatTimes.length && (floatTimes[w.f1] as number) <= to) w.f1++
    while (w.f0 < w.f1 && (floatTimes[w.f0] as number) <= from) w.f0++
    if (histogramTimes.length > 0) {
      while (w.h1 < histogramTimes.length && (histogramTimes[w.h1] as number) <= to) w.h1++
      while (w.h0 < w.h1 && (histogramTimes[w.h0] as number) <= from) w.h0++
    }
    if (w.f1 > w.f0 || w.h1 > w.h0) visit(w, step)
  }
}

export const floatCount = (w: Window): number => w.f1 - w.f0
export const histogramCount = (w: Window): number => w.h1 - w.h0
export const floatsOf = (w: Window): Float64Array => w.series.floats.subarray(w.f0, w.f1)
export const histogramsOf = (w: Window): readonly Histogram[] => w.series.histograms.slice(w.h0, w.h1)

const NOTHING = new Float64Array(0)

/** A stored series as a range series; columns are shared where every sample is a float. */
export function rangeSeries(s: Series): RangeSeries {
  const { kinds, labels } = s
  const base = { labels, dropName: false }
  if (!kinds) {
    return {
      ...base,
      floatTimes: s.times,
      floats: s.values,
      floatStarts: s.starts,
      histogramTimes: NOTHING,
      histograms: [],
      histogramStarts: null,
    }
  }
  const pick = (kind: number, column: Float64Array | null) => column?.filter((_, i) => kinds[i] === kind) ?? null
  return {
    ...base,
    floatTimes: pick(FLOAT, s.times) ?? NOTHING,
    floats: pick(FLOAT, s.values) ?? NOTHING,
    floatStarts: pick(FLOAT, s.starts),
    histogramTimes: pick(HISTOGRAM, s.times) ?? NOTHING,
    histograms: (s.histograms ?? []).filter((h, i): h is Histogram => kinds[i] === HISTOGRAM && h !== undefined),
    histogramStarts: pick(HISTOGRAM, s.starts),
  }
}
