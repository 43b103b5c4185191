import { db } from '../shared/db.ts'
import { log } from '../shared/log.ts'
import { touchPagesOf } from '../shared/status-pages/store.ts'
import { writeHeads } from '../shared/uptime/store.ts'
import type { Held } from '../shared/uptime/watch.ts'
import type { Env } from './env.ts'
import type { Call, ShardRows } from './monitor-shard-rows.ts'
import { stubs } from './stubs.ts'
import { sendRows } from './transport.ts'
import { within } from './within.ts'

/** D1 is waited for this long, then tried again: nothing of ours hangs on it. DESIGN §2. */
const HEADS_MS = 2000
const HEADS_MAX = 50
const FLUSH_MS = 1000
const CHECK_ROWS_MAX = 20_000
const STATE_ROWS_MAX = 1000
const againAfter = (tries: number) => Math.min(60_000, 1000 * 2 ** tries)

/** What the shard knows and these need. */
type Shard = {
  env: () => Env
  held: (id: string) => Held | undefined
  /** Incidents answered: the incident of this intent goes by that id. */
  opened: (monitor: string, intent: string, incident: string) => void
  /** Check rows were given up because the transport was closed for too long. */
  gaveUp: (rows: number) => void
  /** D1 has this revision. */
  told: (monitor: string, rev: number) => void
}

/**
 * Everything a MonitorShard tells others, each retried by its alarm until answered: verdicts to Incidents (first, waiting for
 * nothing), heads to D1, rows to ClickHouse, frames to open dashboards.
 */
export class Outgoing {
  private readonly shard: Shard
  private readonly rows: ShardRows
  private calls: Call[]
  /** Monitors whose calls are under way; one at a time each, in order. */
  private readonly telling = new Set<string>()
  private readonly waits = new Map<string, { tries: number; until: number }>()
  private readonly due = new Set<string>()
  private heads = { busy: false, tries: 0, until: 0 }
  private checks: { line: string; at: number }[] = []
  private flush = { busy: false, tries: 0, until: 0 }
  private statesWaiting: boolean

  constructor(shard: Shard, rows: ShardRows) {
    this.shard = shard
    this.rows = rows
    this.calls = rows.calls()
    this.statesWaiting = rows.states(1).length > 0
  }

  get idle(): boolean {
    return !this.calls.length && !this.due.size && !this.checks.length && !this.statesWaiting
  }

  isTelling = (monitor: string): boolean => this.calls.some((c) => c.monitor === monitor)

  /** A call that is saved already. */
  called(call: Call): void {
    this.calls.push(call)
  }
  headDue(id: string): void {
    this.due.add(id)
    this.heads.until = 0
  }
  checked(line: string, at: number): void {
    this.checks.push({ line, at })
    if (this.checks.length > CHECK_ROWS_MAX) this.shard.gaveUp(this.checks.splice(0, this.checks.length - CHECK_ROWS_MAX).length)
  }
  /** What storage held of it is gone already. */
  forget(team: string): void {
    this.calls = this.calls.filter((c) => c.team !== team)
    this.checks = this.checks.filter((c) => !c.line.includes(team))
  }
  stateDue(): void {
    this.statesWaiting = true
  }

  /** Does what is due now; called on every tick and right after a verdict. */
  go(at: number): Promise<unknown>[] {
    const work: Promise<unknown>[] = []
    for (const monitor of new Set(this.calls.map((c) => c.monitor)))
      if (!this.telling.has(monitor) && (this.waits.get(monitor)?.until ?? 0) <= at) work.push(this.tell(monitor))
    if (this.due.size && !this.heads.busy && this.heads.until <= at) work.push(this.writeHeads())
    const oldest = this.checks[0]?.at ?? (this.statesWaiting ? 0 : Number.POSITIVE_INFINITY)
    if (!this.flush.busy && this.flush.until <= at && oldest + FLUSH_MS <= at) work.push(this.send())
    return work
  }

