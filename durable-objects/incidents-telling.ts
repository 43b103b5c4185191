import { log, reason } from '../shared/log.ts'
import { SECOND } from '../shared/time.ts'
import type { Env } from './env.ts'
import { writeHeads } from './incidents-heads.ts'
import { outgoing } from './incidents-outgoing.ts'
import type { Paging } from './incidents-paging.ts'
import type { IncidentRows } from './incidents-store.ts'
import type { Roster } from './incidents-team.ts'
import { stubs } from './stubs.ts'
import { within } from './within.ts'

/** How long anybody waits for D1's copy of what was already decided here. */
const HEADS_MS = 2 * SECOND

type Deps = {
  env: () => Env
  rows: IncidentRows
  roster: Roster
  paging: Paging
  waitUntil: (work: Promise<unknown>) => void
  afterwards: () => void
}

/** Tells those who only watch, after the pages left: lists, /api/health and customers' endpoints through D1, open dashboards by a frame. */
export class Telling {
  private readonly deps: Deps
  /** Incidents that open dashboards have not heard of. */
  private readonly changed = new Set<string>()
  private running: Promise<void> | null = null
  /** Who waits until lists show an incident. */
  private readonly waiting = new Map<string, (() => void)[]>()
  constructor(deps: Deps) {
    this.deps = deps
  }

  change(incident: string): void {
    this.changed.add(incident)
  }

  /** Starts telling what is due, or goes on with it; never throws. */
  go(team: string): void {
    this.running ??= this.tell(team)
      .catch((e) => log('bug', { where: 'incidents-tell', message: reason(e) }))
      .finally(() => {
        this.running = null
        this.shown([...this.waiting.keys()])
        this.deps.afterwards()
      })
  }

  /** When lists show this incident, or D1 did not answer in time. What else waits to be told, thousands in a storm, is not waited for. */
  async told(incident: string): Promise<void> {
    if (!this.running) return
    const shown = new Promise<void>((ok) => this.waiting.set(incident, [...(this.waiting.get(incident) ?? []), ok]))
    await within(HEADS_MS, shown).catch(() => {})
  }

  private shown(incidents: string[]): void {
    for (const id of incidents) {
      for (const ok of this.waiting.get(id) ?? []) ok()
      this.waiting.delete(id)
    }
  }

  /** /api/health was told something else than what is true now. */
  isBehind(at: number): boolean {
    return this.deps.paging.oldestUnsent(at) !== this.gauge
  }

  /** What D1 did not take is tried again by the alarm. */
  private async tell(team: string): Promise<void> {
    const { env, rows, roster, paging, waitUntil } = this.deps
    for (;;) {
      const at = Date.now()
      const heads = rows.withDueHead(at)
      const gauge = paging.oldestUnsent(at)
      const out = outgoing(rows, roster.reach.people)
      if (heads.length || out.events.length || gauge !== this.gauge)
        try {
          await within(HEADS_MS, writeHeads(env().DB, team, heads, gauge, out.events))
          out.done()
          if (out.events.length) waitUntil(stubs.drain(team).catch(() => {}))
          for (const h of heads) rows.headWritten(h.id, h.rev)
          this.shown(heads.map((h) => h.id))
          rows.setMeta('gauge', JSON.stringify(gauge))
        } catch (e) {
          log('heads-not-written', { team, heads: heads.length, message: reason(e) })
          for (const h of heads) rows.headLater(h.id, at)
          return this.publish(team)
        }
      else if (!this.changed.size) return
      this.publish(team)
    }
  }

  private publish(team: string): void {
    for (const id of this.changed)
      void stubs
        .live(team)
        .publish({ type: 'incident', id, version: this.deps.rows.lastEvent(id) })
        .catch(() => {})
    this.changed.clear()
  }

  private get gauge(): number | null {
    return JSON.parse(this.deps.rows.meta('gauge') ?? 'null')
  }
}
