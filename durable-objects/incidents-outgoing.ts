import type { Incident } from '../shared/incidents/incident.ts'
import type { TimelineEvent } from '../shared/incidents/timeline.ts'
import { incidentBody, type Names } from '../shared/incidents/wire.ts'
import type { Outgoing } from '../shared/integrations/deliveries.ts'
import type { EventType } from '../shared/integrations/schema.ts'
import type { IncidentRows } from './incidents-store.ts'

/** What of a timeline customers' endpoints are told, and as what. */
const told = { opened: 'created', declared: 'created', reopened: 'reopened', acknowledged: 'acknowledged', resolved: 'resolved' } as const
const types = Object.keys(told) as (keyof typeof told)[]

/** Events that may be looked at again before that is remembered: each remembering is a write. */
const SKIPPED_MAX = 100

/** Timeline events that no endpoint was told of yet; `done` remembers that D1 has them. Told twice, D1 keeps one: their ids are the events'. */
export function outgoing(rows: IncidentRows, people: readonly { id: string; name: string }[]): { events: Outgoing[]; done: () => void } {
  const names: Names = new Map(people.map((p) => [p.id, p.name]))
  const from = Number(rows.meta('outgoing') ?? 0)
  const news = rows.eventsAfter(from, types)
  // in a storm thousands of events are nobody's business: they are looked at once
  const last = rows.lastSeq()
  if (!news.length && last - from > SKIPPED_MAX) rows.setMeta('outgoing', String(last))
  const events = news.flatMap(({ incident, event }) => {
    const i = rows.incident(incident)
    return i ? messages(i, event, names) : []
  })
  const through = news.at(-1)?.seq
  return { events, done: () => through !== undefined && rows.setMeta('outgoing', String(through)) }
}

/** The incident as the API shows it now, and for a monitor's the monitor's own message beside it. */
function messages(i: Incident, event: TimelineEvent, names: Names): Outgoing[] {
  const type: EventType = `incident.${told[event.type as keyof typeof told]}`
  const incident = { id: event.id, type, at: event.at, data: incidentBody(i, [], names) }
  const monitor = monitorEvent(event)
  if (!monitor || i.cause?.type !== 'monitor') return [incident]
  const { id, name, url } = i.cause
  const data = { id, name, url, status: monitor === 'monitor.up' ? 'up' : 'down', what: i.what, incident_id: i.id }
  return [incident, { id: `${event.id}:monitor`, type: monitor, at: event.at, data }]
}

/** A person who resolves or reopens by hand says nothing about the monitor. */
function monitorEvent(event: TimelineEvent): EventType | null {
  if (event.type === 'opened') return 'monitor.down'
  if (event.type === 'reopened') return event.data.reason === 'failed-again' ? 'monitor.down' : null
  return event.type === 'resolved' && event.data.reason === 'recovered' ? 'monitor.up' : null
}