  private async tell(monitor: string): Promise<void> {
    this.telling.add(monitor)
    try {
      for (let call = this.next(monitor); call; call = this.next(monitor)) {
        const incidents = stubs.incidents(call.team)
        if ('open' in call) {
          const { id } = await within(10_000, Promise.resolve(incidents.open(call.open)))
          if (id !== call.open.id) this.rename(monitor, call.open.id, id)
        } else await within(10_000, Promise.resolve(incidents.observe(call.observe)))
        this.rows.dropCall(call.seq)
        this.calls = this.calls.filter((c) => c.seq !== call!.seq)
      }
      this.waits.delete(monitor)
    } catch (e) {
      const tries = this.waits.get(monitor)?.tries ?? 0
      this.waits.set(monitor, { tries: tries + 1, until: Date.now() + againAfter(tries) })
      log('incident-call-failed', { monitor, tries, message: (e as Error).message })
    } finally {
      this.telling.delete(monitor)
    }
  }
  private next = (monitor: string) => this.calls.find((c) => c.monitor === monitor)

  /** The team's incidents reopened an older one: what we say next is about that. */
  private rename(monitor: string, intent: string, incident: string) {
    this.shard.opened(monitor, intent, incident)
    for (const call of this.calls)
      if ('observe' in call && call.observe.incident === intent) {
        call.observe.incident = incident
        this.rows.changeCall(call)
      }
  }

  private async writeHeads(): Promise<void> {
    this.heads.busy = true
    let tries = this.heads.tries
    try {
      for (let written = this.nextHeads(); written.length; written = this.nextHeads()) {
        await within(HEADS_MS, this.writeBatch(written)).finally(() => this.publish(written))
        tries = 0
      }
      this.heads = { busy: false, tries, until: 0 }
    } catch (e) {
      this.heads = { busy: false, tries: tries + 1, until: Date.now() + againAfter(tries) }
      log('heads-not-written', { heads: this.due.size, tries, message: (e as Error).message })
    }
  }

  private nextHeads(): Held[] {
    for (const id of this.due) if (!this.shard.held(id)) this.due.delete(id)
    return [...this.due].slice(0, HEADS_MAX).flatMap((id) => this.shard.held(id) ?? [])
  }

  private async writeBatch(written: Held[]): Promise<void> {
    const database = db(this.shard.env().DB)
    const at = Date.now()
    const heads = written.map(({ monitor: { id, team }, status, statusSince, incident, rev }) => {
      return { id, team, status, status_since: statusSince, incident_id: incident, rev }
    })
    const shown = heads.map(({ id, team }) => ({ team, monitor: id }))
    await database.batch([writeHeads(database, heads), touchPagesOf(database, shown, at)])
    for (const h of written) {
      if (this.shard.held(h.monitor.id)?.rev === h.rev) this.due.delete(h.monitor.id)
      this.shard.told(h.monitor.id, h.rev)
    }
  }

  /** Dashboards ask the shard for one monitor and D1 for lists: told also when D1 was not. */
  private async publish(written: Held[]): Promise<void> {
    const frames = written.map((h) => stubs.live(h.monitor.team).publish({ type: 'monitor', id: h.monitor.id, version: h.rev }))
    await Promise.allSettled(frames.map((f) => Promise.resolve(f)))
  }

  private async send(): Promise<void> {
    this.flush.busy = true
    const checks = this.checks
    this.checks = []
    try {
      const env = this.shard.env()
      const states = this.statesWaiting ? this.rows.states(STATE_ROWS_MAX) : []
      if (states.length) {
        await sendRows(env, 'monitor_states', states.map((s) => s.row).join('\n'), states.length)
        this.rows.dropStates(states.at(-1)!.seq)
      }
      this.statesWaiting = states.length > 0 && this.rows.states(1).length > 0
      if (checks.length) await sendRows(env, 'checks', checks.map((c) => c.line).join('\n'), checks.length)
      this.flush = { busy: false, tries: 0, until: 0 }
    } catch (e) {
      this.checks = [...checks, ...this.checks]
      const { tries } = this.flush
      this.flush = { busy: false, tries: tries + 1, until: Date.now() + againAfter(tries) }
      log('rows-not-accepted', { rows: this.checks.length, tries, message: (e as Error).message })
    }
  }
}
