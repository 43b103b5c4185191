import { db } from '../shared/db.ts'
import type { Reach } from '../shared/incidents/climb.ts'
import { log, reason } from '../shared/log.ts'
import { defaultSteps, type Policy } from '../shared/oncall/escalation.ts'
import { type TeamCopy, teamCopy } from '../shared/oncall/store.ts'
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
    this.copy = kept ? (JSON.parse(kept) as TeamCopy) : null
  }

  get reach(): Reach {
    return { people: this.copy?.people ?? [], endpoints: this.copy?.endpoints ?? [] }
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
      policy: chosen
        ? { id: chosen.id, name: chosen.name, repeat_count: chosen.repeat_count, steps: chosen.steps }
        : { id: null, name: 'Default', repeat_count: 0, steps: defaultSteps(team, null) },
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
