import { pageOf } from '../shared/incidents/facts.ts'
import { sealLink } from '../shared/incidents/link.ts'
import { begin, isFailing, isUnsent, orphaned, type PageChange, type PageRow, settle } from '../shared/incidents/page-state.ts'
import type { NewEvent } from '../shared/incidents/timeline.ts'
import { openSecret } from '../shared/integrations/secret.ts'
import { log, reason } from '../shared/log.ts'
import type { Page, Receipt } from '../shared/notify/page.ts'
import { type Ring, ring } from '../shared/seal.ts'
import { SECOND } from '../shared/time.ts'
import type { Env } from './env.ts'
import type { IncidentRows } from './incidents-store.ts'
import type { Roster } from './incidents-team.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** A team's pages on their way at once: one of many slow endpoints must not hold up the rest. */
const IN_FLIGHT_MAX = 50
/** Deliver itself gives up after 10 s. */
const DELIVER_MS = 13 * SECOND
/** A page that has not left by then is told to /api/health. */
const SLOW_MS = 15 * SECOND
/** How soon after the attempt was saved we look whether this object still knows of it. */
export const WATCH_MS = 3 * SECOND

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
    const room = IN_FLIGHT_MAX - this.inFlight.size
    if (room <= 0) return []
    return this.rows.duePages(at, room).flatMap((row) => {
      const change = begin(row, at)
      if (!change) return []
      this.inFlight.add(row.id)
      this.rows.savePage(change)
      return [this.send(team, change.page)]
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
    return this.rows.unsent(at - SLOW_MS).find(isUnsent)?.createdAt ?? null
  }

  private async send(team: string, row: PageRow): Promise<void> {
    let receipt: Receipt
    try {
      receipt = await within(
        DELIVER_MS,
        this.build(team, row).then((page) => stubs.deliver(page)),
      )
    } catch (e) {
      log('page-not-sent', { team, page: row.id, message: reason(e) })
      const outcome = (e as Error).name === 'TimeoutError' ? 'unknown' : 'failed'
      receipt = { outcome, at: Date.now(), providerId: null, detail: 'our way out is shut', fault: 'ours' }
    }
    this.inFlight.delete(row.id)
    const at = Date.now()
    const now = this.rows.page(row.id)
    const change = now && settle(now, receipt, at)
    if (change) this.save(change, eventsOf(change, at), at)
  }

  private async build(team: string, row: PageRow): Promise<Page> {
    const incident = this.rows.incident(row.incident)
    if (!incident) throw new Error('a page without an incident')
    const keys = ring(this.env.SECRET_KEYS)
    const link = await sealLink(keys, { team, incident: row.incident, page: row.id, person: row.person })
    const base = this.env.TOCSIN_URL
    const links = {
      acknowledge: `${base}/a/${link}`,
      incident: `${base}/incidents/${incident.id}`,
      monitor: incident.cause?.type === 'monitor' ? `${base}/monitors/${incident.cause.id}` : null,
    }
    const secret = await this.secretOf(keys, team, row)
    const beside = { team: { id: team, name: this.roster.teamName }, secret, links }
    return pageOf(incident, row, this.rows.pagesOf(row.incident), this.roster.reach, beside)
  }

  /** What signs a page for an endpoint; null for people, and when its key left the ring. */
  private async secretOf(keys: Ring, team: string, row: PageRow): Promise<string | null> {
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
