import type { Actor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import { type Climbed, climb, type NotPaged } from '../shared/incidents/climb.ts'
import * as rules from '../shared/incidents/incident.ts'
import type { Intent, Observation } from '../shared/incidents/intent.ts'
import { type Declaration, declared, opening } from '../shared/incidents/opening.ts'
import { type PageChange, stop } from '../shared/incidents/page-state.ts'
import type { NewEvent } from '../shared/incidents/timeline.ts'
import type { IncidentRows } from './incidents-store.ts'
import type { Roster } from './incidents-team.ts'

export type Refused = { refused: (rules.Refusal | NotPaged)['refused'] | 'not-found' | 'key-reused' }
export type Rule = (i: rules.Incident, at: number) => rules.Change | Climbed | Refused

/** Carries out what the rules say, each time in one storage transaction: the incident, its events and its pages, never one without the others. */
export class Deciding {
  private readonly storage: DurableObjectStorage
  private readonly rows: IncidentRows
  private readonly roster: Roster
  /** Something is in a timeline that was not there before. */
  private readonly told: (incident: string) => void
  constructor(storage: DurableObjectStorage, rows: IncidentRows, roster: Roster, told: (incident: string) => void) {
    this.storage = storage
    this.rows = rows
    this.roster = roster
    this.told = told
  }

  /** The incident of an intent, made now unless there is one. */
  open(intent: Intent, at: number): string {
    return this.storage.transactionSync(() => {
      const known = this.rows.incidentOfIntent(intent.id)
      if (known) return known
      this.rows.setMeta('team', intent.team)
      const cause = rules.causeOf(intent.cause)
      const last = this.rows.openOf(cause) ?? this.rows.lastOf(cause)
      const change = opening(intent, last, {
        ...this.roster.policy(intent.team, intent.policyId),
        number: this.rows.nextNumber(),
        at,
      })
      if (change) this.keep({ ...change, pages: [] }, at)
      const { id } = change?.incident ?? last!
      this.rows.rememberIntent(intent.id, id)
      return id
    })
  }

  observe(o: Observation, at: number): void {
    this.storage.transactionSync(() => {
      const i = this.rows.incident(o.incident)
      if (!i || !this.rows.firstTime(o.id)) return
      const by = rules.causeActs(i.cause)
      const change = o.type === 'region-changed' ? rules.observed(i, o) : rules.resolve(i, by, Math.min(at, o.at), o)
      if (!('refused' in change)) this.change(i, change, at)
    })
  }

  /** The id of what was declared; the first one when the key was used before, null when that was with another body. */
  declare(team: string, d: Declaration, by: Actor, once: { key: string; body: string } | undefined, at: number): string | null {
    return this.storage.transactionSync(() => {
      const first = once && this.rows.declaration(once.key, at)
      if (first) return first.body === once.body ? first.incident : null
      this.rows.setMeta('team', team)
      const { policy } = this.roster.policy(team, d.policyId)
      this.keep({ ...declared(d, by, { number: this.rows.nextNumber(), policy, at }), pages: [] }, at)
      if (once) this.rows.rememberDeclaration(once.key, once.body, d.id, at)
      return d.id
    })
  }

  /** Null when it was carried out. */
  decide(id: string, rule: Rule, at: number): Refused | null {
    return this.storage.transactionSync((): Refused | null => {
      const i = this.rows.incident(id)
      if (!i) return { refused: 'not-found' }
      const change = rule(i, at)
      if ('refused' in change) return change
      this.change(i, change, at)
      return null
    })
  }

  /** Its clock is due, or there may be somebody to page who was not there before. */
  climb(id: string, at: number): void {
    this.storage.transactionSync(() => this.keep({ incident: this.rows.incident(id)!, events: [], pages: [] }, at))
  }

  /** What became of a page; the ladder reacts to it. */
  page(change: PageChange, events: NewEvent[], at: number): void {
    this.storage.transactionSync(() => {
      this.rows.savePage(change)
      const incident = this.rows.incident(change.page.incident)
      if (incident) this.keep({ incident, events, pages: [] }, at)
    })
  }

  /** Acknowledged or resolved: no page of it leaves any more. */
  private change(before: rules.Incident, change: rules.Change | Climbed, at: number): void {
    const { status } = change.incident
    if (status !== before.status && status !== 'open')
      for (const page of this.rows.pagesOf(before.id)) {
        const stopped = stop(page)
        if (stopped) this.rows.savePage(stopped)
      }
    this.keep({ pages: [], ...change }, at)
  }

  /** Saves a change; an open incident then climbs as far as its clock says. */
  private keep({ incident, events, pages, marks = {} }: Climbed, at: number): void {
    this.rows.save(incident, events, pages, at)
    const up = climb(incident, this.rows.pagesOf(incident.id), this.roster.reach, at, newId)
    if (up.incident !== incident) this.rows.save(up.incident, up.events, up.pages, at)
    for (const [key, n] of Object.entries({ ...marks, ...up.marks })) this.rows.setMark(key, n)
    if (events.length || up.events.length) this.told(incident.id)
  }
}
