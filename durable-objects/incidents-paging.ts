import { pageOf } from '../shared/incidents/facts.ts'
import { sealLink, sealReport } from '../shared/incidents/link.ts'
import { begin, hold, isFailing, isUnsent, orphaned, type PageChange, type PageRow, settle } from '../shared/incidents/page-state.ts'
import type { NewEvent } from '../shared/incidents/timeline.ts'
import { openSecret } from '../shared/integrations/secret.ts'
import { log, reason } from '../shared/log.ts'
import { openContact } from '../shared/notify/contact-secret.ts'
import type { Page, Receipt } from '../shared/notify/page.ts'
import { gate, storm } from '../shared/notify/storm.ts'
import { type Ring, ring } from '../shared/seal.ts'
import { SECOND } from '../shared/time.ts'
import type { Env } from './env.ts'
import type { IncidentRows } from './incidents-store.ts'
import type { Roster } from './incidents-team.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** A team's pages on their way at once: one of many slow endpoints must not hold up the rest. */
const IN_FLIGHT_MAX = 50
/** Times that held pages make room in one go: the alarm goes on with the rest. */
const PASSES_MAX = 20
/** Deliver itself gives up after 10 s. */
const DELIVER_MS = 13 * SECOND
/** A page that has not left by then is told to /api/health. */
const SLOW_MS = 15 * SECOND
/** How soon after the attempt was saved we look whether this object still knows of it. */
export const WATCH_MS = 3 * SECOND

const sentMark = ({ channel, contact }: PageRow) => `sent:${channel} ${contact}`
const limitMark = ({ channel }: PageRow) => `limit:${channel}`

/** Sends what is due and keeps what became of it. */
export class Paging {
  private readonly inFlight = new Set<string>()
  private readonly env: Env
  private readonly rows: IncidentRows
  private readonly roster: Roster
  /** Saves a page's change with its events, in one piece, and lets the ladder react to it. */
  private readonly save: (change: PageChange, events: NewEvent[], at: number) => void
  constructor(env: Env, rows: IncidentRows, roster: Roster, save: Paging['save']) {
    this.env = env
    this.rows = rows
    this.roster = roster
    this.save = save
  }

  /** Saves the attempts of what is due, then sends. Returns the sends, which nobody has to await. */
  start(team: string, at: number): Promise<void>[] {
    const sends: Promise<void>[] = []
    // what is held back makes room for what is behind it
    for (let pass = 0; pass < PASSES_MAX && this.inFlight.size < IN_FLIGHT_MAX; pass++) {
      // at first only what has room: in a storm each page that left would read fifty to send one
      const due = this.rows.duePages(at, pass ? IN_FLIGHT_MAX : IN_FLIGHT_MAX - this.inFlight.size)
      if (!due.length) break
      for (const row of due) {
        if (this.inFlight.size >= IN_FLIGHT_MAX) break
        const send = this.begin(team, row, at)
        if (send) sends.push(send)
      }
    }
    return sends
  }

  /** One message: a page, with all others to the same phone where that is how the channel is. Null when it is held, or has left with another. */
  private begin(team: string, seen: PageRow, at: number): Promise<void> | null {
    const now = this.rows.page(seen.id)
    if (now?.state !== 'due' || now.dueAt === null || now.dueAt > at) return null
    // after a crash the same page leads as before: what a provider has already is recognised by it
    const leader = now.with ? this.rows.page(now.with) : null
    const row = leader?.state === 'due' ? { ...leader, dueAt: at } : now
    // a second try of the same page is no second message: it waited already, or the first was lost in a crash
    const sentAt = row.attempt > 0 ? 0 : this.rows.mark(sentMark(row))
    const passed = gate(row.channel, row.critical, { sentAt, spent: this.rows.mark(limitMark(row)) }, at)
    if (!passed.pass) {
      this.rows.savePage(hold(now, passed.until, passed.why, at))
      return null
    }
    const change = begin(row, at)
    if (!change) return null
    this.rows.setMark(limitMark(row), passed.spent)
    if (storm[row.channel].windowMs !== null) this.rows.setMark(sentMark(row), at)
    this.rows.savePage(change)
    const followers = storm[row.channel].windowMs === null ? [] : this.follow(change.page, at)
    this.inFlight.add(row.id)
    return this.send(team, change.page, followers)
  }

  /** What else waits for this phone leaves in the same message. Wishes for later keep their time. */
  private follow(leader: PageRow, at: number): PageRow[] {
    return this.rows.pagesTo(leader).flatMap((row) => {
      if (row.id === leader.id || row.kind !== 'page' || leader.kind !== 'page' || row.dueAt === null) return []
      if (row.dueAt > at && row.held === null) return []
      const change = begin({ ...row, dueAt: at }, at, leader.id)
      if (!change) return []
      this.rows.savePage(change)
      this.inFlight.add(row.id)
      return [change.page]
    })
  }

