import ICAL from 'ical.js'
import { DAY, HOUR, isZone } from '../time.ts'
import type { CalendarEvent } from './definition.ts'
import { BUDGET, type Rule, recurrences } from './rrule.ts'
import { instantOf } from './wall.ts'

/** Whose an event is: always the same person's, or of whoever of these it names by address or name. */
export type Whose = { user: string } | { people: readonly { id: string; name: string; email: string }[] }
export type Skipped = { what: string; why: string }
export type Read = { events: CalendarEvent[]; skipped: Skipped[] }

/** How many times an event may repeat before its times inside the range are reached, and how many events are kept. */
const STEPS_MAX = 20_000
const EVENTS_MAX = 2000
const SKIPPED_MAX = 20

/**
 * RFC 5545: the times of a calendar's events that overlap [from, to), epoch ms, in order, without overlaps: where two overlap the one
 * that begins later has it. `zone` is that of floating times and whole days, unless the calendar names one (X-WR-TIMEZONE). Cancelled
 * events and, where only busy time counts, free ones are left out. Throws an Error with a sentence for people when it is no calendar.
 */
export function readCalendar(text: string, o: { from: number; to: number; zone: string; whose: Whose; busyOnly: boolean }): Read {
  const budget = { left: BUDGET }
  const calendar = parsed(text)
  const named = calendar.getFirstPropertyValue('x-wr-timezone')
  const zone = typeof named === 'string' && isZone(named) ? named : o.zone
  const found: CalendarEvent[] = []
  const skipped: Skipped[] = []
  const skip = (what: string, why: string) => skipped.length < SKIPPED_MAX && skipped.push({ what: what.slice(0, 80), why })
  const all = calendar.getAllSubcomponents('vevent')
  const exceptions = Map.groupBy(
    all.filter((c) => c.hasProperty('recurrence-id')),
    (c) => String(c.getFirstPropertyValue('uid')),
  )
  for (const component of all.filter((c) => !c.hasProperty('recurrence-id'))) {
    const event = new ICAL.Event(component, {
      exceptions: exceptions.get(String(component.getFirstPropertyValue('uid'))) ?? [],
      strictExceptions: false,
    })
    const what = String(event.summary ?? 'an event without a title')
    try {
      const why = times(event, { ...o, budget }, zone, (from, until, item) => {
        if (found.length >= EVENTS_MAX) return false
        const user = userOf(o.whose, item)
        if (user === null) skip(what, 'It names nobody of this team by address or name.')
        else if (isWanted(item, o.busyOnly)) found.push({ user, from, until })
        return true
      })
      if (why) skip(what, why)
    } catch (e) {
      skip(what, `It cannot be read: ${e instanceof Error ? e.message.slice(0, 120) : 'unknown'}.`)
    }
  }
  if (found.length >= EVENTS_MAX) skip('the rest', `Only the first ${EVENTS_MAX} times are kept.`)
  return { events: apart(found), skipped }
}

function parsed(text: string): ICAL.Component {
  let jcal: unknown
  try {
    jcal = ICAL.parse(text)
  } catch {
    throw new Error('This is not a calendar in the iCalendar format.')
  }
  const calendar = new ICAL.Component(jcal as ConstructorParameters<typeof ICAL.Component>[0])
  if (calendar.name !== 'vcalendar') throw new Error('This is not a calendar in the iCalendar format.')
  return calendar
}

type Budget = { left: number }
type Found = (from: number, until: number, item: ICAL.Event) => boolean

/** Calls `found` for each time of an event in the range; answers in words why some were left out, or null. */
function times(
  event: ICAL.Event,
  { from, to, budget }: { from: number; to: number; budget: Budget },
  zone: string,
  found: Found,
): string | null {
  const { startDate } = event
  if (!startDate) return 'It has no beginning.'
  const one = (item: ICAL.Event, start: ICAL.Time) => {
    const begins = instant(start, zoneOf(item, 'dtstart', zone))
    const ends = ending(item, start, zone)
    return ends > from && begins < to && ends > begins ? found(begins, ends, item) : true
  }
  if (!event.isRecurring()) {
    one(event, startDate)
    return null
  }
  const dates = event.component.getAllProperties('rdate').flatMap((p) => p.getValues() as (ICAL.Time | ICAL.Period)[])
  const rules = event.component.getAllProperties('rrule').map((p) => p.getFirstValue() as ICAL.Recur)
  if (rules.some((r) => r.freq === 'SECONDLY' || r.freq === 'MINUTELY')) return 'It repeats more often than hourly.'
  const own = zoneOf(event, 'dtstart', zone)
  const not = new Set(event.component.getAllProperties('exdate').flatMap((p) => (p.getValues() as ICAL.Time[]).map((t) => instant(t, own))))
  const moved = new Map(Object.values(event.exceptions).map((x) => [instant(x.recurrenceId, own), x]))
  for (const x of moved.values()) one(x, x.startDate)
  const each = (start: ICAL.Time) => {
    const at = instant(start, own)
    return not.has(at) || moved.has(at) || one(event, start)
  }
  for (const date of dates) each('start' in date ? (date as ICAL.Period).start : (date as ICAL.Time))
  return rules.map((rule) => follow(event, rule, { from, to, budget }, own, each)).find((why) => why !== null) ?? null
}

