import { DurableObject } from 'cloudflare:workers'
import type { Actor } from '../shared/actor.ts'
import { newId } from '../shared/ids.ts'
import { climbByHand, type Target } from '../shared/incidents/climb.ts'
import * as rules from '../shared/incidents/incident.ts'
import type { Intent, Observation } from '../shared/incidents/intent.ts'
import { type LinkView, pressed } from '../shared/incidents/link-view.ts'
import type { Declaration } from '../shared/incidents/opening.ts'
import type { PageChange } from '../shared/incidents/page-state.ts'
import type { NewEvent, TimelineEvent } from '../shared/incidents/timeline.ts'
import { turnKey } from '../shared/oncall/escalation.ts'
import type { Past } from '../shared/oncall/would-have.ts'
import { MINUTE, SECOND } from '../shared/time.ts'
import { attempt } from './attempt.ts'
import type { Env } from './env.ts'
import { Deciding, type Refused, type Rule } from './incidents-deciding.ts'
import { type Heard, Hearing, type Pressed } from './incidents-hearing.ts'
import { incidentsPagedBy, type Messages, messagesTo } from './incidents-history.ts'
import { incidentsLadder } from './incidents-ladder.ts'
import { Paging, WATCH_MS } from './incidents-paging.ts'
import { type IncidentView, type PageView, Reading, type Spoken } from './incidents-reading.ts'
import { IncidentRows } from './incidents-store.ts'
import { Roster } from './incidents-team.ts'
import { Telling } from './incidents-telling.ts'
import { migrate } from './migrate.ts'

/** How soon we try again what D1 did not take. */
const AGAIN_MS = 5 * SECOND
/** One per team: its incidents, timelines, escalation clocks, pages and receipts. Decides alone; D1 and Live hear of it afterwards. */
export class Incidents extends DurableObject<Env> {
  private readonly rows: IncidentRows
  private readonly roster: Roster
  private readonly deciding: Deciding
  private readonly reading: Reading
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
    this.deciding = new Deciding(ctx.storage, this.rows, this.roster, (incident) => this.telling.change(incident))
    this.reading = new Reading(this.rows, this.roster)
    const savePage = (change: PageChange, events: NewEvent[], at: number) => {
      this.deciding.page(change, events, at)
      this.go(at)
    }
    this.paging = new Paging(env, this.rows, this.roster, savePage)
    this.hearing = new Hearing(
      this.rows,
      () => this.roster.reach,
      (id, rule) => this.deciding.decide(id, rule, Date.now()),
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
    const id = this.deciding.open(intent, at)
    this.go(at)
    return { id }
  }

  /** What a shard saw since. Recovery, and the end of the monitor, resolve; told twice is told once. */
  async observe(o: Observation): Promise<void> {
    const at = Date.now()
    this.deciding.observe(o, at)
    this.go(at)
  }

  async declare(team: string, d: Declaration, by: Actor, once?: { key: string; body: string }): Promise<IncidentView | Refused> {
    await this.roster.ready(team, d.policyId, Date.now())
    const at = Date.now()
    const id = this.deciding.declare(team, d, by, once, at)
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
    return this.reading.incident(id)
  }
  timeline(id: string): TimelineEvent[] | null {
    return this.rows.incident(id) && this.rows.events(id)
  }
  pages(id: string): PageView[] | null {
    return this.reading.pages(id)
  }
  /** What an acknowledge link shows; changes nothing. */
  readLink(incident: string, page: string): LinkView {
    return this.reading.link(incident, page)
  }
  /** The facts that a voice reads out again; null when the page is not here. */
  spoken(page: string): Spoken | null {
    return this.reading.spoken(page)
  }

  /** The button of an acknowledge link: its page was seen, and whoever it was sent to has the incident. */
  async acknowledgeByLink(incident: string, page: string): Promise<LinkView> {
    const before = this.reading.link(incident, page)
    if (before.state !== 'confirm') return before
    const done = await this.apply(incident, (i, at) => pressed(i, this.rows.page(page)!, at))
    const after = this.reading.link(incident, page)
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

  /** Whose turn it is on the round-robin steps of a policy, by the keys that the ladder keeps it under. */
  turns(policy: string, steps: number): Record<string, number> {
    return Object.fromEntries(Array.from({ length: steps }, (_, i) => turnKey(policy, i + 1)).map((key) => [key, this.rows.mark(key)]))
  }

  /** Of [from, to): ms from "wanted" to "left" of first pages, shortest first; messages to people; and what a policy paged about. */
  departures(from: number, to: number): number[] {
    return this.rows.departures(from, to)
  }
  messages(from: number, to: number): Messages[] {
    return messagesTo(this.ctx.storage.sql, from, to)
  }
  pagedBy(policy: string, from: number, to: number): Past[] {
    return incidentsPagedBy(this.ctx.storage.sql, policy, from, to)
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
    attempt('incidents-recover', () => this.paging.recover(at))
    attempt('incidents-alarm', () => {
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
      const climbed = attempt('incidents-climb', () => this.deciding.climb(id, at))
      if (!climbed) attempt('incidents-later', () => this.rows.lookLater(id, at + MINUTE))
    }
    this.go(at)
  }

  private async apply(id: string, rule: Rule): Promise<IncidentView | Refused> {
    const at = Date.now()
    return this.deciding.decide(id, rule, at) ?? this.answer(id, at)
  }

  /** For people who changed something: their lists show it, unless D1 does not answer. */
  private async answer(id: string, at: number): Promise<IncidentView> {
    this.go(at)
    await this.telling.told(id)
    return this.reading.incident(id)!
  }

  private get team(): string | null {
    return this.rows.meta('team')
  }

  /** After every change: what is due leaves and the clock is set; then those who only watch are told. Never throws. */
  private go(at: number): void {
    const team = this.team
    if (!team) return
    attempt('incidents-send', () => {
      for (const sent of this.paging.start(team, at)) this.ctx.waitUntil(sent)
    })
    this.arm(at)
    this.telling.go(team)
  }

  private arm(at: number): void {
    // an alarm within a second looks at everything: in a storm each change would ask the same again
    if (this.armedAt !== null && this.armedAt > at && this.armedAt <= at + SECOND) return
    attempt('incidents-arm', () => {
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
}
