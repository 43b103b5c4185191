import type { Actor } from '../actor.ts'
import type { ChannelName } from '../notify/page.ts'
import type { Climbed, Reach } from './climb.ts'
import { nextOf, pagedBefore, regionsSay } from './facts.ts'
import { acknowledge, type Incident, type Refusal } from './incident.ts'
import { type PageRow, report } from './page-state.ts'
import type { NewEvent } from './timeline.ts'

/** What whoever opened an acknowledge link sees. `ended` is told by the incident, `left` by the team: the person is no longer in it. */
export type LinkView =
  | { state: 'unknown' | 'left' }
  | {
      state: 'confirm' | 'done' | 'already' | 'ended'
      team: string
      zone: string
      /** Who acknowledges by this link; null for a link that was sent to an endpoint. */
      person: string | null
      incident: Pick<Incident, 'id' | 'number' | 'title' | 'startedAt' | 'openedAt' | 'severity'>
      monitor: string | null
      regions: string | null
      also: string[]
      next: { who: string[]; at: number }[]
      /** When and by whom it was acknowledged (done, already) or resolved (ended). */
      at: number | null
      by: string | null
      /** "from the e-mail": how it was acknowledged; null in the app. */
      via: ChannelName | null
    }

export type Linked = { incident: Incident; page: PageRow; pages: PageRow[]; reach: Reach; team: string; via: ChannelName | null }

/** The state of a link before anybody pressed anything. */
export function viewOfLink({ incident: i, page, pages, reach, team, via }: Linked): LinkView {
  const person = reach.people.find((p) => p.id === page.person)
  if (page.person && !person) return { state: 'left' }
  const who = i.status === 'resolved' ? i.resolvedBy : i.acknowledgedBy
  return {
    state: i.status === 'open' ? 'confirm' : i.status === 'acknowledged' ? 'already' : 'ended',
    team,
    zone: person?.zone ?? 'UTC',
    person: person?.name ?? null,
    incident: { id: i.id, number: i.number, title: i.title, startedAt: i.startedAt, openedAt: i.openedAt, severity: i.severity },
    monitor: i.cause?.name ?? null,
    regions: regionsSay(i.votes),
    also: pagedBefore(i, page, pages, reach),
    next: nextOf(i, pages, reach),
    at: i.status === 'resolved' ? i.resolvedAt : i.acknowledgedAt,
    by: who && (who.name || (reach.people.find((p) => p.id === who.id)?.name ?? 'Somebody who left the team')),
    via,
  }
}

/** Its button, key or reply: the page was seen, and whoever it was sent to has the incident. */
export function pressed(i: Incident, page: PageRow, at: number, how: 'link' | 'keypad' | 'button' = 'link'): Climbed | Refusal {
  const by: Actor = page.person ? { type: 'user', id: page.person, name: '' } : { type: 'channel', id: page.channel, name: page.contact }
  const change = acknowledge(i, by, at, { how, channel: page.channel })
  if ('refused' in change) return change
  const seen = report(page, 'seen', at)
  const took = report(seen?.page ?? page, 'acknowledged', at)
  const data = { page_id: page.id, channel: page.channel, user_id: page.person }
  const events: NewEvent[] = seen ? [{ type: 'page-seen', at, by, data }, ...change.events] : change.events
  return { ...change, events, pages: [seen, took].filter((c) => c !== null) }
}
