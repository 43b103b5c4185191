import { newId } from '../shared/ids.ts'
import type { Observation } from '../shared/incidents/intent.ts'
import type { Verdict } from '../shared/uptime/verdict.ts'
import { factsOf, type Held, intentOf, observationOf, restated, stateRow } from '../shared/uptime/watch.ts'
import type { Outgoing } from './monitor-shard-outgoing.ts'
import type { NewCall, ShardRows } from './monitor-shard-rows.ts'
import { type Watch, windowAt } from './monitor-shard-watch.ts'

/**
 * Saves what was decided together with what must be told of it, in one storage transaction, and never one without the other.
 * DESIGN §3 "A page waits for nothing".
 */
export class Verdicts {
  private readonly storage: DurableObjectStorage
  private readonly rows: ShardRows
  private readonly out: Outgoing
  constructor(storage: DurableObjectStorage, rows: ShardRows, out: Outgoing) {
    this.storage = storage
    this.rows = rows
    this.out = out
  }

  apply(w: Watch, { state, effect, why }: Verdict, at: number): void {
    const before = w.h
    const incident = effect === 'went-down' ? newId(at) : effect === 'came-up' ? null : before.incident
    const next = { ...restated({ ...before, state }, w.window.open, at), incident }
    const call =
      effect === 'went-down'
        ? { open: intentOf(next, incident!, why, at) }
        : effect === 'came-up' && before.incident
          ? { observe: observationOf(next, before.incident, newId(at), 'recovered', why, at) }
          : null
    const news = next.status !== before.status || next.incident !== before.incident
    // what a turn changes (whose turn it is, each region's last answer) a restart may forget
    const held = (['phase', 'validating', 'firstFailedAt', 'failingSince', 'goodSince'] as const).some((k) => state[k] !== before.state[k])
    w.h = next
    if (news || held || w.unobserved) this.save(w, at, { news, call })
  }

  /** `news`: lists show something else now. */
  save(w: Watch, at: number, { news, call }: { news: boolean; call: NewCall | null }): void {
    if (news) w.h = { ...w.h, rev: Math.max(w.h.rev + 1, at), headDue: true }
    const { monitor, status, incident, rev } = w.h
    const isState = news || w.unobserved
    this.storage.transactionSync(() => {
      this.rows.save(w.h)
      if (isState) this.rows.addState(stateRow(monitor, at, status, incident, Math.max(rev, at)))
      if (call) this.out.called(this.rows.addCall(monitor.team, monitor.id, call))
    })
    w.unobserved = false
    if (isState) this.out.stateDue()
    if (news) this.out.headDue(monitor.id)
  }

  /** It is gone; its incident hears of that. */
  drop(w: Watch, call: NewCall | null): void {
    const { id, team } = w.h.monitor
    this.storage.transactionSync(() => {
      this.rows.drop(id)
      if (call) this.out.called(this.rows.addCall(team, id, call))
    })
  }

  /** While it is down: which regions fail is part of the incident's story. */
  tellRegions(w: Watch, at: number): void {
    const failing = factsOf(w.h).failing.join()
    const news = w.failing !== null && w.failing !== failing && w.h.state.phase === 'down'
    w.failing = failing
    if (news) this.save(w, at, { news: false, call: this.observation(w, 'region-changed', [`failing: ${failing || 'none'}`], at) })
  }

  observation(w: Watch, type: Observation['type'], why: string[], at: number): NewCall | null {
    return w.h.incident ? { observe: observationOf(w.h, w.h.incident, newId(at), type, why, at) } : null
  }

  /** A maintenance window opened or closed. */
  turnWindow(w: Watch, at: number): void {
    w.window = windowAt(w.h, at)
    const next = restated(w.h, w.window.open, at)
    if (next === w.h) return
    w.h = next
    this.save(w, at, { news: true, call: null })
  }

  /** What others answered about a head or an intent. */
  change(w: Watch | undefined, how: (h: Held) => Held): void {
    const next = w && how(w.h)
    if (!next || next === w.h) return
    const renamed = next.incident !== w.h.incident
    w.h = next
    if (renamed) this.save(w, Date.now(), { news: true, call: null })
    else this.rows.save(next)
  }
}
