import type { Histogram } from '../promql/histogram/histogram.ts'
import { Labels } from '../promql/labels.ts'
import type { Answer } from '../promql/query.ts'

/** An instant answer as a vector; a scalar is one sample without labels. Anything else is no answer of a rule. */
export function vectorOf(answer: Answer): { labels: Labels; value: number | Histogram }[] {
  if (answer.type === 'scalar') return [{ labels: Labels.none, value: answer.value }]
  if (answer.type === 'vector') return answer.samples.map(({ labels, value }) => ({ labels, value }))
  throw new Error('rule result is not a vector or scalar')
}
