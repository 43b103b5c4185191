import { DurableObject } from 'cloudflare:workers'
import type { Actor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import { type Climbed, climb, climbByHand, factsOf, type NotPaged, type Target } from '../shared/incidents/climb.ts'
import * as rules from '../shared/incidents/incident.ts'
import type { Intent, Observation } from '../shared/incidents/intent.ts'
import { type LinkView, pressed, viewOfLink } from '../shared/incidents/link-view.ts'
import { type PageChange, type PageReceipt, type PageRow, stop } from '../shared/incidents/page-state.ts'
import type { NewEvent, TimelineEvent } from '../shared/incidents/timeline.ts'
import { log, reason } from '../shared/log.ts'
import { type Ahead, ahead } from '../shared/oncall/escalation.ts'
import { MINUTE, SECOND } from '../shared/time.ts'
import type { Env } from './env.ts'
import { type Heard, Hearing, type Pressed } from './incidents-hearing.ts'
import { Paging, WATCH_MS } from './incidents-paging.ts'
import { IncidentRows, incidentsLadder } from './incidents-store.ts'
import { Roster } from './incidents-team.ts'
import { Telling } from './incidents-telling.ts'
import { migrate } from './migrate.ts'

/** How soon we try again what D1 did not take. */
const AGAIN_MS = 5 * SECOND
/** Steps still to come that a reader is told. */
const LADDER_MAX = 20

export type IncidentView = { incident: rules.Incident; next: Ahead[] }
export type Refused = { refused: (rules.Refusal | NotPaged)['refused'] | 'not-found' | 'key-reused' }
export type PageView = { page: PageRow; user: string | null; receipts: PageReceipt[] }

/** One per team: its incidents, timelines, escalation clocks, pages and receipts. Decides alone; D1 and Live hear of it afterwards. */
export class Incidents extends DurableObject<Env> {
  private readonly rows: IncidentRows
  private readonly roster: Roster
  private readonly paging: Paging
  private readonly telling: Telling
  private readonly hearing: Hearing
  private armedAt: number | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage.sql, incidentsLadder)
    this.rows = new IncidentRows(ctx.storage.sql)
    this.roster = new Roster(
      this.rows,
      () => this.env.DB,
      () => this.look(Date.now(), true),
    )
    const savePage = (change: PageChange, events: NewEvent[], at: number) => {
      this.ctx.storage.transactionSync(() => {
        this.rows.savePage(change)
        const incident = this.rows.incident(change.page.incident)
        if (incident) this.keep({ incident, events, pages: [] }, at)
      })
      this.go(at)
    }
    this.paging = new Paging(env, this.rows, this.roster, savePage)
    this.hearing = new Hearing(
      this.rows,
      () => this.roster.reach,
      (id, rule) => this.decide(id, rule, Date.now()),
      savePage,
    )
    this.telling = new Telling({
      env: () => this.env,
      rows: this.rows,
      roster: this.roster,
      paging: this.paging,
      waitUntil: (work) => ctx.waitUntil(work),
      afterwards: () => this.arm(Date.now()),
    })
  }

  /** "This incident must exist": any number of times, one incident. Never waits for D1 but for a first reading, 1.5 s at most. */
  async open(intent: Intent): Promise<{ id: string }> {
    const known = this.rows.incidentOfIntent(intent.id)
    if (known) return { id: known }
    await this.roster.ready(intent.team, intent.policyId, Date.now())
    const at = Date.now()
    const id = this.ctx.storage.transactionSync(() => this.openOnce(intent, at))
    this.go(at)
    return { id }
  }

  private openOnce(intent: Intent, at: number): string {
    const known = this.rows.incidentOfIntent(intent.id)
    if (known) return known
    this.rows.setMeta('team', intent.team)
    const cause = rules.causeOf(intent.cause)
    const last = this.rows.openOf(cause) ?? this.rows.lastOf(cause)
    const change = rules.opening(intent, last, { ...this.roster.policy(intent.team, intent.policyId), number: this.rows.nextNumber(), at })
    if (change) this.keep({ ...change, pages: [] }, at)
    const { id } = change?.incident ?? last!
    this.rows.rememberIntent(intent.id, id)
    return id
  }

  /** What a shard saw since. Recovery, and the end of the monitor, resolve; told twice is told once. */
  async observe(o: Observation): Promise<void> {
    const at = Date.now()
    this.ctx.storage.transactionSync(() => {
      const i = this.rows.incident(o.incident)
      if (!i || !this.rows.firstTime(o.id)) return
      const by = rules.causeActs(i.cause)
      const change = o.type === 'region-changed' ? rules.observed(i, o) : rules.resolve(i, by, Math.min(at, o.at), o)
      if (!('refused' in change)) this.change(i, change, at)
    })
    this.go(at)
  }

  async declare(team: string, d: rules.Declaration, by: Actor, once?: { key: string; body: string }): Promise<IncidentView | Refused> {
    await this.roster.ready(team, d.policyId, Date.now())
    const at = Date.now()
    const id = this.ctx.storage.transactionSync(() => {
      const first = once && this.rows.declaration(once.key, at)
      if (first) return first.body === once.body ? first.incident : null
      this.rows.setMeta('team', team)
      const { policy } = this.roster.policy(team, d.policyId)
      this.keep({ ...rules.declared(d, by, { number: this.rows.nextNumber(), policy, at }), pages: [] }, at)
      if (once) this.rows.rememberDeclaration(once.key, once.body, d.id, at)
      return d.id
    })
    return id === null ? { refused: 'key-reused' } : this.answer(id, at)
  }

  acknowledge(id: string, by: Actor): Promise<IncidentView | Refused> {
    return this.apply(id, (i, at) => rules.acknowledge(i, by, at))
  }
  resolve(id: string, by: Actor): Promise<IncidentView | Refused> {
    return this.apply(id, (i, at) => rules.resolve(i, by, at))
  }
  reopen(id: string, by: Actor): Promise<IncidentView | Refused> {
    return this.apply(id, (i, at) => rules.reopen(i, by, at, i.cause ? this.rows.openOf(rules.causeOf(i.cause)) : null))
  }
  addEvent(id: string, text: string, by: Actor): Promise<IncidentView | Refused> {
    return this.apply(id, (i, at) => rules.note(i, text, by, at))
  }

  /** The next step now, or these people too. */
  escalate(id: string, by: Actor, target: Target | null): Promise<IncidentView | Refused> {
    return this.apply(id, (i, at) =>
      climbByHand(i, this.rows.pagesOf(id), this.roster.reach, { by: rules.nameless(by), target, at, id: newId }),
    )
  }

  get(id: string): IncidentView | null {
    const incident = this.rows.incident(id)
    return incident && this.view(incident)
  }
  timeline(id: string): TimelineEvent[] | null {
    return this.rows.incident(id) && this.rows.events(id)
  }
  pages(id: string): PageView[] | null {
    const named = (person: string | null) => this.roster.reach.people.find((p) => p.id === person)?.name ?? null
    return (
      this.rows.incident(id) &&
      this.rows.pagesOf(id).map((page) => ({ page, user: named(page.person), receipts: this.rows.receipts(page.id) }))
    )
  }

  /** What an acknowledge link shows; changes nothing. */
  readLink(incident: string, page: string): LinkView {
    const [i, p] = [this.rows.incident(incident), this.rows.page(page)]
    if (!i || p?.incident !== i.id) return { state: 'unknown' }
    const last = this.rows.events(i.id).findLast((e) => e.type === 'acknowledged')
    const via = i.acknowledgedAt !== null && last?.type === 'acknowledged' ? last.data.channel : null
    return viewOfLink({ incident: i, page: p, pages: this.rows.pagesOf(i.id), reach: this.roster.reach, team: this.roster.teamName, via })
  }

  /** The button of an acknowledge link: its page was seen, and whoever it was sent to has the incident. */
  async acknowledgeByLink(incident: string, page: string): Promise<LinkView> {
    const before = this.readLink(incident, page)
    if (before.state !== 'confirm') return before
    const done = await this.apply(incident, (i, at) => pressed(i, this.rows.page(page)!, at))
    const after = this.readLink(incident, page)
    return 'refused' in done || after.state !== 'already' ? after : { ...after, state: 'done', next: before.next }
  }

  /** What a provider or a browser says became of a page. Told twice is told once; of a page that is not here, nothing. */
  told(page: string, heard: Heard): void {
    this.hearing.told(page, heard, Date.now())
  }

  /** A key on a phone, or a chat's button: for everything that message told of. `contact` is whom it was sent to, where that is known. */
  pressed(page: string, what: 'acknowledge' | 'escalate', how: 'keypad' | 'button', contact?: string): Pressed {
    const at = Date.now()
    if (contact !== undefined && this.rows.page(page)?.contact !== contact) return 'unknown'
    const done = what === 'acknowledge' ? this.hearing.acknowledge(page, how, at) : this.hearing.escalate(page, at, newId)
    this.go(at)
    return done
  }

  /** The facts that a voice reads out again; null when the page is not here. */
  spoken(page: string): { title: string; number: number; severity: string; team: string } | null {
    const row = this.rows.page(page)
    const i = row && this.rows.incident(row.incident)
    return i ? { title: i.title, number: i.number, severity: i.severity.toUpperCase(), team: this.roster.teamName } : null
  }

  /** Milliseconds from "wanted" to "left" of first pages in [from, to), shortest first. */
  departures(from: number, to: number): number[] {
    return this.rows.departures(from, to)
  }

  /** D1 changed: policies, members, endpoints. */
  async refresh(): Promise<void> {
    const team = this.team
    if (!team) return // nothing was ever opened here: the first incident reads D1 itself
    await this.roster.refresh(team, Date.now())
    this.go(Date.now())
  }

  /** Epoch ms since when the oldest page waits that should have left, or null. */
  oldestUnsentPage(): number | null {
    return this.paging.oldestUnsent(Date.now())
  }

  /** The team left: nothing of it stays here, and no page leaves any more. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    this.armedAt = null
    this.ctx.storage.transactionSync(() => this.rows.forget())
    this.roster.forget()
  }

  override alarm(): void {
    this.armedAt = null
    const at = Date.now()
    this.attempt('recover', () => this.paging.recover(at))
    this.attempt('alarm', () => {
      this.look(at)
      const team = this.team
      // reads D1 again when the copy is old or missing; comes back through `look`
      if (team) void this.roster.ready(team, null, at)
    })
    this.arm(at)
  }

  /** Every incident whose clock is due climbs (with `all`, every one that waits for anything: there may be somebody to page now). */
  private look(at: number, all = false): void {
    for (const id of this.rows.looking(all ? Number.MAX_SAFE_INTEGER : at)) {
      const climbed = this.attempt('climb', () =>
        this.ctx.storage.transactionSync(() => this.keep({ incident: this.rows.incident(id)!, events: [], pages: [] }, at)),
      )
      if (!climbed) this.attempt('later', () => this.rows.lookLater(id, at + MINUTE))
    }
    this.go(at)
  }

  private async apply(
    id: string,
    rule: (i: rules.Incident, at: number) => rules.Change | Climbed | Refused,
  ): Promise<IncidentView | Refused> {
    const at = Date.now()
    return this.decide(id, rule, at) ?? this.answer(id, at)
  }

  /** Null when it was carried out. */
  private decide(id: string, rule: (i: rules.Incident, at: number) => rules.Change | Climbed | Refused, at: number): Refused | null {
    return this.ctx.storage.transactionSync((): Refused | null => {
      const i = this.rows.incident(id)
      if (!i) return { refused: 'not-found' }
      const change = rule(i, at)
      if ('refused' in change) return change
      this.change(i, change, at)
      return null
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
    if (events.length || up.events.length) this.telling.change(incident.id)
  }

  /** For people who changed something: their lists show it, unless D1 does not answer. */
  private async answer(id: string, at: number): Promise<IncidentView> {
    this.go(at)
    await this.telling.told(id)
    return this.view(this.rows.incident(id)!)
  }

  private view(incident: rules.Incident): IncidentView {
    const waits = incident.status === 'open' && incident.notify
    const facts = factsOf(incident, this.rows.pagesOf(incident.id), this.roster.reach)
    return { incident, next: waits ? ahead(incident.policy, facts, LADDER_MAX) : [] }
  }

  private get team(): string | null {
    return this.rows.meta('team')
  }

  /** After every change: what is due leaves and the clock is set; then those who only watch are told. Never throws. */
  private go(at: number): void {
    const team = this.team
    if (!team) return
    this.attempt('send', () => {
      for (const sent of this.paging.start(team, at)) this.ctx.waitUntil(sent)
    })
    this.arm(at)
    this.telling.go(team)
  }

  private arm(at: number): void {
    this.attempt('arm', () => {
      const dues = [
        this.rows.nextDue(),
        this.rows.isSending() ? at + WATCH_MS : null,
        this.telling.isBehind(at) || (this.roster.isEmpty && this.rows.looking(Number.MAX_SAFE_INTEGER).length) ? at + AGAIN_MS : null,
      ].filter((due) => due !== null)
      if (!dues.length) return
      const earliest = Math.min(...dues)
      // what is overdue now is on its way already: look again, but do not spin
      const due = earliest <= at ? at + SECOND : earliest
      if (due === this.armedAt) return
      this.armedAt = due
      void this.ctx.storage.setAlarm(due)
    })
  }

  /** One row's trouble is not the others': logged, and tried again when its time comes. */
  private attempt(what: string, work: () => void): boolean {
    try {
      work()
      return true
    } catch (e) {
      log('bug', { where: `incidents-${what}`, message: reason(e) })
      return false
    }
  }
}
