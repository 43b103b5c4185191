import { duration } from '../time.ts'
import type { Stretch } from '../uptime/availability.ts'
import type { WithUpdates } from './reports.ts'
import { names, type Phase, phaseOf } from './state.ts'
import { type ReportStatus, type ReportType, reportStatuses, type SaidState } from './words.ts'
import type { Day } from './zone.ts'

/** Something that happened or will: what people reported, or what was measured and nobody reported. */
export type Event = {
  id: string
  measured: boolean
  type: ReportType
  title: string
  status: ReportStatus
  phase: Phase
  startsAt: number
  /** Planned. */
  endsAt: number | null
  /** When it was over; null before. */
  endedAt: number | null
  nextUpdateAt: number | null
  affected: { id: string; name: string; status: SaidState }[]
  /** Newest first. */
  updates: { id: string; at: number; status: ReportStatus; message: string }[]
  createdAt: number
  updatedAt: number
}

type Service = { id: string; name: string; monitor: string }

export function reportEvents(reports: readonly WithUpdates[], services: readonly Service[], at: number): Event[] {
  const nameOf = new Map(services.map((s) => [s.id, s.name]))
  return reports.map((r) => {
    const phase = phaseOf(r, at)
    return {
      id: r.id,
      measured: false,
      type: r.type,
      title: r.title,
      status:
        phase === 'over'
          ? reportStatuses[r.type][3]
          : r.type === 'maintenance' && phase === 'open' && r.status === 'scheduled'
            ? 'in_progress'
            : r.status,
      phase,
      startsAt: r.starts_at,
      endsAt: r.ends_at,
      endedAt: phase === 'over' ? (r.ended_at ?? r.ends_at) : null,
      nextUpdateAt: r.next_update_at,
      affected: r.affected.flatMap((a) =>
        nameOf.has(a.resource_id) ? [{ id: a.resource_id, name: nameOf.get(a.resource_id)!, status: a.status }] : [],
      ),
      updates: r.updates.map((u) => ({ id: u.id, at: u.published_at, status: u.status, message: u.message })),
      createdAt: r.created_at,
      updatedAt: Math.max(r.updated_at, ...r.updates.map((u) => u.updated_at)),
    }
  })
}

/**
 * Outages that were measured and that no incident report tells of, newest first. Services that one monitor measures, and
 * what one incident took down, are one event.
 */
export function measuredEvents(
  stretches: ReadonlyMap<string, readonly Stretch[]>,
  services: readonly Service[],
  reports: readonly Event[],
  at: number,
): Event[] {
  const found = new Map<string, { from: number; to: number; services: Service[] }>()
  for (const service of services)
    for (const s of stretches.get(service.monitor) ?? []) {
      if (s.kind !== 'down' || isTold(service, s, reports)) continue
      const id = s.incident ?? `${service.monitor}-${s.from}`
      const known = found.get(id)
      if (!known) found.set(id, { from: s.from, to: s.to, services: [service] })
      else {
        known.from = Math.min(known.from, s.from)
        known.to = Math.max(known.to, s.to)
        if (!known.services.includes(service)) known.services.push(service)
      }
    }
  return [...found].map(([id, o]) => outage(id, o, at)).sort((a, b) => b.startsAt - a.startsAt)
}

const isTold = (service: Service, s: Stretch, reports: readonly Event[]) =>
  reports.some(
    (r) =>
      r.type === 'incident' &&
      r.affected.some((a) => a.id === service.id) &&
      r.startsAt < s.to &&
      (r.endedAt ?? Number.POSITIVE_INFINITY) > s.from,
  )

function outage(id: string, { from, to, services }: { from: number; to: number; services: Service[] }, at: number): Event {
  const open = to >= at
  const who = names(services.map((s) => s.name))
  const [is, was, answers] = services.length > 1 ? ['are', 'were', 'answer'] : ['is', 'was', 'answers']
  const updates: Event['updates'] = [
    { id: `${id}-1`, at: from, status: 'investigating', message: `Our checks from outside see that ${who} ${is} down.` },
  ]
  if (!open)
    updates.unshift({ id: `${id}-2`, at: to, status: 'resolved', message: `${who} ${answers} again, after ${duration(to - from)}.` })
  return {
    id,
    measured: true,
    type: 'incident',
    title: `${who} ${open ? is : was} down`,
    status: open ? 'investigating' : 'resolved',
    phase: open ? 'open' : 'over',
    startsAt: from,
    endsAt: null,
    endedAt: open ? null : to,
    nextUpdateAt: null,
    affected: services.map((s) => ({ id: s.id, name: s.name, status: 'downtime' })),
    updates,
    createdAt: from,
    updatedAt: open ? from : to,
  }
}

/** One line of a day: a report, or all the measured outages of the same services on that day. */
export type Entry = { event: Event; times: number; ms: number }
/** A day with entries, or quiet days joined, newest first. */
export type Chapter = { from: string; to: string; entries: Entry[] }

/** What happened on these days. An event stands on the day it began. */
export function chapters(events: readonly Event[], days: readonly Day[]): Chapter[] {
  const out: Chapter[] = []
  for (const day of days.toReversed()) {
    const entries = entriesOf(events.filter((e) => e.startsAt >= day.from && e.startsAt < day.to))
    const last = out.at(-1)
    if (!entries.length && last && !last.entries.length) last.from = day.date
    else out.push({ from: day.date, to: day.date, entries })
  }
  return out
}

function entriesOf(events: readonly Event[]): Entry[] {
  const out: Entry[] = []
  for (const event of events.toSorted((a, b) => b.startsAt - a.startsAt)) {
    const ms = (event.endedAt ?? event.startsAt) - event.startsAt
    const same = event.measured ? out.find((e) => e.event.measured && e.event.title === event.title) : undefined
    if (same) {
      same.times++
      same.ms += ms
    } else out.push({ event, times: 1, ms })
  }
  return out
}
