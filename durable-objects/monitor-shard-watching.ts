import { SECOND } from '../shared/time.ts'
import { nextAskAt, resumed, unknown } from '../shared/uptime/verdict.ts'
import { type Held, nextTurn, restated, rulesOf, stateRow } from '../shared/uptime/watch.ts'
import { Wheel } from '../shared/uptime/wheel.ts'
import type { ShardRows } from './monitor-shard-rows.ts'
import type { Verdicts } from './monitor-shard-verdicts.ts'
import { soon, type Watch, watchOf, windowAt } from './monitor-shard-watch.ts'

/** Longer without a look is time that nobody observed. */
const GAP_MS = 60 * SECOND

/** What D1 says of a monitor; `paused` is its own pause or its group's. */
type Row = { monitor: Held['monitor']; paused: boolean }

/** Which monitors a shard watches, and when each is due. */
export class Watching {
  readonly wheel = new Wheel()
  private readonly watches = new Map<string, Watch>()
  private readonly rows: ShardRows
  private readonly verdicts: Verdicts
  constructor(rows: ShardRows, verdicts: Verdicts) {
    this.rows = rows
    this.verdicts = verdicts
  }

  get = (id: string): Watch | undefined => this.watches.get(id)
  all = (): Iterable<Watch> => this.watches.values()
  get size(): number {
    return this.watches.size
  }

  schedule(w: Watch, at: number): void {
    w.dueAt = at
    this.wheel.set(w.h.monitor.id, at)
  }

  start(row: Row, at: number): void {
    const clean = { state: unknown(), incident: null, lastCheckedAt: null, headDue: false }
    const h: Held = { v: 1, ...row, ...clean, status: 'pending', statusSince: at, rev: at }
    const w = this.watch(h, at)
    w.h = restated(h, w.window.open, at)
    // a monitor without a head is pending, so only a pause or a window is news
    this.verdicts.save(w, at, { news: w.h.status !== 'pending', call: null })
    if (!row.paused) this.schedule(w, soon(h, at))
  }

  /** Its row changed. A pause forgets what was known; everything else keeps the verdict and looks again soon. */
  reconsider(w: Watch, row: Row, at: number): void {
    const turned = row.paused !== w.h.paused
    const call = turned && row.paused ? this.verdicts.observation(w, 'paused', ['the monitor was paused'], at) : null
    const { state, incident, status } = w.h
    w.epoch++
    w.secrets = null
    w.h = { ...w.h, ...row, state: turned ? unknown() : { ...state, round: null }, incident: turned ? null : incident }
    w.window = windowAt(w.h, at)
    w.h = restated(w.h, w.window.open, at)
    // lists show names from the row itself: only another state is news to them
    const news = turned || w.h.status !== status
    this.verdicts.save(w, at, { news, call })
    if (row.paused) this.wheel.delete(row.monitor.id)
    else this.schedule(w, soon(w.h, at))
  }

  stop(w: Watch): void {
    w.epoch++
    this.wheel.delete(w.h.monitor.id)
    this.watches.delete(w.h.monitor.id)
  }

  /** After a restart: goes on where it was. What nobody looked at is neither up nor down. */
  resume(h: Held, aliveAt: number, at: number): void {
    const gap = at - aliveAt
    const w = this.watch({ ...h, state: resumed(h.state, gap) }, at)
    if (h.paused) return
    w.unobserved = gap > Math.max(GAP_MS, 2 * h.monitor.check_frequency * SECOND)
    if (w.unobserved) this.rows.addState(stateRow(h.monitor, aliveAt, 'pending', null, Math.max(h.rev, aliveAt)))
    if (w.window.open !== (h.status === 'maintenance')) w.window.changesAt = at
    this.schedule(w, Math.max(at, nextAskAt(w.h.state, rulesOf(w.h, w.window.open), nextTurn(h.monitor, at))))
  }

  private watch(h: Held, at: number): Watch {
    const w = watchOf(h, at)
    this.watches.set(h.monitor.id, w)
    return w
  }
}
