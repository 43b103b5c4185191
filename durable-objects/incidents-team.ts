import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { defaultSteps, type Policy, type Reach } from '../shared/oncall/escalation.ts'
import { type TeamCopy, teamCopy, teamCopyOf } from '../shared/oncall/notification-copy.ts'
import { whoIsOnCall } from '../shared/oncall/schedule.ts'
import { escalatesOf } from '../shared/oncall/stored.ts'
import { MINUTE } from '../shared/time.ts'
import type { IncidentRows } from './incidents-store.ts'
import { within } from './within.ts'

/** How long a page may wait for D1 when the object has nothing to page with: the budget from verdict to page is 2 s. */
const FIRST_READ_MS = 1500
/** A reading that hangs longer is given up; the alarm tries again. */
const READ_MS = 10_000
/** A poke refreshes the copy; this is for one that was lost with a restored database. */
const STALE_MS = 5 * MINUTE

/** The object's own copy of its team: policies, people, endpoints. Pages are made from it while D1 is away. */
export class Roster {
  private readonly rows: IncidentRows
  private readonly d1: () => D1Database
  /** There may be somebody to page now who was not there before. */
  private readonly onFresh: () => void
  private copy: TeamCopy | null
  /** The reading that is under way: a storm of first incidents makes one. */
  private reading: Promise<void> | null = null
  constructor(rows: IncidentRows, d1: () => D1Database, onFresh: () => void) {
    this.rows = rows
    this.d1 = d1
    this.onFresh = onFresh
    const kept = rows.meta('copy')
    this.copy = kept ? teamCopyOf(JSON.parse(kept)) : null
  }

  get reach(): Reach {
    const { people = [], endpoints = [], urgencies = [], schedules = [] } = this.copy ?? {}
    return {
      people,
      endpoints,
      urgencies,
      schedules,
      onCall: (schedule, at) => this.onCall(schedule, at),
      mark: (key) => this.rows.mark(key),
    }
  }

  /** A schedule that cannot be read has nobody on call: the ladder goes on and says so. */
  private onCall(schedule: string, at: number): string | null {
    const definition = this.copy?.schedules.find((s) => s.id === schedule)
    try {
      return definition ? (whoIsOnCall(definition, at)?.user ?? null) : null
    } catch (e) {
      log('bug', { where: 'incidents-on-call', message: reason(e) })
      return null
    }
  }

  get isEmpty(): boolean {
    return this.copy === null
  }
  get teamName(): string {
    return this.copy?.name ?? ''
  }

  /** The team left. */
  forget(): void {
    this.copy = null
  }

  /** The policy to page by: the named one, else the team's default, else everybody. `found` is false when the named one does not exist. */
  policy(team: string, id: string | null): { policy: Policy; found: boolean } {
    const { policies = [] } = this.copy ?? {}
    const named = policies.find((p) => p.id === id)
    const chosen = named ?? policies.find((p) => p.isDefault)
    return {
      policy: escalatesOf(chosen ?? { id: null, name: 'Default', repeat_count: 0, steps: defaultSteps(team, null) }),
      found: id === null || named !== undefined,
    }
  }

  /** Makes sure there is something to page with. Waits for D1 only when there is no copy, or none that knows `policy`, and never long. */
  async ready(team: string, policy: string | null, at: number): Promise<void> {
    const lacking = !this.copy || !this.policy(team, policy).found
    if (lacking || at - this.copy!.at > STALE_MS)
      this.reading ??= this.refresh(team, at)
        .catch(() => {})
        .finally(() => {
          this.reading = null
        })
    // one that hangs is left alone: the next asker reads anew
    if (lacking && this.reading)
      await within(FIRST_READ_MS, this.reading).catch(() => {
        this.reading = null
      })
  }

  /** Reads D1 again. An older reading never replaces a newer one. */
  async refresh(team: string, at: number): Promise<void> {
    try {
      const fresh = await within(READ_MS, teamCopy(db(this.d1()), team, at))
      if (this.copy && this.copy.at > fresh.at) return
      this.copy = fresh
      this.rows.setMeta('copy', JSON.stringify(fresh))
      this.onFresh()
    } catch (e) {
      log('team-copy-failed', { team, message: reason(e) })
      throw e
    }
  }
}
