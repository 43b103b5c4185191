import { iso, isoOrNull } from '../time.ts'
import type { Event } from './events.ts'
import { allServices, type View } from './view.ts'
import type { ComponentState } from './words.ts'

// The JSON that Statuspage serves under /api/v2, so that what reads those pages reads these.
const componentStatus = {
  operational: 'operational',
  degraded: 'degraded_performance',
  downtime: 'major_outage',
  maintenance: 'under_maintenance',
  // Statuspage has no word for it
  unknown: 'operational',
} as const satisfies Record<ComponentState, string>

const indicator = {
  operational: 'none',
  degraded: 'minor',
  downtime: 'major',
  maintenance: 'maintenance',
  unknown: 'none',
} as const satisfies Record<ComponentState, string>

const EVENTS = 50
const root = (view: View, url: string) => ({
  id: view.id,
  name: view.name,
  url,
  time_zone: view.pageZone,
  updated_at: iso(updatedAt(view)),
})
const updatedAt = (view: View) => Math.max(view.days[0]!.from, ...view.events.map((e) => e.updatedAt))
const said = (view: View) => ({ indicator: indicator[view.state], description: view.sentence })

function component(view: View, s: ReturnType<typeof allServices>[number], position: number) {
  return {
    id: s.id,
    name: s.name,
    status: componentStatus[s.state],
    created_at: iso(s.createdAt),
    updated_at: iso(Math.max(s.createdAt, s.since ?? 0)),
    position,
    description: null,
    showcase: true,
    start_date: null,
    group_id: s.section,
    page_id: view.id,
    group: false,
    only_show_if_degraded: false,
  }
}

function components(view: View) {
  const all = allServices(view)
  const positions = new Map([...view.groups.map((g) => g.id), ...view.services.map((s) => s.id)].map((id, i) => [id, i + 1]))
  const groups = view.groups.map((g) => ({
    id: g.id,
    name: g.name,
    status: componentStatus[g.state],
    created_at: iso(g.createdAt),
    updated_at: iso(Math.max(g.createdAt, ...g.services.map((s) => s.since ?? 0))),
    position: positions.get(g.id)!,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: view.id,
    group: true,
    only_show_if_degraded: false,
    components: g.services.map((s) => s.id),
  }))
  const within = new Map(view.groups.flatMap((g) => g.services.map((s, i) => [s.id, i + 1] as const)))
  return [...groups, ...all.map((s) => component(view, s, within.get(s.id) ?? positions.get(s.id)!))]
}

function event(view: View, e: Event, url: string) {
  const all = allServices(view)
  const worst = e.affected.some((a) => a.status === 'downtime')
    ? 'major'
    : e.affected.some((a) => a.status === 'degraded')
      ? 'minor'
      : 'none'
  const positions = new Map(all.map((s, i) => [s.id, [s, i + 1] as const]))
  return {
    id: e.id,
    name: e.title,
    status: e.status,
    created_at: iso(e.createdAt),
    updated_at: iso(e.updatedAt),
    monitoring_at: isoOrNull(e.updates.find((u) => u.status === 'monitoring')?.at),
    resolved_at: isoOrNull(e.endedAt),
    impact: e.type === 'maintenance' ? 'maintenance' : worst,
    shortlink: `${url}/incidents/${e.id}`,
    started_at: iso(e.startsAt),
    page_id: view.id,
    incident_updates: e.updates.map((u) => ({
      id: u.id,
      status: u.status,
      body: u.message,
      incident_id: e.id,
      created_at: iso(u.at),
      updated_at: iso(u.at),
      display_at: iso(u.at),
      affected_components: e.affected.map((a) => ({
        code: a.id,
        name: a.name,
        old_status: 'operational',
        new_status: u.status === 'resolved' || u.status === 'completed' ? 'operational' : componentStatus[a.status],
      })),
      deliver_notifications: false,
      custom_tweet: null,
      tweet_id: null,
    })),
    components: e.affected.flatMap((a) => {
      const found = positions.get(a.id)
      return found ? [component(view, ...found)] : []
    }),
    reminder_intervals: null,
    ...(e.type === 'maintenance' ? { scheduled_for: iso(e.startsAt), scheduled_until: isoOrNull(e.endsAt) } : {}),
  }
}

type Which = (e: Event) => boolean
const incident: Which = (e) => e.type === 'incident'
const work: Which = (e) => e.type === 'maintenance'
const listed = (which: Which) => (view: View, url: string) =>
  view.events
    .filter(which)
    .slice(0, EVENTS)
    .map((e) => event(view, e, url))
const incidents = listed(incident)
const unresolved = listed((e) => incident(e) && e.phase === 'open')
const works = listed(work)
const ahead = listed((e) => work(e) && e.phase !== 'over')

/** `/api/v2/<name>.json`: what each answers. `url` is the page's address without a slash at the end. */
export const documents = {
  summary: (view, url) => ({
    page: root(view, url),
    components: components(view),
    incidents: unresolved(view, url),
    scheduled_maintenances: ahead(view, url),
    status: said(view),
  }),
  status: (view, url) => ({ page: root(view, url), status: said(view) }),
  components: (view, url) => ({ page: root(view, url), components: components(view) }),
  incidents: (view, url) => ({ page: root(view, url), incidents: incidents(view, url) }),
  'incidents/unresolved': (view, url) => ({ page: root(view, url), incidents: unresolved(view, url) }),
  'scheduled-maintenances': (view, url) => ({ page: root(view, url), scheduled_maintenances: works(view, url) }),
  'scheduled-maintenances/upcoming': (view, url) => ({
    page: root(view, url),
    scheduled_maintenances: listed((e) => work(e) && e.phase === 'upcoming')(view, url),
  }),
  'scheduled-maintenances/active': (view, url) => ({
    page: root(view, url),
    scheduled_maintenances: listed((e) => work(e) && e.phase === 'open')(view, url),
  }),
} satisfies Record<string, (view: View, url: string) => object>
