import { DAY } from '../time.ts'
import { availabilityOf, type StateChange, type Stretch, stretches } from '../uptime/availability.ts'
import { type Event, measuredEvents, reportEvents } from './events.ts'
import { type Bar, dailyBars, type Said, withHead } from './history.ts'
import type { WithUpdates } from './reports.ts'
import { type Component, componentsOf, type Head, type Overall, overall, worst } from './state.ts'
import type { Resource, Section, StatusPage } from './table.ts'
import type { ComponentState } from './words.ts'
import { type Day, daysUpTo } from './zone.ts'

/** How far back a page tells. */
export const HISTORY_DAYS = 90

/** Everything that was read for a page, from D1 and from ClickHouse. */
export type Facts = {
  page: StatusPage
  sections: readonly Section[]
  resources: readonly Resource[]
  reports: readonly WithUpdates[]
  heads: ReadonlyMap<string, Head>
  /** Null when ClickHouse did not answer and nothing is remembered. */
  changes: ReadonlyMap<string, StateChange[]> | null
  /** When `changes` were read, if that was not just now. */
  changesFrom: number | null
  lastCheckAt: number | null
}

export type Service = Component & { bars: Bar[] | null; availability: number | null; createdAt: number }
export type Group = { id: string; name: string; state: ComponentState; services: Service[]; createdAt: number }

/** A page as it is told, in whatever form: HTML, a feed, JSON. */
export type View = Overall & {
  id: string
  name: string
  logoUrl: string | null
  groups: Group[]
  /** Services without a section, after the groups. */
  services: Service[]
  /** Open and upcoming first, then newest first. */
  events: Event[]
  days: Day[]
  measuredAt: number | null
  history: 'now' | 'unavailable' | { asOf: number }
  /** The visitor's, and the page's own. */
  zone: string
  pageZone: string
  at: number
}

/** `zone` decides where days begin; `at` is now. */
export function viewOf(facts: Facts, zone: string, at: number): View {
  const { page, resources, reports, heads } = facts
  const days = daysUpTo(at, zone, HISTORY_DAYS)
  const from = days[0]!.from
  const components = componentsOf(resources, heads, reports, at)
  const bound = resources.map((r) => ({ id: r.id, name: r.public_name, monitor: r.resource_id }))
  const told = reportEvents(reports, bound, at)
  const changes = new Map(bound.map(({ monitor }) => [monitor, withHead(facts.changes?.get(monitor) ?? [], heads.get(monitor) ?? null)]))
  const measured = new Map<string, Stretch[]>([...changes].map(([monitor, of]) => [monitor, stretches(of, from, at)]))
  const services = components.map((c, i): Service => {
    const { monitor } = bound[i]!
    const row = { ...c, createdAt: resources[i]!.created_at }
    if (facts.changes === null) return { ...row, bars: null, availability: null }
    const bars = dailyBars(measured.get(monitor) ?? [], saidOf(c.id, told, at), days)
    return { ...row, bars, availability: availabilityOf(changes.get(monitor) ?? [], from, at).availability }
  })
  const groups = facts.sections
    .map((s) => ({ id: s.id, name: s.name, createdAt: s.created_at, services: services.filter((c) => c.section === s.id) }))
    .filter((g) => g.services.length)
    .map((g) => ({ ...g, state: worst(g.services.map((s) => s.state)) }))
  const grouped = new Set(groups.map((g) => g.id))
  return {
    ...overall(components),
    id: page.id,
    name: page.name,
    logoUrl: page.logo_url,
    groups,
    services: services.filter((s) => s.section === null || !grouped.has(s.section)),
    events: [...told, ...measuredEvents(measured, bound, told, at)].sort(openFirst),
    days,
    measuredAt: facts.lastCheckAt,
    history: facts.changes === null ? 'unavailable' : facts.changesFrom === null ? 'now' : { asOf: facts.changesFrom },
    zone,
    pageZone: page.timezone,
    at,
  }
}

const saidOf = (service: string, reports: readonly Event[], at: number): Said[] =>
  reports.flatMap((r) =>
    r.phase === 'upcoming'
      ? []
      : r.affected
          .filter((a) => a.id === service)
          .map((a) => ({ from: r.startsAt, to: Math.max(r.endedAt ?? at, r.startsAt + 1), status: a.status })),
  )

const order = (e: Event) => (e.phase === 'over' ? 2 : e.phase === 'upcoming' ? 1 : 0)
const openFirst = (a: Event, b: Event) =>
  order(a) - order(b) || Number(a.type === 'maintenance') - Number(b.type === 'maintenance') || b.startsAt - a.startsAt

/** All services in the order they are shown. */
export const allServices = (view: View): Service[] => [...view.groups.flatMap((g) => g.services), ...view.services]

/** Made-up states for the editor's preview: what visitors would see. */
export function imagined(facts: Facts, state: 'fine' | 'incident' | 'maintenance', at: number): Facts {
  const up: Head = { status: 'up', incident_id: null, status_since: at - DAY }
  const [first] = facts.resources
  const heads = new Map<string, Head>(facts.resources.map((r) => [r.resource_id, up]))
  const past = facts.reports.filter((r) => r.ended_at !== null)
  if (state === 'fine' || !first) return { ...facts, heads, reports: past, lastCheckAt: at - 4000 }
  const of = { team: facts.page.team, page_id: facts.page.id, number: 0, created_at: at, updated_at: at }
  const incident = state === 'incident'
  const status = incident ? ('identified' as const) : ('in_progress' as const)
  const report: WithUpdates = {
    ...of,
    id: facts.page.id,
    title: incident ? `${first.public_name} answers slowly or not at all` : `Planned work on ${first.public_name}`,
    type: incident ? 'incident' : 'maintenance',
    status,
    starts_at: at - 18 * 60_000,
    ends_at: incident ? null : at + 3_600_000,
    ended_at: null,
    next_update_at: incident ? at + 20 * 60_000 : null,
    affected: [{ resource_id: first.id, status: incident ? 'downtime' : 'maintenance' }],
    deleted_at: null,
    updates: [
      {
        ...of,
        id: facts.page.id,
        report_id: facts.page.id,
        status,
        message: incident ? 'This is what an update of yours looks like here.' : 'What still works while you work on it stands here.',
        published_at: at - 60_000,
      },
    ],
  }
  return { ...facts, heads, reports: [report, ...past], lastCheckAt: at - 4000 }
}
