import { between } from './smoothed.ts'
import type { Window } from './window.ts'

/** The last sample at or before the start (or the first there is), and the last one; smoothed, the first at or after the end. */
export function endsOf(
  times: Float64Array,
  from: number,
  to: number,
  start: number,
  end: number,
  smoothed: boolean,
): { first: number; last: number } | null {
  let last = to - 1
  let first = from
  while (first < last && (times[first] as number) <= start) first++
  first = Math.max(from, first - 1)
  if (smoothed) {
    let at = from
    while (at < last && (times[at] as number) < end) at++
    last = at
  }
  if ((times[last] as number) <= start) return null
  return { first, last }
}

/** The floats of an extended window as a query for it shows them: a value at either end of the range, and what is in between. */
export function extendedSamples(w: Window): { at: number; value: number }[] {
  const { floatTimes: t, floats: v } = w.series
  const smoothed = w.extended === 'smoothed'
  const ends = endsOf(t, w.f0, w.f1, w.start, w.end, smoothed)
  if (!ends) return []
  const { first, last } = ends
  const at = (i: number, time: number) => between(t[i] as number, v[i] as number, t[i + 1] as number, v[i + 1] as number, time, false)
  const left = smoothed && (t[first] as number) < w.start ? at(first, w.start) : (v[first] as number)
  const right = smoothed && last > w.f0 && (t[last] as number) > w.end ? at(last - 1, w.end) : (v[last] as number)
  const samples = [{ at: w.start, value: left }]
  for (let i = first; i <= last; i++) {
    const time = t[i] as number
    if (time > w.start && time < w.end) samples.push({ at: time, value: v[i] as number })
  }
  return [...samples, { at: w.end, value: right }]
}
