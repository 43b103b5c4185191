import type { Picked } from '../functions/function.ts'
import type { Budget } from '../limits.ts'
import { FLOAT, HISTOGRAM, type Series } from '../series.ts'
import { Column } from './column.ts'
import type { Reference } from './plan.ts'
import type { Steps } from './steps.ts'

/** What a plain selector sees: at each step the newest sample not older than the lookback, unless it marks the series stale. */
export function selectInstant(series: readonly Series[], reference: Reference, steps: Steps, lookbackMs: number, budget: Budget): Column[] {
  const columns: Column[] = []
  for (const s of series) {
    budget.tick()
    const column = new Column(s.labels, steps.n)
    let found = 0
    eachNewest(s, reference, steps, lookbackMs, (index, step) => {
      found++
      const h = s.kinds?.[index] === HISTOGRAM ? s.histograms?.[index] : undefined
      if (h) column.setHistogram(step, h)
      else {
        column.values[step] = s.values[index] as number
        column.has[step] = 1
      }
    })
    if (found === 0) continue
    budget.hold(found)
    columns.push(column)
  }
  return columns
}

/** The same with the times the samples were taken at. */
export function selectWithTimes(series: readonly Series[], reference: Reference, steps: Steps, lookbackMs: number): Picked[] {
  const picked: Picked[] = []
  for (const s of series) {
    const column = new Column(s.labels, steps.n)
    const times = new Float64Array(steps.n)
    const starts = new Float64Array(steps.n)
    eachNewest(s, reference, steps, lookbackMs, (index, step) => {
      const h = s.kinds?.[index] === HISTOGRAM ? s.histograms?.[index] : undefined
      if (h) column.setHistogram(step, h)
      else column.set(step, s.values[index] ?? 0)
      times[step] = s.times[index] ?? 0
      starts[step] = s.starts?.[index] ?? 0
    })
    if (!column.isEmpty) picked.push({ column, times, starts })
  }
  return picked
}

function eachNewest(s: Series, reference: Reference, steps: Steps, lookbackMs: number, visit: (index: number, step: number) => void): void {
  const { times, kinds } = s
  const fixed = reference.at
  let next = 0
  for (let step = 0; step < steps.n; step++) {
    const at = (fixed ?? steps.start + step * steps.step) - reference.offset
    while (next < times.length && (times[next] as number) <= at) next++
    const index = next - 1
    if (index < 0 || (times[index] as number) <= at - lookbackMs) continue
    if (kinds !== null && kinds[index] !== FLOAT && kinds[index] !== HISTOGRAM) continue
    visit(index, step)
  }
}
