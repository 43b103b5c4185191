import { HistogramTotal } from '../../evaluation/aggregate-samples.ts'
import type { Column } from '../../evaluation/column.ts'
import { kahanAdd } from '../../evaluation/kahan.ts'
import { say } from '../../evaluation/notes.ts'
import type { Window } from '../../evaluation/window.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import type { FunctionCall } from '../function.ts'
import { overWindows } from './windows.ts'

/** sum_over_time and avg_over_time: `floats` for windows of floats, a running total for windows of histograms. */
export function totalOverTime(
  call: FunctionCall,
  floats: (values: Float64Array, from: number, to: number) => number,
  mean: boolean,
): Column[] {
  return overWindows(call, 0, (w) => {
    if (w.f1 > w.f0 && w.h1 > w.h0) {
      call.note(0, say.mixedTypes(w.series.labels.name))
      return undefined
    }
    return w.f1 > w.f0 ? floats(w.series.floats, w.f0, w.f1) : histogramTotal(call, w, mean)
  })
}

function histogramTotal(call: FunctionCall, w: Window, mean: boolean): Histogram | undefined {
  const total = new HistogramTotal(mean)
  for (let i = w.h0; i < w.h1; i++) {
    if (total.add(w.series.histograms[i] as Histogram)) continue
    call.note(0, say.mixedSchemas(w.series.labels.name))
    return undefined
  }
  if (total.collision) call.note(0, say.resetCollision('aggregation'))
  if (total.boundsReconciled) call.note(0, say.boundsReconciled('aggregation'))
  return total.result()
}

/** The Kahan-compensated sum of values[from, to); written out because it runs once per window. */
export function sumOf(values: Float64Array, from: number, to: number): number {
  let sum = 0
  let compensation = 0
  for (let i = from; i < to; i++) {
    const value = values[i] as number
    const next = sum + value
    if (next === Number.POSITIVE_INFINITY || next === Number.NEGATIVE_INFINITY) compensation = 0
    else compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + compensation
}

/** The mean by the compensated sum; incrementally from the point on where the sum would overflow. */
export function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = values[from] as number
  let compensation = 0
  for (let i = from + 1; i < to; i++) {
    const value = values[i] as number
    const next = sum + value
    if (next === Number.POSITIVE_INFINITY || next === Number.NEGATIVE_INFINITY)
      return incrementalMean(values, from, to, i, sum, compensation)
    compensation += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  const count = to - from
  return sum / count + compensation / count
}

function incrementalMean(values: Float64Array, from: number, to: number, at: number, sum: number, compensation: number): number {
  let mean = sum / (at - from)
  let c = compensation / (at - from)
  for (let i = at; i < to; i++) {
    const count = i - from + 1
    const share = (count - 1) / count
    ;[mean, c] = kahanAdd((values[i] as number) / count, share * mean, share * c)
  }
  return mean + c
}
