import { type Climbed, climbByHand, type NotPaged } from '../shared/incidents/climb.ts'
import type { Incident, Refusal } from '../shared/incidents/incident.ts'
import { pressed } from '../shared/incidents/link-view.ts'
import { type PageChange, type PageRow, report, undelivered } from '../shared/incidents/page-state.ts'
import type { NewEvent } from '../shared/incidents/timeline.ts'
import type { Reach } from '../shared/oncall/escalation.ts'
import type { IncidentRows } from './incidents-store.ts'

/** What a provider or a browser tells of a page. */
export type Heard = { state: 'delivered' | 'seen' | 'undelivered'; providerId: string | null; detail: string | null; forGood?: boolean }
/** What a key did, for the voice to say. */
export type Pressed = 'acknowledged' | 'already-acknowledged' | 'already-resolved' | 'escalated' | 'no-further-step' | 'unknown'

type Apply = (incident: string, rule: (i: Incident, at: number) => Climbed | Refusal | NotPaged) => { refused: string } | null

/** What comes back from phones, browsers and chats, by the page it is about. */
export class Hearing {
  private readonly rows: IncidentRows
  private readonly reach: () => Reach
  /** Saves a change of an incident, with its pages. */
  private readonly apply: Apply
  /** Saves a page's change with its events. */
  private readonly save: (change: PageChange, events: NewEvent[], at: number) => void
  constructor(rows: IncidentRows, reach: () => Reach, apply: Apply, save: Hearing['save']) {
    this.rows = rows
    this.reach = reach
    this.apply = apply
    this.save = save
  }

  /** Of this page and those its message told of. What is told twice, or backwards, changes nothing. */
  told(id: string, heard: Heard, at: number): void {
    for (const page of this.message(id)) {
      const wanted = this.rows.incident(page.incident)?.status === 'open'
      const { state, providerId, detail, forGood = false } = heard
      const said = { providerId, detail }
      const change = state === 'undelivered' ? undelivered(page, { ...said, forGood }, wanted, at) : report(page, state, at, said)
      if (change) this.save(change, eventsOf(change, heard, at), at)
    }
  }

  /** Whoever holds this phone has the incident, and every other that the same message told of. */
  acknowledge(id: string, how: 'keypad' | 'button', at: number): Pressed {
    const results = this.message(id).map((page) => this.apply(page.incident, (i) => pressed(i, this.rows.page(page.id)!, at, how)))
    if (!results.length) return 'unknown'
    if (results.includes(null)) return 'acknowledged'
    return results[0]!.refused === 'already-resolved' ? 'already-resolved' : 'already-acknowledged'
  }

  /** The next step now, for everything the message told of that is open. */
  escalate(id: string, at: number, newId: () => string): Pressed {
    const results = this.message(id).map((page) =>
      this.apply(page.incident, (i) => {
        const by = { type: 'user' as const, id: page.person ?? '', name: '' }
        return climbByHand(i, this.rows.pagesOf(i.id), this.reach(), { by, target: null, at, id: newId })
      }),
    )
    if (!results.length) return 'unknown'
    if (results.includes(null)) return 'escalated'
    return results[0]!.refused === 'already-resolved' ? 'already-resolved' : 'no-further-step'
  }

  private message(id: string): PageRow[] {
    const page = this.rows.page(id)
    return page ? [page, ...this.rows.toldWith(page)] : []
  }
}

/** Being seen and not arriving belong into the timeline; arriving is in the receipt. */
function eventsOf({ page }: PageChange, { state, detail }: Heard, at: number): NewEvent[] {
  const by = { type: 'channel' as const, id: page.channel, name: page.channel }
  const whom = { page_id: page.id, channel: page.channel, user_id: page.person }
  if (state === 'seen') return [{ type: 'page-seen', at, by, data: whom }]
  if (state === 'delivered') return []
  const data = { ...whom, contact: page.contact, attempt: page.attempt, detail, gave_up: page.state === 'failed' }
  return [{ type: 'page-failed', at, by, data }]
}
