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
/** The samples of a column, without the steps at which it has none. */
export function resultSeries(column: Column, { start, step, n }: Steps): ResultSeries {
  const { has, histograms } = column
  let found = 0
  for (let i = 0; i < n; i++) if (has[i] !== ABSENT) found++
  const times = new Float64Array(found)
  const values = new Float64Array(found)
  const kept: (Histogram | undefined)[] | null = histograms ? [] : null
  let at = 0
  for (let i = 0; i < n; i++) {
    if (has[i] === ABSENT) continue
    times[at] = start + i * step
    if (has[i] === IS_FLOAT) values[at] = column.values[i] as number
    kept?.push(has[i] === IS_HISTOGRAM ? histograms?.[i] : undefined)
    at++
  }
  return { labels: column.labels, times, values, histograms: kept }
}

/** What an instant query for a range vector gives: the samples themselves, a subquery's with the names its expression drops. */
export function rawSeries(given: Expr, ev: Evaluation): ResultSeries[] {
  const expr = bare(given)
  const out: ResultSeries[] = []
  if (expr.kind === 'subquery') {
    const { columns, steps } = subqueryColumns(expr, ev)
    out.push(...dropNames(columns).map((column) => resultSeries(column, steps)))
  } else {
    const vector = evaluateRange(expr, ev)
    for (const series of vector.series) {
      eachWindow(vector, series, 1, (w) => {
        const points = w.extended ? extended(w) : samplesOf(w)
        if (points.length > 0) out.push(seriesOf(series.labels, points))
      })
    }
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
