import { DurableObject } from 'cloudflare:workers'
import { db } from '../shared/db.ts'
import { newId } from '../shared/ids.ts'
import type { Observation } from '../shared/incidents/intent.ts'
import { log } from '../shared/log.ts'
import { ring } from '../shared/seal.ts'
import { SECOND } from '../shared/time.ts'
import type { CheckResult, Region } from '../shared/uptime/checks/spec.ts'
import { maintenanceAt } from '../shared/uptime/maintenance.ts'
import type { Facts } from '../shared/uptime/monitor.ts'
import { places } from '../shared/uptime/regions.ts'
import { openSecrets } from '../shared/uptime/secrets.ts'
import { moveMonitor, watched } from '../shared/uptime/store.ts'
import { ask, askAgainAt, judge, resumed, unknown, type Verdict } from '../shared/uptime/verdict.ts'
import {
  checkRow, factsOf, type Held, intentOf, isSlow, LATE_MS, nextTurn, observationOf, restated, rulesOf, specOf, stateRow, windowOf,
} from '../shared/uptime/watch.ts' // biome-ignore format: a list
import { STEP_MS, Wheel } from '../shared/uptime/wheel.ts'
import type { Env } from './env.ts'
import { migrate } from './migrate.ts'
import { Outgoing } from './monitor-shard-outgoing.ts'
import { ShardRows, shardLadder } from './monitor-shard-rows.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** An alarm is at most this far ahead while anything is watched. */
const ARMED_MS = 1000
const IN_FLIGHT_MAX = 500
const GROUP_MAX = 5
const ALIVE_MS = 5 * SECOND
/** Longer without a look is time that nobody observed. */
const GAP_MS = 60 * SECOND
const PROBE_SLICES = 2

/** A monitor in memory: what is held, and what a restart may forget. */
type Watch = {
  h: Held
  /** Grows when what is asked changes; answers of an older one are dropped. */
  epoch: number
  inFlight: number
  dueAt: number
  window: { open: boolean; changesAt: number | null }
  secrets: ReturnType<typeof openSecrets> | null
  /** The regions that failed when Incidents last heard of it. */
  failing: string | null
  /** Nobody looked until now; the next answer ends that. */
  unobserved: boolean
  asking: Promise<CheckResult[]> | null
}
type Asked = { w: Watch; epoch: number; region: Region; round: string | null; dueAt: number; verdict: boolean }

