import type { Histogram } from '../histogram/histogram.ts'
import { compareLabels, type Labels } from '../labels.ts'
import { QueryError } from '../limits.ts'
import { bare, type Expr } from '../syntax/ast.ts'
import { ABSENT, type Column, IS_FLOAT, IS_HISTOGRAM } from './column.ts'
import { type Evaluation, evaluateRange, subqueryColumns } from './evaluate.ts'
import { extendedSamples } from './extended.ts'
import { dropNames } from './merge.ts'
import type { Steps } from './steps.ts'
import { eachWindow, type Window } from './window.ts'

/** A series of a result. `values` at a time at which there is a histogram is 0. */
export type ResultSeries = {
  readonly labels: Labels
  readonly times: Float64Array
  readonly values: Float64Array
  readonly histograms: readonly (Histogram | undefined)[] | null
}
/** The samples of columns, without the steps at which they have none; columns without samples are left out. */
export function resultsOf(columns: readonly Column[], { start, step, n }: Steps): ResultSeries[] {
  const all = Float64Array.from({ length: n }, (_, i) => start + i * step)
  return columns.flatMap((column) => resultSeries(column, all) ?? [])
}

/** A column that has a float at every step shares its values, and the times. */
function resultSeries({ labels, has, values: given, histograms }: Column, all: Float64Array): ResultSeries | null {
  let found = 0
  let floats = 0
  for (let i = 0; i < has.length; i++) {
    if (has[i] !== ABSENT) found++
    if (has[i] === IS_FLOAT) floats++
  }
  if (found === 0) return null
  if (floats === has.length) return { labels, times: all, values: given, histograms: null }
  const times = new Float64Array(found)
  const values = new Float64Array(found)
  const kept: (Histogram | undefined)[] | null = histograms ? [] : null
  let at = 0
  for (let i = 0; i < has.length; i++) {
    if (has[i] === ABSENT) continue
    times[at] = all[i] as number
    if (has[i] === IS_FLOAT) values[at] = given[i] as number
    kept?.push(has[i] === IS_HISTOGRAM ? histograms?.[i] : undefined)
    at++
  }
  return { labels, times, values, histograms: kept }
}

/** What an instant query for a range vector gives: the samples themselves, a subquery's with the names its expression drops. */
export function rawSeries(given: Expr, ev: Evaluation): ResultSeries[] {
  const expr = bare(given)
  const out: ResultSeries[] = []
  if (expr.kind === 'subquery') {
    const { columns, steps } = subqueryColumns(expr, ev)
    return resultsOf(dropNames(columns), steps).sort((a, b) => compareLabels(a.labels, b.labels))
  }
  const vector = evaluateRange(expr, ev)
  for (const series of vector.series) {
    const { labels, floatTimes, floats } = series
    eachWindow(vector, series, 1, (w) => {
      const plain = w.h1 === w.h0 && !w.extended
      if (plain) out.push({ labels, times: floatTimes.subarray(w.f0, w.f1), values: floats.subarray(w.f0, w.f1), histograms: null })
      else out.push(seriesOf(labels, w.extended ? extended(w) : samplesOf(w)))
    })
  }
  return out.filter((s) => s.times.length > 0).sort((a, b) => compareLabels(a.labels, b.labels))
}

type Point = { at: number; value: number | Histogram }

function samplesOf({ series, f0, f1, h0, h1 }: Window): Point[] {
  const points: Point[] = []
  for (let i = f0; i < f1; i++) points.push({ at: series.floatTimes[i] as number, value: series.floats[i] as number })
  for (let i = h0; i < h1; i++) points.push({ at: series.histogramTimes[i] as number, value: series.histograms[i] as Histogram })
  return points.sort((a, b) => a.at - b.at)
}

function extended(w: Window): Point[] {
  if (w.h1 > w.h0) throw new QueryError(`${w.extended} modifier is not supported with histograms`)
  return extendedSamples(w)
}

function seriesOf(labels: Labels, points: readonly Point[]): ResultSeries {
  return {
    labels,
    times: Float64Array.from(points, (p) => p.at),
    values: Float64Array.from(points, (p) => (typeof p.value === 'number' ? p.value : 0)),
    histograms: points.some((p) => typeof p.value !== 'number')
      ? points.map((p) => (typeof p.value === 'number' ? undefined : p.value))
      : null,
  }
}
