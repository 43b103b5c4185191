import { type Histogram, withHint } from '../histogram/histogram.ts'
import { type Column, IS_FLOAT, IS_HISTOGRAM } from './column.ts'
import type { Steps } from './steps.ts'
import type { RangeSeries } from './window.ts'

/**
 * The result of a subquery as a range vector. Reset hints of histograms are forgotten: the samples between two steps are not
 * seen, so a hint may be missing or counted twice. Start timestamps do not pass through an expression.
 */
export function rangeOfColumns(columns: readonly Column[], steps: Steps): RangeSeries[] {
  return columns.map((column) => {
    const floatTimes: number[] = []
    const floats: number[] = []
    const histogramTimes: number[] = []
    const histograms: Histogram[] = []
    for (let step = 0; step < steps.n; step++) {
      const at = steps.start + step * steps.step
      if (column.has[step] === IS_FLOAT) {
        floatTimes.push(at)
        floats.push(column.values[step] as number)
      }
      const h = column.has[step] === IS_HISTOGRAM ? column.histograms?.[step] : undefined
      if (!h) continue
      histogramTimes.push(at)
      histograms.push(h.hint === 'gauge' ? h : withHint(h, 'unknown'))
    }
    return {
      labels: column.labels,
      dropName: column.dropName,
      floatTimes: Float64Array.from(floatTimes),
      floats: Float64Array.from(floats),
      floatStarts: null,
      histogramTimes: Float64Array.from(histogramTimes),
      histograms,
      histogramStarts: null,
    }
  })
}