  /** Pages whose attempt was saved by an object that has ended since: sent again, marked as possibly twice. */
  recover(at: number): void {
    for (const row of this.rows.sending()) {
      const change = this.inFlight.has(row.id) ? null : orphaned(row, at)
      if (change) this.rows.savePage(change)
    }
  }

  /** Since when the oldest page waits that should have left; null when none does. */
  oldestUnsent(at: number): number | null {
    return this.rows.firstUnsent(at - SLOW_MS, (page) => isUnsent(page, at - SLOW_MS))?.wantedAt ?? null
  }

  private async send(team: string, row: PageRow, followers: PageRow[]): Promise<void> {
    let receipt: Receipt
    try {
      receipt = await within(
        DELIVER_MS,
        this.build(team, row, followers).then((page) => stubs.deliver(page)),
      )
    } catch (e) {
      log('page-not-sent', { team, page: row.id, message: reason(e) })
      const outcome = (e as Error).name === 'TimeoutError' ? 'unknown' : 'failed'
      receipt = { outcome, at: Date.now(), providerId: null, detail: 'our way out is shut', fault: 'ours' }
    }
    for (const { id } of [row, ...followers]) this.inFlight.delete(id)
    const at = Date.now()
    const number = this.rows.incident(row.incident)?.number
    for (const { id } of [row, ...followers]) {
      const now = this.rows.page(id)
      const told = id === row.id || receipt.outcome !== 'accepted' ? receipt : { ...receipt, detail: `Told together with INC-${number}.` }
      const change = now && settle(now, told, at)
      if (!change) continue
      if (change.page.state === 'accepted') this.departed(change.page, at)
      this.save(change, eventsOf(change, at), at)
    }
  }

  /** The first page of an incident: what the paging objective is measured by. */
  private departed({ kind, incident, wantedAt, life }: PageRow, at: number): void {
    if (kind === 'page' && life === 0) this.rows.departed(incident, at, Math.max(0, at - wantedAt))
  }

  private async build(team: string, row: PageRow, followers: PageRow[]): Promise<Page> {
    const incident = this.rows.incident(row.incident)
    if (!incident) throw new Error('a page without an incident')
    const keys = ring(this.env.SECRET_KEYS)
    const about = { team, incident: row.incident, page: row.id, person: row.person }
    const [link, report] = await Promise.all([sealLink(keys, about), sealReport(keys, about)])
    const base = this.env.TOCSIN_URL
    const links = {
      acknowledge: `${base}/a/${link}`,
      incident: `${base}/incidents/${incident.id}`,
      monitor: incident.cause?.type === 'monitor' ? `${base}/monitors/${incident.cause.id}` : null,
    }
    const secret = await this.secretOf(keys, team, row)
    const others = followers.flatMap((f) => this.rows.incident(f.incident) ?? []).filter((i) => i.id !== incident.id)
    const more = others.sort((a, b) => a.number - b.number)
    const beside = { team: { id: team, name: this.roster.teamName }, secret, links, report, more }
    return pageOf(incident, row, this.rows.pagesOf(row.incident), this.roster.reach, beside)
  }

  /** What signs a page for an endpoint, or a browser's subscription; null for other contacts, and when its key left the ring. */
  private async secretOf(keys: Ring, team: string, row: PageRow): Promise<string | null> {
    if (row.person) {
      const contacts = this.roster.reach.people.find((p) => p.id === row.person)?.contacts
      const contact = contacts?.find((c) => c.channel === row.channel && c.contact === row.contact)
      return contact?.secret ? openContact(keys, team, contact.secret) : null
    }
    const sealed = this.roster.reach.endpoints.find((e) => e.id === row.endpoint)?.secret
    return sealed ? openSecret(keys, team, sealed) : null
  }
}

/** What of a receipt belongs into the timeline: acceptance, the first failure, becoming a failing contact, giving up. */
function eventsOf({ page, receipt }: PageChange, at: number): NewEvent[] {
  const by = { type: 'channel' as const, id: page.channel, name: page.channel }
  const whom = { page_id: page.id, channel: page.channel, contact: page.contact, user_id: page.person, attempt: page.attempt }
  if (page.state === 'accepted') return [{ type: 'page-accepted', at, by, data: { ...whom, possibly_twice: page.possiblyTwice } }]
  const worthTelling = page.failures === 1 || page.state === 'failed' || (isFailing(page) && page.failures === 2)
  if (!worthTelling) return []
  return [{ type: 'page-failed', at, by, data: { ...whom, detail: receipt?.detail ?? null, gave_up: page.state === 'failed' } }]
}