function follow(
  event: ICAL.Event,
  recur: ICAL.Recur,
  { from, to, budget }: { from: number; to: number; budget: Budget },
  zone: string,
  each: (start: ICAL.Time) => boolean,
): string | null {
  const start = event.startDate
  const length = Math.max(0, wallOf(event.endDate ?? start) - wallOf(start))
  const until = recur.until as ICAL.Time | null
  let n = 0
  // a wall is never a day and a half away from its instant
  for (const wall of recurrences(ruleOf(recur), wallOf(start), start.isDate, from - length - 36 * HOUR, budget)) {
    if (n++ > STEPS_MAX) return `It repeats more than ${STEPS_MAX} times before it is over.`
    const next = onWall(start, wall)
    const at = instant(next, zone)
    if (
      until &&
      (until.isDate
        ? wall >= wallOf(until) + DAY
        : until.zone?.tzid === 'UTC' || until.zone?.tzid === 'Z'
          ? at > instant(until, zone)
          : wall > wallOf(until))
    )
      return null
    if (at >= to || !each(next)) return null
  }
  return null
}

/** The recurrence rule as ical.js read it, in our terms. Its weekdays count from Sunday = 1. */
function ruleOf({ freq, interval, count, wkst, parts }: ICAL.Recur): Rule {
  const numbers = (key: string) => ((parts as Record<string, unknown[]>)[key] ?? []).map(Number)
  const days = ((parts as Record<string, string[]>).BYDAY ?? []).map((text) => /^([+-]?\d*)(SU|MO|TU|WE|TH|FR|SA)$/.exec(String(text)))
  return {
    freq: freq as Rule['freq'],
    interval: Math.max(1, interval ?? 1),
    count: count ?? null,
    wkst: ((wkst as number | undefined) ?? 2) - 1,
    byMonth: numbers('BYMONTH'),
    byWeekNo: numbers('BYWEEKNO'),
    byYearDay: numbers('BYYEARDAY'),
    byMonthDay: numbers('BYMONTHDAY'),
    byDay: days.flatMap((d) => (d ? [{ n: Number(d[1] || 0), day: WEEKDAYS.indexOf(d[2]!) }] : [])),
    byHour: numbers('BYHOUR'),
    byMinute: numbers('BYMINUTE'),
    bySecond: numbers('BYSECOND'),
    bySetPos: numbers('BYSETPOS'),
  }
}
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** A time's reading, as the epoch ms of the same reading in UTC, and the other way round in the fashion of `like`. */
const wallOf = (t: ICAL.Time) => Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second)
function onWall(like: ICAL.Time, wall: number): ICAL.Time {
  const d = new Date(wall)
  const data = {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    isDate: like.isDate,
  }
  return new ICAL.Time(data, like.zone ?? undefined)
}

/** When an event ends that begins at `start`: as many hours on the wall clock later as the event says. */
function ending(item: ICAL.Event, start: ICAL.Time, zone: string): number {
  const end = item.endDate ?? item.startDate
  if (!item.component.hasProperty('dtend'))
    return instant(onWall(start, wallOf(start) + wallOf(end) - wallOf(item.startDate)), zoneOf(item, 'dtstart', zone))
  return instant(onWall(end, wallOf(end) + wallOf(start) - wallOf(item.startDate)), zoneOf(item, 'dtend', zone))
}

/** Some calendars name a zone and do not define it: RFC 7808 lets an IANA name stand alone. */
function zoneOf(item: ICAL.Event, property: string, floating: string): string {
  const tzid = item.component.getFirstProperty(property)?.getFirstParameter('tzid')
  return tzid && isZone(tzid) ? tzid : floating
}

/** The instant of a time: in UTC, in its zone by our own tables, by the calendar's own definition of a zone we do not know, or floating. */
function instant(time: ICAL.Time, floating: string): number {
  const wall = wallOf(time)
  const zone = time.zone
  if (zone?.tzid === 'UTC' || zone?.tzid === 'Z') return instantOf(wall, 'UTC')
  if (!zone || zone.tzid === 'floating' || time.isDate) return instantOf(wall, floating)
  if (isZone(zone.tzid)) return instantOf(wall, zone.tzid)
  return zone.component ? time.toUnixTime() * 1000 : instantOf(wall, floating)
}

function isWanted(item: ICAL.Event, busyOnly: boolean): boolean {
  const of = (name: string) => String(item.component.getFirstPropertyValue(name) ?? '').toUpperCase()
  return of('status') !== 'CANCELLED' && !(busyOnly && of('transp') === 'TRANSPARENT')
}

function userOf(whose: Whose, item: ICAL.Event): string | null {
  if ('user' in whose) return whose.user
  const people = whose.people
  const addresses = item.attendees.map((a) =>
    String(a.getFirstValue())
      .replace(/^mailto:/i, '')
      .toLowerCase(),
  )
  const words = String(item.summary ?? '').toLowerCase()
  return (
    people.find((p) => addresses.includes(p.email.toLowerCase()))?.id ??
    people.find((p) => words.includes(p.email.toLowerCase()))?.id ??
    people.find((p) => p.name && words.includes(p.name.toLowerCase()))?.id ??
    null
  )
}

/** Times without overlaps: each covers what began before it. */
function apart(events: CalendarEvent[]): CalendarEvent[] {
  let out: CalendarEvent[] = []
  for (const e of events.toSorted((a, b) => a.from - b.from)) {
    const [before, beneath] = [out.filter((o) => o.until <= e.from), out.filter((o) => o.until > e.from)]
    const cut = beneath.flatMap((o) =>
      [
        { ...o, until: e.from },
        { ...o, from: e.until },
      ].filter((x) => x.until > x.from),
    )
    out = [...before, ...cut.filter((o) => o.from < e.from), e, ...cut.filter((o) => o.from >= e.until)]
  }
  return out
}
