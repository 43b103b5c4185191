import { DurableObject } from 'cloudflare:workers'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import type { Active } from '../shared/metrics/alerts/evaluate.ts'
import { dueAt, nextAt, offsetOf } from '../shared/metrics/alerts/schedule.ts'
import { allAlerts } from '../shared/metrics/alerts/store.ts'
import { allGroups } from '../shared/metrics/rules/store.ts'
import { AlertsEvaluating } from './alerts-evaluating.ts'
import { AlertsOutgoing } from './alerts-outgoing.ts'
import { AlertRows, alertsLadder, type DueUnit, type Held, type Ran } from './alerts-store.ts'
import { sync } from './alerts-sync.ts'
import type { Env } from './env.ts'
import { migrate } from './migrate.ts'
import { within } from './within.ts'

/** Units under way at once: a slow query then holds up no other, and an invocation has six connections. */
const RUNNING_MAX = 6
const READ_MS = 10_000
const ACTIVE_SHOWN = 50

/** What the API shows of an alert beside its definition. Times in epoch ms. */
export type AlertFacts = {
  id: string
  state: Held['head']['state']
  since: number
  trouble: string | null
  evaluatedAt: number | null
  missed: { from: number; to: number; count: number } | null
  incident: string | null
  active: Active[]
  activeCount: number
  firingCount: number
}

/**
 * One per team: evaluates its alerts and rule groups on their grid of instants. State is saved with what must be told of it, in
 * one transaction, and told afterwards until answered; a restart goes on where it was and evaluates what it missed.
 */
export class Alerts extends DurableObject<Env> {
  private readonly rows: AlertRows
  private readonly out: AlertsOutgoing
  private readonly evaluating: AlertsEvaluating
  private readonly running = new Set<string>()
  private armedAt: number | null = null

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage.sql, alertsLadder)
    this.rows = new AlertRows(ctx.storage.sql)
    this.out = new AlertsOutgoing(
      () => this.env,
      this.rows,
      (rule, intent, incident) => this.evaluating.named(rule, intent, incident),
    )
    this.evaluating = new AlertsEvaluating(ctx.storage, this.rows, () => this.env.TOCSIN_URL)
  }

  /** D1 changed: alerts, rule groups. Throws when D1 does not answer, so that the poke comes again. */
  async refresh(team: string): Promise<void> {
    const database = db(this.env.DB)
    const [alerts, groups] = await within(READ_MS, Promise.all([allAlerts(database, team), allGroups(database, team)]))
    const at = Date.now()
    this.ctx.storage.transactionSync(() => {
      this.rows.setMeta('team', team)
      sync(this.rows, team, alerts, groups, at)
    })
    this.go(at)
  }

  /** What is known of these alerts; one that is not held is left out. */
  read(ids: readonly string[]): AlertFacts[] {
    this.go(Date.now())
    return ids.flatMap((id) => {
      const held = this.rows.rule(id)
      return held ? [factsOf(id, held)] : []
    })
  }

  /** Everything that is active, and how each rule fares: Prometheus' own view of a team's rules. */
  all(): AlertFacts[] {
    return this.rows.rules().map((held) => factsOf(held.rule.id, held))
  }

  /** How the last evaluation of each went, by the id of the alert or rule group. */
  evaluations(): Record<string, Ran> {
    return this.rows.allRan()
  }

  /** Wakes it, should its alarm have been lost. */
  arm(): void {
    this.go(Date.now())
  }

  /** A leaving team: nothing of it is kept. */
  async forget(): Promise<void> {
    await this.ctx.storage.deleteAlarm()
    this.armedAt = null
    this.rows.clear()
  }

  override alarm(): void {
    this.armedAt = null
    this.go(Date.now())
  }

  /** Starts what is due, tells what waits, sets the clock. Never throws. */
  private go(at: number): void {
    try {
      const team = this.rows.meta('team')
      if (!team) return
      const room = RUNNING_MAX - this.running.size
      const due = room > 0 ? this.rows.due(at, RUNNING_MAX * 2).filter(({ unit }) => !this.running.has(unit.id)) : []
      for (const unit of due.slice(0, room)) this.ctx.waitUntil(this.evaluate(team, unit))
      const told = this.out.go(team, at)
      this.ctx.waitUntil(told.then(() => this.setAlarm(Date.now())))
      this.setAlarm(at)
    } catch (e) {
      log('bug', { where: 'alerts', message: reason(e) })
      void this.ctx.storage.setAlarm(at + 10_000)
    }
  }

  private async evaluate(team: string, { unit, evaluated }: DueUnit): Promise<void> {
    this.running.add(unit.id)
    const offset = offsetOf(unit.id, unit.intervalMs)
    let again = Date.now() + unit.intervalMs
    try {
      const due = dueAt(evaluated, unit.intervalMs, offset, Date.now())
      const done = due ? await this.evaluating.evaluate(team, unit, due) : true
      again = done ? nextAt(Date.now(), unit.intervalMs, offset) : Date.now() + Math.min(unit.intervalMs, 15_000)
    } catch (e) {
      log('bug', { where: 'alerts-evaluate', team, unit: unit.id, message: reason(e) })
    } finally {
      this.running.delete(unit.id)
      this.rows.evaluated(unit.id, null, again)
      this.go(Date.now())
    }
  }

  private setAlarm(at: number): void {
    const next = this.running.size >= RUNNING_MAX ? null : this.rows.nextDue()
    // a unit that is under way is due until it is done: look again, but do not spin
    const unit = next === null ? null : next <= at ? at + 1000 : next
    const dues = [unit, this.out.dueAt(at), this.running.size ? at + 30_000 : null].filter((due) => due !== null)
    if (!dues.length) return
    const due = Math.min(...dues)
    if (due === this.armedAt) return
    this.armedAt = due
    void this.ctx.storage.setAlarm(due)
  }
}

function factsOf(id: string, { state, head }: Held): AlertFacts {
  const all = Object.values(state.active)
  const firing = all.filter((a) => a.state === 'firing')
  return {
    id,
    state: head.state,
    since: head.state_since,
    trouble: state.trouble?.message ?? null,
    evaluatedAt: state.at,
    missed: state.missed,
    incident: head.incident_id,
    active: [...firing, ...all.filter((a) => a.state === 'pending')].slice(0, ACTIVE_SHOWN),
    activeCount: all.length,
    firingCount: firing.length,
  }
}
