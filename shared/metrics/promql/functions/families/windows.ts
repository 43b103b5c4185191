import { Column } from '../../evaluation/column.ts'
import { say } from '../../evaluation/notes.ts'
import { eachWindow, type RangeVector, type Window } from '../../evaluation/window.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import { QueryError } from '../../limits.ts'
import type { FunctionCall } from '../function.ts'

const ANCHORED = ['changes', 'delta', 'increase', 'rate', 'resets']
const SMOOTHED = ['delta', 'increase', 'rate']

/** A range vector argument; refuses the extended selectors a function cannot make sense of. */
export function rangeArgument(call: FunctionCall, index: number): RangeVector {
  const vector = call.range(index)
  const allowed = vector.extended === 'anchored' ? ANCHORED : vector.extended === 'smoothed' ? SMOOTHED : null
  if (allowed && !allowed.includes(call.expr.name)) {
    throw new QueryError(`${vector.extended} modifier can only be used with: ${allowed.join(', ')} - not with ${call.expr.name}`)
  }
  return vector
}

/** Runs `f` on every window of every series; what it returns is the sample at that step. Names go unless kept. */
export function overWindows(
  call: FunctionCall,
  index: number,
  f: (window: Window, step: number) => number | Histogram | undefined,
  keepName = false,
): Column[] {
  const vector = rangeArgument(call, index)
  const out: Column[] = []
  for (const series of vector.series) {
    call.budget.tick()
    const column = new Column(series.labels, call.steps.n, keepName ? series.dropName : true)
    let found = 0
    eachWindow(vector, series, call.steps.n, (window, step) => {
      const value = f(window, step)
      if (value === undefined) return
      found++
      if (typeof value === 'number') {
        column.values[step] = value
        column.has[step] = 1
      } else column.setHistogram(step, value)
    })
    if (found === 0) continue
    call.budget.hold(found)
    out.push(column)
  }
  return out
}

/** For functions that know no histograms: floats[from, to) of each window that has any, with a note where histograms were left out. */
export function overFloats(
  call: FunctionCall,
  index: number,
  f: (floats: Float64Array, from: number, to: number, window: Window, step: number) => number | undefined,
  fewest = 1,
): Column[] {
  return overWindows(call, index, (w, step) => {
    if (w.f1 === w.f0) return undefined
    if (w.h1 > w.h0) call.note(0, say.histogramIgnoredInRange(w.series.labels.name))
    return w.f1 - w.f0 < fewest ? undefined : f(w.series.floats, w.f0, w.f1, w, step)
  })
}
