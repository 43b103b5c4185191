import { add, subtract } from '../histogram/arithmetic.ts'
import { type Histogram, isCustom, scale, withHint } from '../histogram/histogram.ts'
import { isReset } from '../histogram/reset.ts'
import type { Span } from '../syntax/ast.ts'
import { Column } from './column.ts'
import { type Notes, say } from './notes.ts'
import { eachWindow, floatCount, histogramCount, type RangeVector } from './window.ts'

/** A float between two samples. A counter that fell in between is taken to have restarted from 0. */
export function between(t1: number, v1: number, t2: number, v2: number, at: number, counter: boolean): number {
  const from = counter && v2 < v1 ? 0 : v1
  return from + ((v2 - from) * (at - t1)) / (t2 - t1)
}

/** A histogram between two; `null` where their buckets are incompatible. Reconciled bounds are reported through `reconciled`. */
export function histogramBetween(
  t1: number,
  h1: Histogram,
  t2: number,
  h2: Histogram,
  at: number,
  counter: boolean,
  reconciled: (operation: 'addition' | 'subtraction') => void,
): Histogram | null {
  if (at === t1) return h1
  if (at === t2) return h2
  const fraction = (at - t1) / (t2 - t1)
  if (counter && isReset(h2, h1)) return scale(h2, fraction)
  const growth = subtract(h2, h1)
  if (!growth) return null
  if (growth.boundsReconciled) reconciled('subtraction')
  const result = add(scale(growth.histogram, fraction), h1)
  if (!result) return null
  if (result.boundsReconciled) reconciled('addition')
  return result.histogram
}

/** What `selector smoothed` sees: the value interpolated between the samples around each step, or the last one carried on. */
export function selectSmoothed(vector: RangeVector, steps: number, span: Span, notes: Notes): Column[] {
  const columns: Column[] = []
  for (const series of vector.series) {
    const column = new Column(series.labels, steps)
    const metric = series.labels.name
    eachWindow(vector, series, steps, (w, step) => {
      if (floatCount(w) > 0 && histogramCount(w) > 0) return notes.add(say.mixedTypes(metric)(span))
      const at = w.end
      const times = floatCount(w) > 0 ? series.floatTimes : series.histogramTimes
      const [first, last] = floatCount(w) > 0 ? [w.f0, w.f1] : [w.h0, w.h1]
      let next = first
      while (next < last && (times[next] ?? 0) < at) next++
      const exact = next < last && times[next] === at
      if (!exact && next === first) return
      const t1 = times[next - 1] ?? 0
      const t2 = times[next] ?? 0
      if (floatCount(w) > 0) {
        const { floats } = series
        if (exact) column.set(step, floats[next] ?? 0)
        else if (next === last) column.set(step, floats[next - 1] ?? 0)
        else column.set(step, between(t1, floats[next - 1] ?? 0, t2, floats[next] ?? 0, at, false))
        return
      }
      const h1 = series.histograms[next - 1]
      const h2 = series.histograms[next]
      if (exact && h2) column.setHistogram(step, h2)
      else if (next === last && h1) column.setHistogram(step, withHint(h1, 'unknown'))
      else if (h1 && h2) {
        const counter = h1.hint !== 'gauge' || h2.hint !== 'gauge'
        const h =
          isCustom(h1) !== isCustom(h2)
            ? null
            : histogramBetween(t1, h1, t2, h2, at, counter, (operation) => notes.add(say.boundsReconciled(operation)(span)))
        if (h) column.setHistogram(step, h)
        else notes.add(say.mixedSchemas(metric)(span))
      }
    })
    if (!column.isEmpty) columns.push(column)
  }
  return columns
}
