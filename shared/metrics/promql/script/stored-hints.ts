import { type Histogram, sameBounds, withHint } from '../histogram/histogram.ts'
import { isReset } from '../histogram/reset.ts'
import type { StoredSample } from '../memory.ts'

/**
 * Reset hints as a Prometheus storage hands them out, whatever a script wrote: gauges and explicit resets stay; a counter that
 * goes on in the same bucket layout is "not reset"; the first sample of each such run is unknown.
 */
export function withStoredHints(samples: readonly StoredSample[]): StoredSample[] {
  let before: Histogram | null = null
  return samples.map((sample) => {
    if (typeof sample.value !== 'object') {
      before = null
      return sample
    }
    const { value: h } = sample
    const goesOn: boolean = before !== null && continues(h, before)
    before = h.hint === 'gauge' ? null : h
    if (h.hint === 'gauge' || h.hint === 'reset') return sample
    return { ...sample, value: withHint(h, goesOn ? 'not_reset' : 'unknown') }
  })
}

const continues = (h: Histogram, before: Histogram): boolean =>
  h.schema === before.schema &&
  h.zeroThreshold === before.zeroThreshold &&
  sameBounds(h.bounds, before.bounds) &&
  !isReset(withHint(h, 'unknown'), before)
