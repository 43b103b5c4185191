import { DAY } from '../time.ts'
import { dayOf, instantOf, timeOfDay, weekdayOf } from './wall.ts'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/**
 * When a layer has somebody: from `from` to `to` on the wall clock of the schedule's zone, on these days. `from > to` crosses midnight
 * and belongs to the day it begins on; `from = to` is the whole day from then. WIRE "On-call".
 */
export type Restriction = { days: readonly Weekday[]; from: string; to: string }
export type Span = { from: number; until: number }

/** The open times that overlap [from, to), merged, oldest first. Without restrictions that is all of it. */
export function openTimes(restrictions: readonly Restriction[], zone: string, from: number, to: number): Span[] {
  if (!restrictions.length) return [{ from, until: to }]
  const found: Span[] = []
  const last = dayOf(to, zone)
  for (let day = dayOf(from, zone) - DAY; day <= last; day += DAY)
    for (const r of restrictions)
      if (r.days.includes(weekdays[weekdayOf(day)]!)) {
        const opens = instantOf(day + timeOfDay(r.from), zone)
        const closes = instantOf(day + timeOfDay(r.to) + (r.to > r.from ? 0 : DAY), zone)
        if (closes > opens && closes > from && opens < to) found.push({ from: opens, until: closes })
      }
  return merged(found)
}

/** Spans in order, those that touch or overlap as one. */
export function merged(spans: Span[]): Span[] {
  const out: Span[] = []
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = out.at(-1)
    if (before && span.from <= before.until) before.until = Math.max(before.until, span.until)
    else out.push({ ...span })
  }
  return out
}

/** What of [from, to) no span covers. `spans` in order, not overlapping. */
export function without(spans: readonly Span[], from: number, to: number): Span[] {
  const out: Span[] = []
  let at = from
  for (const span of spans) {
    if (span.from >= to) break
    if (span.from > at) out.push({ from: at, until: span.from })
    at = Math.max(at, span.until)
  }
  if (at < to) out.push({ from: at, until: to })
  return out
}
