import { scale } from '../histogram/histogram.ts'
import { Column } from './column.ts'

/** `-vector`: every sample with the other sign, the name dropped. */
export function negate(column: Column): Column {
  const out = new Column(column.labels, column.has.length, true)
  for (let step = 0; step < out.has.length; step++) {
    const sample = column.at(step)
    if (typeof sample === 'number') out.set(step, -sample)
    else if (sample) out.setHistogram(step, scale(sample, -1))
  }
  return out
}
