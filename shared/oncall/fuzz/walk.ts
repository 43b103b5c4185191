import type { Layer, ScheduleDefinition } from '../definition.ts'
import { weekdays } from '../restrictions.ts'

/**
 * Who is on call, decided a second way: minute by minute, by what a clock on the wall has shown so far. Knows no Temporal and none of
 * the product's rules; zones come from Intl. "Shown so far" is the whole of clock changes: a time in a skipped hour is reached when
 * the clocks jump over it, a repeated hour reaches nothing twice.
 */
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]

/** Zones whose clocks changed after 2019 or still do, in every fashion there is. */
const candidates = [
  'Europe/Paris', 'Europe/London', 'Europe/Dublin', 'Europe/Lisbon', 'Europe/Berlin', 'Europe/Athens', 'Europe/Helsinki', 'Europe/Chisinau',
  'Europe/Kyiv', 'Atlantic/Azores', 'America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Anchorage',
  'America/Adak', 'America/Halifax', 'America/St_Johns', 'America/Havana', 'America/Santiago', 'America/Asuncion', 'America/Nuuk',
  'America/Scoresbysund', 'America/Miquelon', 'America/Port-au-Prince', 'America/Mexico_City', 'America/Tijuana', 'America/Punta_Arenas',
  'America/Boise', 'America/Winnipeg', 'Australia/Sydney', 'Australia/Adelaide', 'Australia/Lord_Howe', 'Australia/Hobart',
  'Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Norfolk', 'Pacific/Easter', 'Pacific/Fiji', 'Africa/Casablanca', 'Africa/El_Aaiun',
  'Africa/Cairo', 'Africa/Juba', 'Asia/Beirut', 'Asia/Jerusalem', 'Asia/Gaza', 'Asia/Tehran', 'Asia/Amman', 'Asia/Damascus', 'Antarctica/Troll',
] // biome-ignore format: a list

const formats = new Map<string, Intl.DateTimeFormat>()
/** What the wall shows at an instant, as the epoch ms of the same reading in UTC. */
export function wallAt(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) {
    const two = '2-digit'
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two,
    }) // biome-ignore format: a list
    formats.set(zone, format)
  }
  const p = Object.fromEntries(format.formatToParts(at).map((x) => [x.type, Number(x.value)]))
  return Date.UTC(p.year!, p.month! - 1, p.day!, p.hour!, p.minute!, p.second!) + (at % 1000)
}
const offsets = new Map<string, Map<number, number>>()
/** How far the wall is ahead of UTC, in ms. */
function offset(at: number, zone: string): number {
  let of = offsets.get(zone)
  if (!of) {
    of = new Map()
    offsets.set(zone, of)
  }
  let found = of.get(at)
  if (found === undefined) {
    found = wallAt(at, zone) - at
    of.set(at, found)
  }
  return found
}

const known = new Map<string, number[]>()
/** The minutes at which a zone's clocks change between 2020 and 2040, found by bisection. */
export function clockChanges(zone: string): number[] {
  let found = known.get(zone)
  if (found) return found
  found = []
  const end = Date.UTC(2041, 0, 1)
  for (let a = Date.UTC(2020, 0, 1), before = offset(a, zone); a < end; a += 5 * DAY) {
    const after = offset(a + 5 * DAY, zone)
    if (after !== before) {
      let [low, high] = [a, a + 5 * DAY]
      while (high - low > MINUTE) {
        const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE
        if (offset(middle, zone) === before) low = middle
        else high = middle
      }
      found.push(high)
    }
    before = after
  }
  known.set(zone, found)
  return found
}

