import type { Column } from '../../evaluation/column.ts'
import type { Window } from '../../evaluation/window.ts'
import type { Histogram } from '../../histogram/histogram.ts'
import type { FunctionCall } from '../function.ts'
import { startTellsReset } from './start-times.ts'
import { overWindows } from './windows.ts'

/** A sample beside the one before it; `startReset`: its start timestamp tells of a reset in between. */
export type Transition = { readonly before: number | Histogram; readonly now: number | Histogram; readonly startReset: boolean }

/** changes and resets: how many of the transitions within each window count. An anchored window has one sample before its start. */
export function countTransitions(call: FunctionCall, counts: (transition: Transition) => boolean): Column[] {
  return overWindows(call, 0, (w) => {
    const first = w.extended === 'anchored' ? anchor(w) : { f: w.f0, h: w.h0 }
    if (!first) return undefined
    const { floats, floatTimes, floatStarts, histograms, histogramTimes, histogramStarts } = w.series
    let { f, h } = first
    let before: number | Histogram | undefined
    let lastKind = ''
    let found = 0
    while (f < w.f1 || h < w.h1) {
      const isFloat = h >= w.h1 || (f < w.f1 && (floatTimes[f] as number) < (histogramTimes[h] as number))
      const now = isFloat ? (floats[f] as number) : (histograms[h] as Histogram)
      if (before !== undefined) {
        const starts = isFloat ? floatStarts : histogramStarts
        const sameKind = lastKind === (isFloat ? 'float' : 'histogram')
        const startReset = sameKind && starts !== null && startTellsReset(starts, isFloat ? floatTimes : histogramTimes, isFloat ? f : h)
        if (counts({ before, now, startReset })) found++
      }
      before = now
      lastKind = isFloat ? 'float' : 'histogram'
      if (isFloat) f++
      else h++
    }
    return found
  })
}

/** Where counting starts: the newest sample at or before the window's start, of whichever kind. `null` where none follows it. */
function anchor(w: Window): { f: number; h: number } | null {
  const { floatTimes, histogramTimes } = w.series
  let f = w.f0
  let h = w.h0
  while (f < w.f1 && (floatTimes[f] as number) <= w.start) f++
  while (h < w.h1 && (histogramTimes[h] as number) <= w.start) h++
  if (f >= w.f1 && h >= w.h1) return null
  const float = f > w.f0 ? (floatTimes[f - 1] as number) : Number.NEGATIVE_INFINITY
  const histogram = h > w.h0 ? (histogramTimes[h - 1] as number) : Number.NEGATIVE_INFINITY
  if (f === w.f0 && h === w.h0) return { f, h }
  return float >= histogram ? { f: f - 1, h } : { f, h: h - 1 }
}
