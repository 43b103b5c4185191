import { type Histogram, withHint } from '../histogram/histogram.ts'
import { isReset } from '../histogram/reset.ts'
import type { Series } from '../series.ts'

/** A series whose unknown reset hints are replaced by what comparing each histogram with the one before shows. */
export function withFoundHints(series: Series): Series {
  if (!series.histograms) return series
  let before: Histogram | undefined
  const histograms = series.histograms.map((h) => {
    if (!h) return h
    const found = h.hint === 'unknown' && before ? withHint(h, isReset(h, before) ? 'reset' : 'not_reset') : h
    before = found
    return found
  })
  return { ...series, histograms }
}