/** Whether its monitors are up, since when, and when each is checked next. Named by its number. DESIGN §3, §4. */
export class MonitorShard extends DurableObject<Env> {
  private readonly rows: ShardRows
  private readonly watches = new Map<string, Watch>()
  private readonly wheel = new Wheel()
  private readonly out: Outgoing
  private readonly poking = new Map<string, Promise<void>>()
  private inFlight = 0
  private aliveAt = 0
  private lagMs = 0

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage.sql, shardLadder)
    this.rows = new ShardRows(ctx.storage.sql)
    const at = Date.now()
    const aliveAt = Number(this.rows.meta('alive') ?? at)
    for (const h of this.rows.all()) this.resume(h, aliveAt, at)
    this.out = new Outgoing(
      {
        env: () => this.env,
        held: (id) => this.watches.get(id)?.h,
        opened: (id, intent, incident) => this.change(id, (h) => (h.incident === intent ? { ...h, incident, headDue: true } : h)),
        told: (id, rev) => this.change(id, (h) => (h.rev === rev ? { ...h, headDue: false } : h)),
      },
      this.rows,
      [...this.watches.values()].filter((w) => w.h.headDue).map((w) => w.h.monitor.id),
    )
    if (this.watches.size) this.arm(at)
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
      const w = this.watches.get(id)
      return w?.h.monitor.team === team ? factsOf(w.h) : []
    })
  }

  /** All regions at once; the answers count like a turn's, or as the round that is due when it is down. Null: not watched here. */
  async checkNow(team: string, id: string): Promise<CheckResult[] | null> {
    const w = this.watches.get(id)
    if (w?.h.monitor.team !== team) return null
    w.asking ??= this.askAll(w).finally(() => {
      w.asking = null
    })
    return w.asking
  }

  /** Gives one monitor to another shard. The column in D1 changes last; doing it again is harmless. */
  async handOver(id: string, to: number): Promise<void> {
    const w = this.watches.get(id)
    if (!w) return
    if (this.out.isTelling(id)) throw new Error('its incident is being told of a verdict; hand over a moment later')
    this.stop(w)
    const { team, shard } = w.h.monitor
    await stubs.monitorShard(to).takeOver({ ...w.h, monitor: { ...w.h.monitor, shard: to } })
    await moveMonitor(db(this.env.DB), team, id, shard, to)
    this.rows.drop(id)
  }
  takeOver(h: Held): void {
    const at = Date.now()
    this.rows.save(h)
    this.resume(h, at, at)
    this.arm(at)
  }

  /** For the cron: a lost alarm would leave its monitors unwatched. True when it was lost. */
  async ensureArmed(): Promise<boolean> {
    if (this.idle || (await this.ctx.storage.getAlarm()) !== null) return false
    this.arm(Date.now())
    return true
  }

  gauges = () => ({ monitors: this.watches.size, in_flight: this.inFlight, lag_ms: this.lagMs, rows_dropped: this.out.dropped })

  /** Never throws: after six failures the platform would drop it. Returns at once; checks run on. */
  override alarm(): void {
    const at = Date.now()
    try {
      this.tick(at)
    } catch (e) {
      log('bug', { where: 'monitor-shard', message: String((e as Error).stack ?? e).slice(0, 1000) })
    } finally {
      this.arm(Date.now())
    }
  }

  /** Its name; in an alarm the platform may not tell it. */
  private get number(): number {
    const name = this.ctx.id.name ?? this.rows.meta('number')
    if (this.ctx.id.name !== undefined) this.rows.setMeta('number', this.ctx.id.name)
    return Number(name)
  }
  private get idle(): boolean {
    return !this.wheel.size && !this.inFlight && this.out.idle
  }
  private arm(at: number): void {
    if (!this.idle) void this.ctx.storage.setAlarm(Math.max(at + 1, this.wheel.next(at + ARMED_MS)))
  }

  private tick(at: number): void {
    if (at - this.aliveAt >= ALIVE_MS) {
      this.aliveAt = at
      this.rows.setMeta('alive', String(at))
    }
    for (const w of this.watches.values()) if (w.window.changesAt !== null && w.window.changesAt <= at) this.turnWindow(w, at)
    const groups = new Map<Region, Asked[]>()
    this.lagMs = 0
    for (const id of this.wheel.take(at, IN_FLIGHT_MAX - this.inFlight)) {
      const w = this.watches.get(id)
      if (!w) continue
      this.lagMs = Math.max(this.lagMs, at - w.dueAt)
      if (w.inFlight) this.schedule(w, at + STEP_MS)
      else
        for (const asked of this.begin(w, at)) {
          if (asked.round !== null || isSlow(w.h)) this.ctx.waitUntil(this.run([asked]))
          else groups.getOrInsertComputed(asked.region, () => []).push(asked)
        }
    }
    for (const group of groups.values())
      for (let i = 0; i < group.length; i += GROUP_MAX) this.ctx.waitUntil(this.run(group.slice(i, i + GROUP_MAX)))
    for (const work of this.out.go(at)) this.ctx.waitUntil(work)
  }

  private begin(w: Watch, at: number): Asked[] {
    const asked = ask(w.h.state, rulesOf(w.h, w.window.open), newId(at), at)
    w.h = { ...w.h, state: asked.state }
    return asked.regions.map((region) => ({ w, epoch: w.epoch, region, round: asked.round, dueAt: w.dueAt, verdict: true }))
  }

  private async askAll(w: Watch): Promise<CheckResult[]> {
    const at = Date.now()
    const round = newId(at)
    const free = (region: Region): Asked => ({ w, epoch: w.epoch, region, round, dueAt: at, verdict: false })
    const isRound = w.h.state.phase === 'down' && !w.inFlight && !w.h.paused
    w.dueAt = at
    const asked = isRound ? this.begin(w, at) : w.h.monitor.regions.map(free)
    return (await Promise.all(asked.map((one) => this.run([one])))).flat()
  }

  /** One group, one region. A probe that does not answer is our trouble: no result, and no verdict from it. */
  private async run(group: Asked[]): Promise<CheckResult[]> {
    const askedAt = Date.now()
    this.inFlight += group.length
    for (const { w } of group) w.inFlight++
    const results = await this.probe(group).catch((e: Error) => {
      log('probe-failed', { region: group[0]!.region, checks: group.length, message: e.message })
      return [] as (CheckResult | undefined)[]
    })
    const at = Date.now()
    this.inFlight -= group.length
    group.forEach((asked, i) => {
      asked.w.inFlight--
      this.settle(asked, results[i], askedAt, at)
    })
    for (const work of this.out.go(at)) this.ctx.waitUntil(work)
    if (this.wheel.next(at + ARMED_MS) <= at) this.arm(at)
    return results.flatMap((r) => r ?? [])
  }

  private async probe(group: Asked[]): Promise<CheckResult[]> {
    const { region } = group[0]!
    const specs = await Promise.all(
      group.map(async ({ w, round }) => {
        const { monitor } = w.h
        const plain = monitor.auth_password === null && !monitor.request_headers.length
        w.secrets ??= plain ? Promise.resolve(monitor) : openSecrets(ring(this.env.SECRET_KEYS), monitor.team, monitor)
        const secrets = await w.secrets
        if (!secrets) throw new Error(`the secrets of ${monitor.id} cannot be opened: a key left the ring`)
        return specOf(monitor, secrets, region, round)
      }),
    )
    const slice = group[0]!.w.h.monitor.shard % PROBE_SLICES
    const longest = Math.max(...specs.map((s) => s.timeoutMs))
    return within(longest + 2 * LATE_MS, Promise.resolve(stubs.probe(region, slice, places[region].hint).run(specs)))
  }

  private settle({ w, epoch, round, dueAt, verdict }: Asked, result: CheckResult | undefined, askedAt: number, at: number): void {
    const { id, request_timeout } = w.h.monitor
    if (this.watches.get(id) !== w || w.epoch !== epoch) return
    if (result) {
      const lag = Math.max(askedAt - dueAt, at - askedAt - request_timeout * SECOND)
      const why = w.h.paused
        ? ['paused, so no verdict']
        : lag > LATE_MS
          ? [`we were ${Math.round(lag / SECOND)} s late, so no verdict`]
          : null
      const judged = why ? null : judge(w.h.state, rulesOf(w.h, w.window.open), [verdict ? result : { ...result, round: null }], at)
      if (judged) this.apply(w, judged, at)
      w.h = { ...w.h, lastCheckedAt: result.at }
      this.out.checked(checkRow(w.h, result, round, why ?? judged!.why), at)
    }
    if (w.inFlight || w.h.paused) return
    if (w.h.incident) this.tellRegions(w, at)
    this.schedule(w, Math.max(at, askAgainAt(w.h.state) ?? nextTurn(w.h.monitor, at)))
  }

  /** Saves what was decided together with what must be told of it, in one transaction; then tells. DESIGN "A page waits for nothing". */
  private apply(w: Watch, { state, effect, why }: Verdict, at: number): void {
    const before = w.h
    let next = restated({ ...before, state }, w.window.open, at)
    const incident = effect === 'went-down' ? newId(at) : effect === 'came-up' ? null : before.incident
    next = { ...next, incident }
    const call =
      effect === 'went-down'
        ? { open: intentOf(next, incident!, why, at) }
        : effect === 'came-up' && before.incident
          ? { observe: observationOf(next, before.incident, newId(at), 'recovered', why, at) }
          : null
    const news = next.status !== before.status || next.incident !== before.incident
    const held = (['phase', 'validating', 'firstFailedAt', 'failingSince', 'goodSince'] as const).some((k) => state[k] !== before.state[k])
    w.h = next
    if (news || held || w.unobserved) this.save(w, at, { news, call })
  }

  /** One transaction. `news`: lists show something else now. */
  private save(w: Watch, at: number, { news, call }: { news: boolean; call: Parameters<ShardRows['addCall']>[2] | null }): void {
    if (news) w.h = { ...w.h, rev: Math.max(w.h.rev + 1, at), headDue: true }
    const { monitor, status, incident, rev } = w.h
    const known = news || w.unobserved
    this.ctx.storage.transactionSync(() => {
      this.rows.save(w.h)
      if (known) this.rows.addState(stateRow(monitor, at, status, incident, Math.max(rev, at)))
      if (call) this.out.called(this.rows.addCall(monitor.team, monitor.id, call))
    })
    w.unobserved = false
    if (known) this.out.stateDue()
    if (news) this.out.headDue(monitor.id)
  }

  /** While it is down: which regions fail is part of the incident's story. */
  private tellRegions(w: Watch, at: number): void {
    const failing = factsOf(w.h).failing.join()
    const news = w.failing !== null && w.failing !== failing && w.h.state.phase === 'down'
    w.failing = failing
    if (news) this.save(w, at, { news: false, call: this.observation(w, 'region-changed', [`failing: ${failing || 'none'}`], at) })
  }
  private observation = (w: Watch, type: Observation['type'], why: string[], at: number) =>
    w.h.incident ? { observe: observationOf(w.h, w.h.incident, newId(at), type, why, at) } : null

  private schedule(w: Watch, at: number): void {
    w.dueAt = at
    this.wheel.set(w.h.monitor.id, at)
  }

  private turnWindow(w: Watch, at: number): void {
    w.window = maintenanceAt(windowOf(w.h.monitor), at)
    const next = restated(w.h, w.window.open, at)
    if (next === w.h) return
    w.h = next
    this.save(w, at, { news: true, call: null })
  }

  /** Changes one field that is no news for lists. */
  private change(id: string, how: (h: Held) => Held): void {
    const w = this.watches.get(id)
    if (!w) return
    const next = how(w.h)
    if (next === w.h) return
    const renamed = next.incident !== w.h.incident
    w.h = next
    if (renamed) this.save(w, Date.now(), { news: true, call: null })
    else this.rows.save(next)
  }

  private async reread(team: string, id: string): Promise<void> {
    const row = await watched(db(this.env.DB), team, id)
    const at = Date.now()
    const w = this.watches.get(id)
    const elsewhere = row && row.monitor.shard !== this.number
    if (!row || elsewhere || row.monitor.deleted_at !== null) {
      if (!w) return
      const call = elsewhere ? null : this.observation(w, 'deleted', ['the monitor was deleted'], at)
      this.stop(w)
      this.ctx.storage.transactionSync(() => {
        this.rows.drop(id)
        if (call) this.out.called(this.rows.addCall(team, id, call))
      })
    } else if (w) this.reconsider(w, row, at)
    else this.begins(row, at)
    for (const work of this.out.go(at)) this.ctx.waitUntil(work)
    this.arm(at)
  }

  private begins({ monitor, paused }: { monitor: Held['monitor']; paused: boolean }, at: number): void {
    const state = unknown()
    const h: Held = {
      v: 1,
      monitor,
      paused,
      state,
      status: 'pending',
      statusSince: at,
      incident: null,
      lastCheckedAt: null,
      rev: at,
      headDue: true,
    }
    const w = this.watch(h, at)
    w.h = restated(h, w.window.open, at)
    this.save(w, at, { news: true, call: null })
    if (!paused) this.schedule(w, soon(h, at))
  }

  private reconsider(w: Watch, { monitor, paused }: { monitor: Held['monitor']; paused: boolean }, at: number): void {
    const turned = paused !== w.h.paused
    const call = turned && paused ? this.observation(w, 'paused', ['the monitor was paused'], at) : null
    const { state, incident } = w.h
    w.epoch++
    w.secrets = null
    w.window = paused ? { open: false, changesAt: null } : maintenanceAt(windowOf(monitor), at)
    w.h = { ...w.h, monitor, paused, state: turned ? unknown() : { ...state, round: null }, incident: turned ? null : incident }
    w.h = restated(w.h, w.window.open, at)
    this.save(w, at, { news: true, call })
    if (paused) this.wheel.delete(monitor.id)
    else this.schedule(w, soon(w.h, at))
  }

  private stop(w: Watch): void {
    w.epoch++
    this.wheel.delete(w.h.monitor.id)
    this.watches.delete(w.h.monitor.id)
  }

  private watch(h: Held, at: number): Watch {
    const window = h.paused ? { open: false, changesAt: null } : maintenanceAt(windowOf(h.monitor), at)
    const w: Watch = { h, epoch: 0, inFlight: 0, dueAt: at, window, secrets: null, failing: null, unobserved: false, asking: null }
    this.watches.set(h.monitor.id, w)
    return w
  }

  /** After a restart: goes on where it was. What nobody looked at is neither up nor down. */
  private resume(h: Held, aliveAt: number, at: number): void {
    const gap = at - aliveAt
    const w = this.watch({ ...h, state: resumed(h.state, gap) }, at)
    if (h.paused) return
    w.unobserved = gap > Math.max(GAP_MS, 2 * h.monitor.check_frequency * SECOND)
    if (w.unobserved) this.rows.addState(stateRow(h.monitor, aliveAt, 'pending', null, Math.max(h.rev, aliveAt)))
    if (w.window.open !== (h.status === 'maintenance')) w.window.changesAt = at
    this.schedule(w, Math.max(at, askAgainAt(w.h.state) ?? nextTurn(h.monitor, at)))
  }
}

/** Within a second, and not all of an import at once. */
const soon = (h: Held, at: number): number => at + (Number.parseInt(h.monitor.id.slice(-4), 16) % 700)
