import { DurableObject } from 'cloudflare:workers'
import { db } from '../shared/db.ts'
import { log } from '../shared/log.ts'
import { SECOND } from '../shared/time.ts'
import type { CheckResult } from '../shared/uptime/checks/spec.ts'
import { type Lateness, Punctuality } from '../shared/uptime/lateness.ts'
import type { Facts } from '../shared/uptime/monitor.ts'
import { moveMonitor, watched } from '../shared/uptime/store.ts'
import { judge, nextAskAt } from '../shared/uptime/verdict.ts'
import { checkRow, factsOf, type Held, nextTurn, notCounted, rulesOf, stoodStill } from '../shared/uptime/watch.ts'
import { STEP_MS } from '../shared/uptime/wheel.ts'
import { attempt } from './attempt.ts'
import type { Env } from './env.ts'
import { migrate } from './migrate.ts'
import { Outgoing } from './monitor-shard-outgoing.ts'
import { ShardRows, shardLadder } from './monitor-shard-rows.ts'
import { Verdicts } from './monitor-shard-verdicts.ts'
import { type Asked, begin, groupsOf, outOfTurn, probe, type Watch } from './monitor-shard-watch.ts'
import { Watching } from './monitor-shard-watching.ts'
import { stubs } from './stubs.ts'

/** An alarm is at most this far ahead while anything is watched. */
const ARMED_MS = 1000
/** Checks. 16 shards of them, all waiting for silent targets, leave most of 20,000 open files free (500 a shard did not, measured). */
const IN_FLIGHT_MAX = 250
const ALIVE_MS = 5 * SECOND

