import { Temporal } from 'temporal-polyfill'
import { HOUR } from '../time.ts'
import type { Status } from './attributes.ts'

/** A change of a monitor's state, epoch ms. The first may lie before the time asked about: it is what held when that began. */
export type StateChange = { at: number; state: Status; incident: string | null }
/** What a stretch of time counts as: `excluded` is maintenance, pauses and time in which nobody looked. */
export type Kind = 'up' | 'down' | 'maintenance' | 'paused' | 'none'
export type Stretch = { from: number; to: number; kind: Kind; incident: string | null }
export type Availability = {
  /** Up in observed time, rounded down to six decimals; null when nothing was observed. */
  availability: number | null
  up_seconds: number
  down_seconds: number
  excluded_seconds: number
  incidents: number
}

const kinds = { up: 'up', down: 'down', maintenance: 'maintenance', paused: 'paused', pending: 'none' } as const

/**
 * Changes (in order) as stretches over `[from, to)`, without gaps. While a round is open the verdict before it stands, so `validating`
 * changes nothing; before the first change nobody looked.
 */
export function stretches(changes: readonly StateChange[], from: number, to: number): Stretch[] {
  const out: Stretch[] = []
  let [at, kind, incident]: [number, Kind, string | null] = [from, 'none', null]
  const end = (until: number) => {
    const last = out.at(-1)
    if (until <= at) return
    if (last && last.kind === kind && last.incident === incident) last.to = until
    else out.push({ from: at, to: until, kind, incident })
    at = until
  }
  for (const change of changes) {
    if (change.at >= to) break
    if (change.state === 'validating') continue
    end(change.at)
    kind = kinds[change.state]
    incident = kind === 'down' ? change.incident : null
  }
  end(to)
  return out
}

/** WIRE "availability": observed time between state changes, never a count of checks. */
export function availabilityOf(changes: readonly StateChange[], from: number, to: number): Availability {
  return sum(stretches(changes, from, to))
}

function sum(parts: readonly Stretch[]): Availability {
  const seconds = (of: (kind: Kind) => boolean) => Math.round(parts.reduce((n, p) => n + (of(p.kind) ? p.to - p.from : 0), 0)) / 1000
  const [up, down] = [seconds((k) => k === 'up'), seconds((k) => k === 'down')]
  return {
    availability: up + down > 0 ? Math.floor((up / (up + down)) * 1e6) / 1e6 : null,
    up_seconds: up,
    down_seconds: down,
    excluded_seconds: seconds((k) => k !== 'up' && k !== 'down'),
    incidents: new Set(parts.flatMap((p) => p.incident ?? [])).size,
  }
}

/** The worst of a stretch of time: one that was down at all is down, however short. */
export function worst(parts: readonly Stretch[]): Kind {
  for (const kind of ['down', 'up', 'maintenance', 'paused'] as const) if (parts.some((p) => p.kind === kind)) return kind
  return 'none'
}

const within = (parts: readonly Stretch[], from: number, to: number): Stretch[] =>
  parts.filter((p) => p.from < to && p.to > from).map((p) => ({ ...p, from: Math.max(p.from, from), to: Math.min(p.to, to) }))

/** The 24 hours before `at`, oldest first. */
export function hourlyBars(changes: readonly StateChange[], at: number): Kind[] {
  const all = stretches(changes, at - 24 * HOUR, at)
  return Array.from({ length: 24 }, (_, i) => worst(within(all, at - (24 - i) * HOUR, at - (23 - i) * HOUR)))
}

export type DayBar = Availability & { day: string; state: Kind }

/** One bar per calendar day of `zone` that `[from, to)` touches, oldest first; a day is as long as its clock says. */
export function dailyBars(changes: readonly StateChange[], from: number, to: number, zone: string): DayBar[] {
  const all = stretches(changes, from, to)
  const bars: DayBar[] = []
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).startOfDay()
  for (; day.epochMilliseconds < to; day = day.add({ days: 1 }).startOfDay()) {
    const next = day.add({ days: 1 }).startOfDay().epochMilliseconds
    const parts = within(all, Math.max(from, day.epochMilliseconds), Math.min(to, next))
    bars.push({ day: day.toPlainDate().toString(), state: worst(parts), ...sum(parts) })
  }
  return bars
}
