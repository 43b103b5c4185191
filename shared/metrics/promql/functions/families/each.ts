import { Column, IS_FLOAT, IS_HISTOGRAM } from '../../evaluation/column.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import type { FunctionCall } from '../function.ts'

/** Applies `f` to every float of a vector; histograms vanish, the name goes. `step` lets `f` read its scalar arguments. */
export function eachFloat(columns: readonly Column[], f: (value: number, step: number) => number): Column[] {
  const out: Column[] = []
  for (const column of columns) {
    const result = new Column(column.labels, column.has.length, true)
    const { values, has } = column
    let any = false
    for (let i = 0; i < has.length; i++) {
      if (has[i] !== IS_FLOAT) continue
      any = true
      result.values[i] = f(values[i] as number, i)
      result.has[i] = IS_FLOAT
    }
    if (any) out.push(result)
  }
  return out
}

/** A function of one float: the whole implementation of abs, sin, exp … */
export const ofFloat =
  (f: (value: number) => number) =>
  (call: FunctionCall): Column[] =>
    eachFloat(call.vector(0), f)

/** Reads a number off every histogram of a vector; floats vanish, the name goes. */
export const ofHistogram =
  (f: (h: Histogram) => number) =>
  (call: FunctionCall): Column[] => {
    const out: Column[] = []
    for (const column of call.vector(0)) {
      const result = new Column(column.labels, column.has.length, true)
      for (let i = 0; i < column.has.length; i++) {
        const h = column.has[i] === IS_HISTOGRAM ? column.histograms?.[i] : undefined
        if (h) result.set(i, f(h))
      }
      if (!result.isEmpty) out.push(result)
    }
    return out
  }