/** Whether its monitors are up, since when, and when each is checked next. Named by its number. DESIGN §3, §4. */
export class MonitorShard extends DurableObject<Env> {
  private readonly rows: ShardRows
  private readonly watching: Watching
  private readonly out: Outgoing
  private readonly verdicts: Verdicts
  private readonly poking = new Map<string, Promise<void>>()
  private inFlight = 0
  private aliveAt = 0
  private armedFor = Number.POSITIVE_INFINITY
  /** When this object last found that it had stood still. */
  private stalledAt = 0
  private readonly punctuality: Punctuality

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage.sql, shardLadder)
    this.rows = new ShardRows(ctx.storage.sql)
    this.punctuality = new Punctuality(JSON.parse(this.rows.meta('lost') ?? '[]'))
    this.out = new Outgoing(
      {
        env: () => this.env,
        held: (id) => this.watching.get(id)?.h,
        opened: (id, intent, incident) =>
          this.verdicts.change(this.watching.get(id), (h) => (h.incident === intent ? { ...h, incident } : h)),
        gaveUp: (n) => this.lose(n, Date.now()),
        told: (id, rev) => this.verdicts.change(this.watching.get(id), (h) => (h.rev === rev ? { ...h, headDue: false } : h)),
      },
      this.rows,
    )
    this.verdicts = new Verdicts(ctx.storage, this.rows, this.out)
    this.watching = new Watching(this.rows, this.verdicts)
    const at = Date.now()
    const aliveAt = Number(this.rows.meta('alive') ?? at)
    for (const h of this.rows.all()) {
      this.watching.resume(h, aliveAt, at)
      if (h.headDue) this.out.headDue(h.monitor.id)
    }
    this.out.stateDue()
    if (this.watching.size) this.arm(at)
  }

  /** The monitor's row changed, or it is new, or gone: reads it again. */
  async poke({ team, monitor }: { team: string; monitor: string }): Promise<void> {
    const before = this.poking.get(monitor) ?? Promise.resolve()
    const mine = before.catch(() => {}).then(() => this.reread(team, monitor))
    this.poking.set(monitor, mine)
    await mine.finally(() => this.poking.get(monitor) === mine && this.poking.delete(monitor))
  }

  /** What is known now of those of `ids` that are this team's and watched here. */
  read(team: string, ids: string[]): (Facts & { id: string })[] {
    return ids.flatMap((id) => {
      const w = this.watching.get(id)
      return w?.h.monitor.team === team ? factsOf(w.h) : []
    })
  }

  /** All regions at once; the answers count like a turn's, or as the round that is due when it is down. Null: not watched here. */
  async checkNow(team: string, id: string): Promise<CheckResult[] | null> {
    const w = this.watching.get(id)
    if (w?.h.monitor.team !== team) return null
    w.asking ??= this.askAll(w).finally(() => {
      w.asking = null
    })
    return w.asking
  }

  /** Gives one monitor to another shard; the column in D1 changes when that one has it. Doing it again is harmless. */
  async handOver(id: string, to: number): Promise<void> {
    const w = this.watching.get(id)
    if (!w) return
    if (this.out.isTelling(id)) throw new Error('its incident is being told of a verdict; hand over a moment later')
    this.watching.stop(w)
    const { team, shard } = w.h.monitor
    await stubs.monitorShard(to).takeOver({ ...w.h, monitor: { ...w.h.monitor, shard: to } })
    await moveMonitor(db(this.env.DB), team, id, shard, to)
    this.rows.drop(id)
  }
  takeOver(h: Held): void {
    const at = Date.now()
    this.rows.save(h)
    this.watching.resume(h, at, at)
    this.arm(at)
  }

  /** For the cron: a lost alarm would leave its monitors unwatched. True when it was lost. */
  async ensureArmed(): Promise<boolean> {
    if (this.idle || (await this.ctx.storage.getAlarm()) !== null) return false
    this.arm(Date.now())
    return true
  }

  /** A team left: nothing of it stays here. */
  forget(team: string): void {
    for (const w of this.watching.all()) if (w.h.monitor.team === team) this.watching.stop(w)
    this.rows.forget(team)
    this.out.forget(team)
  }

  /** How it goes here, for the minute's cron; `lost` is of 24 hours. */
  gauges(): Lateness & { monitors: number; in_flight: number } {
    return { ...this.punctuality.gauges(Date.now()), monitors: this.watching.size, in_flight: this.inFlight }
  }

  /** Never throws: after six failures the platform would drop it. Returns at once; checks run on. */
  override alarm(): void {
    const at = Date.now()
    attempt('monitor-shard', () => {
      if (stoodStill(this.armedFor, at)) this.stalledAt = at
      this.tick(at)
    })
    this.arm(Date.now())
  }

  private get idle(): boolean {
    return !this.watching.wheel.size && !this.inFlight && this.out.idle
  }
  private arm(at: number): void {
    if (this.idle) return
    this.armedFor = Math.max(at + 1, this.watching.wheel.next(at + ARMED_MS))
    void this.ctx.storage.setAlarm(this.armedFor)
  }
  /** Its name; in an alarm the platform may not tell it. */
  private get number(): number {
    if (this.ctx.id.name !== undefined) this.rows.setMeta('number', this.ctx.id.name)
    return Number(this.ctx.id.name ?? this.rows.meta('number'))
  }

  private tick(at: number): void {
    if (at - this.aliveAt >= ALIVE_MS) {
      this.aliveAt = at
      this.rows.setMeta('alive', String(at))
    }
    for (const w of this.watching.all()) if (w.window.changesAt !== null && w.window.changesAt <= at) this.verdicts.turnWindow(w, at)
    const room = IN_FLIGHT_MAX - this.inFlight
    const asked: Asked[] = []
    while (asked.length < room) {
      const [id] = this.watching.wheel.take(at, 1)
      if (id === undefined) break
      const w = this.watching.get(id)
      if (!w) continue
      if (w.inFlight) this.watching.schedule(w, at + STEP_MS)
      else {
        this.punctuality.began(at - w.dueAt, at)
        asked.push(...begin(w, at))
      }
    }
    for (const group of groupsOf(asked)) this.ctx.waitUntil(this.run(group))
    this.tell(at)
  }
  private tell(at: number): void {
    for (const work of this.out.go(at)) this.ctx.waitUntil(work)
  }

  private async askAll(w: Watch): Promise<CheckResult[]> {
    const at = Date.now()
    w.dueAt = at
    const isRound = w.h.state.phase === 'down' && !w.inFlight && !w.h.paused
    const asked = isRound ? begin(w, at) : outOfTurn(w, at)
    return (await Promise.all(asked.map((one) => this.run([one])))).flat()
  }

  /** One group, one region. A probe that does not answer is our trouble: no result, and no verdict from it. */
  private async run(group: Asked[]): Promise<CheckResult[]> {
    const askedAt = Date.now()
    this.inFlight += group.length
    for (const { w } of group) w.inFlight++
    const results: (CheckResult | undefined)[] = await probe(this.env, group).catch((e: Error) => {
      log('probe-failed', { region: group[0]!.region, checks: group.length, message: e.message })
      return []
    })
    const at = Date.now()
    this.inFlight -= group.length
    const without = group.length - results.filter(Boolean).length
    if (without) this.lose(without, at)
    group.forEach((asked, i) => {
      asked.w.inFlight--
      this.settle(asked, results[i], askedAt, at)
    })
    this.tell(at)
    if (this.watching.wheel.next(at + ARMED_MS) <= at) this.arm(at)
    return results.flatMap((r) => r ?? [])
  }

  /** Checks that came to nothing through our fault. */
  private lose(n: number, at: number): void {
    this.punctuality.lose(n, at)
    this.rows.setMeta('lost', JSON.stringify(this.punctuality.lost))
  }

  private settle({ w, epoch, round, verdict }: Asked, result: CheckResult | undefined, askedAt: number, at: number): void {
    if (this.watching.get(w.h.monitor.id) !== w || w.epoch !== epoch) return
    if (result) {
      const not = notCounted(w.h, { askedAt, answeredAt: at, stalledAt: this.stalledAt })
      const judged = not ? null : judge(w.h.state, rulesOf(w.h, w.window.open), [verdict ? result : { ...result, round: null }], at)
      if (judged) this.verdicts.apply(w, judged, at)
      w.h = { ...w.h, lastCheckedAt: result.at }
      this.out.checked(checkRow(w.h, result, round, judged?.why ?? [not!]), at)
    }
    if (w.inFlight || w.h.paused) return
    if (w.h.incident) this.verdicts.tellRegions(w, at)
    // a turn is taken up to a step early: its next one is after the turn, not after its check
    const turnAt = nextTurn(w.h.monitor, Math.max(at, w.dueAt))
    this.watching.schedule(w, Math.max(at, nextAskAt(w.h.state, rulesOf(w.h, w.window.open), turnAt)))
  }

  private async reread(team: string, id: string): Promise<void> {
    const row = await watched(db(this.env.DB), team, id)
    const at = Date.now()
    const w = this.watching.get(id)
    if (w && w.h.monitor.team !== team) return
    const elsewhere = row && row.monitor.shard !== this.number
    if (!row || elsewhere || row.monitor.deleted_at !== null) {
      if (!w) return
      this.watching.stop(w)
      this.verdicts.drop(w, elsewhere ? null : this.verdicts.observation(w, 'deleted', ['the monitor was deleted'], at))
    } else if (w) this.watching.reconsider(w, row, at)
    else this.watching.start(row, at)
    this.tell(at)
    this.arm(at)
  }
}