/** Minute by minute: [instant, what the wall shows, the furthest it has shown so far]. */
export function* minutes(zone: string, from: number, to: number): Generator<[at: number, wall: number, shown: number]> {
  let shown = Number.NEGATIVE_INFINITY
  for (let hour = Math.floor((from - DAY) / HOUR) * HOUR; hour < to; hour += HOUR) {
    const ahead = offset(hour, zone)
    const steady = offset(hour + HOUR, zone) === ahead
    for (let at = hour; at < hour + HOUR && at < to; at += MINUTE) {
      const wall = at + (steady ? ahead : offset(at, zone))
      shown = Math.max(shown, wall)
      if (at >= from) yield [at, wall, shown]
    }
  }
}

/** The reading at which the k-th handoff is due. */
function due(layer: Layer, start: number, k: number): number {
  const { type, interval, hours, split } = layer.rotation
  switch (type) {
    case 'daily':
      return start + k * interval * DAY
    case 'custom':
      return start + k * interval * hours! * HOUR
    case 'weekly': {
      if (!split) return start + k * interval * 7 * DAY
      let reading = start
      for (let i = 0; i < k; i++) reading += split[i % split.length]! * DAY
      return reading
    }
    case 'monthly': {
      const d = new Date(start)
      const [year, month] = [d.getUTCFullYear(), d.getUTCMonth() + k * interval]
      const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
      return Date.UTC(year, month, Math.min(d.getUTCDate(), last)) + (start % DAY)
    }
  }
}

/** Somebody who answers "who has this layer?" for instants that only go forward. */
function watcher(layer: Layer, zone: string) {
  const { start, end, participants, turn, type, hours, interval } = layer.rotation
  const wall = wallAt(start, zone)
  const elapsed = type === 'custom' && (hours! * interval) % 24 !== 0
  let k = 0
  let next = due(layer, wall, 1)
  const open = opening(layer)
  return (at: number, shown: number): string | null => {
    if (!participants.length || at < start || (end !== null && at >= end)) return null
    while (elapsed ? at >= start + (k + 1) * hours! * interval * HOUR : shown >= next) {
      k++
      next = due(layer, wall, k + 1)
    }
    return open(shown) ? participants[(k + turn) % participants.length]! : null
  }
}

function opening(layer: Layer): (shown: number) => boolean {
  const windows = layer.restrictions.map((r) => {
    const [from, to] = [clock(r.from), clock(r.to)]
    return { days: new Set<string>(r.days), from, to: to > from ? to : to + DAY }
  })
  return (shown) => {
    if (!windows.length) return true
    const today = Math.floor(shown / DAY) * DAY
    const begins = (w: (typeof windows)[number], day: number) =>
      w.days.has(weekdays[(new Date(day).getUTCDay() + 6) % 7]!) && shown >= day + w.from && shown < day + w.to
    return windows.some((w) => begins(w, today) || begins(w, today - DAY))
  }
}
const clock = (time: string) => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3)) * MINUTE

/** Who is on call in each minute of [from, to). One version per definition changes nothing but whose watchers are asked. */
export function walk(def: ScheduleDefinition, from: number, to: number): { at: number; user: string | null }[] {
  const out: { at: number; user: string | null }[] = []
  for (const [i, version] of def.versions.entries()) {
    const [a, b] = [i === 0 ? from : Math.max(from, version.from), Math.min(to, def.versions[i + 1]?.from ?? to)]
    const watchers = version.layers.map((layer) => watcher(layer, version.zone))
    for (const [at, , shown] of minutes(version.zone, a, b)) {
      let user: string | null = null
      let layer: string | null = null
      for (const [n, ask] of watchers.entries()) {
        const theirs = ask(at, shown)
        if (theirs !== null) [user, layer] = [theirs, version.layers[n]!.id]
      }
      for (const o of def.overrides)
        if (at >= o.from && at < o.until && (o.replaces === null || (o.replaces === user && (o.layer === null || o.layer === layer)))) {
          if (o.replaces === null) layer = 'override'
          user = o.user
        }
      out.push({ at, user })
    }
  }
  return out
}

/** Those whose clocks change between 2020 and 2040, as this runtime's tables have it. */
export const zones = candidates.filter((zone) => clockChanges(zone).length > 0)
