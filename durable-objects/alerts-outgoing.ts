import { db } from '../shared/db.ts'
import { newId } from '../shared/ids.ts'
import { enqueueWebhooks } from '../shared/integrations/deliveries.ts'
import { log, reason } from '../shared/log.ts'
import { writeAlertHead } from '../shared/metrics/alerts/store.ts'
import type { AlertRows, QueuedCall } from './alerts-store.ts'
import type { Env } from './env.ts'
import { stubs } from './stubs.ts'
import { sendRows } from './transport.ts'
import { within } from './within.ts'

const CALL_MS = 10_000
const HEADS_MS = 2000
const AT_ONCE = 100
/** A transition is stored with its incident's id; it does not wait longer for one. */
const PATIENCE_MS = 10_000
/** More open incidents at once than this, and the oldest are no longer known by their intents. */
const INTENTS_MAX = 5000
const againAfter = (tries: number) => Math.min(60_000, 1000 * 2 ** tries)

/** Everything an Alerts object tells others, each saved before and retried until answered: incidents first, then lists, history, dashboards. */
export class AlertsOutgoing {
  private readonly env: () => Env
  private readonly rows: AlertRows
  private readonly onIncident: (rule: string, intent: string, incident: string) => void
  private busy: Promise<void> | null = null
  private tries = 0
  private until = 0
  constructor(env: () => Env, rows: AlertRows, onIncident: AlertsOutgoing['onIncident']) {
    this.env = env
    this.rows = rows
    this.onIncident = onIncident
  }

  /** When to come again; null when nothing waits. */
  dueAt(at: number): number | null {
    return this.rows.isWaiting() ? Math.max(at + 1000, this.until) : null
  }

  /** Tells what waits, one thing after the other; never throws. */
  go(team: string, at: number): Promise<void> {
    if (this.busy || this.until > at || !this.rows.isWaiting()) return this.busy ?? Promise.resolve()
    this.busy = this.tell(team)
      .then(() => {
        this.tries = 0
        this.until = 0
      })
      .catch((e) => {
        this.until = Date.now() + againAfter(this.tries++)
        log('alerts-not-told', { team, tries: this.tries, message: reason(e) })
      })
      .finally(() => {
        this.busy = null
      })
    return this.busy
  }

  private async tell(team: string): Promise<void> {
    for (let calls = this.rows.calls(AT_ONCE); calls.length; calls = this.rows.calls(AT_ONCE))
      for (const queued of calls) await this.call(team, queued)
    // a list that is late must not hold up history, nor the other way round
    const told = await Promise.allSettled([
      this.writeHeads(team),
      this.sendTransitions(team),
      this.sendPoints(team),
      this.sendNotices(team),
    ])
    for (const t of told) if (t.status === 'rejected') throw t.reason
  }

  private async call(team: string, { seq, rule, call }: QueuedCall): Promise<void> {
    const incidents = stubs.incidents(team)
    if ('open' in call) {
      const { id } = await within(CALL_MS, Promise.resolve(incidents.open(call.open)))
      this.rows.opened(call.open.id, id)
      this.onIncident(rule, call.open.id, id)
    } else {
      const { intent, ...observed } = call.ended
      const incident = this.rows.incidentOf(intent) ?? intent
      await within(
        CALL_MS,
        Promise.resolve(incidents.observe({ id: `${intent}:${observed.type}:${observed.at}`, incident, votes: [], ...observed })),
      )
    }
    this.rows.doneCall(seq)
  }

  private async writeHeads(team: string): Promise<void> {
    for (let due = this.rows.headsDue(50); due.length; due = this.rows.headsDue(50)) {
      const database = db(this.env().DB)
      const [first, ...rest] = due.map(({ id, head }) => writeAlertHead(database, { id, team, ...head }))
      const told = () => Promise.allSettled(due.map(({ id, head }) => Promise.resolve(stubs.live(team).publish({ type: 'alert', id, version: head.rev })))) // biome-ignore format: one thought
      await within(HEADS_MS, database.batch([first!, ...rest])).finally(told)
      for (const { id, head } of due) this.rows.headWritten(id, head.rev)
    }
  }

  /** Rows for the webhooks they name; those send themselves, so that a slow endpoint holds up nothing here. */
  private async sendNotices(team: string): Promise<void> {
    const due = this.rows.notices(AT_ONCE)
    if (!due.length) return
    const database = db(this.env().DB)
    for (const { seq, notice } of due) {
      await within(HEADS_MS, database.batch(enqueueWebhooks(database, team, notice, Date.now())))
      this.rows.dropNotice(seq)
    }
    await stubs.drain(team).catch(() => {})
  }

  private async sendPoints(team: string): Promise<void> {
    for (let due = this.rows.points(AT_ONCE); due.length; due = this.rows.points(AT_ONCE)) {
      await (await import('./alerts-points.ts')).sendPoints(this.env(), team, due)
      this.rows.dropPoints(due.at(-1)!.seq)
    }
  }

  private async sendTransitions(team: string): Promise<void> {
    for (;;) {
      const due = this.rows.transitions(Date.now() - PATIENCE_MS, 1000)
      if (!due.length) break
      const lines = due.map(({ doc, intent }) =>
        JSON.stringify({ ...doc, team, incident_id: intent && (this.rows.incidentOf(intent) ?? intent) }),
      )
      await sendRows(this.env(), 'alert_transitions', `${lines.join('\n')}\n`, lines.length)
      this.rows.dropTransitions(due.map((d) => d.seq))
    }
    this.rows.forgetIntents(INTENTS_MAX)
  }
}

/** A row of history, before it knows its incident. */
export const transitionRow = (
  alert: string,
  t: { key: string; labels: Record<string, string>; from: string; to: string; at: number; value: string; activeAt: number },
) => ({
  alert_id: alert,
  at: new Date(t.at).toISOString(),
  id: newId(t.at),
  series: t.key,
  labels: t.labels,
  from_state: t.from,
  to_state: t.to,
  value: t.value,
  active_at: new Date(t.activeAt).toISOString(),
})
