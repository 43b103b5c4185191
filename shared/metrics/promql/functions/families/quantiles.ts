import { type Note, say } from '../../evaluation/notes.ts'
import { bucketQuantile, type ClassicBucket } from '../../histogram/classic.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import { quantileOfHistogram } from '../../histogram/quantile.ts'
import type { Labels } from '../../labels.ts'
import type { Span } from '../../syntax/ast.ts'
import type { FunctionCall } from '../function.ts'

/** The quantile of a histogram of either kind; notes are about the vector, which is argument `index`. */
export function quantileOf(
  call: FunctionCall,
  q: number,
  h: Histogram | ClassicBucket[],
  step: number,
  labels: Labels,
  index: number,
): number {
  if (Array.isArray(h)) {
    const { value, mended } = bucketQuantile(q, h)
    if (mended) call.notes.forcedMonotonicity(call.arg(index).span, labels.name, call.steps.start + step * call.steps.step, mended)
    return value
  }
  const { value, nan } = quantileOfHistogram(q, h)
  if (nan === 'result-nan') call.note(index, say.quantileNan(labels.name))
  if (nan === 'skewed') call.note(index, say.quantileSkewed(labels.name))
  return value
}

/** Warns of every value of a scalar argument that is no quantile. */
export function checkQuantiles(values: Float64Array, note: (text: (span: Span) => Note) => void): void {
  for (const q of values) if (Number.isNaN(q) || q < 0 || q > 1) note(say.badQuantile(q))
}
