import { createDurable } from 'itty-durable/itty-durable.js'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { type Handoff, nextHandoff } from '../shared/oncall/next-handoff.ts'
import { tellLater } from '../shared/oncall/notice-store.ts'
import { nothingTold, noticesDue, type Told } from '../shared/oncall/notices.ts'
import { type OnCall, type ScheduleDefinition, whoIsOnCall } from '../shared/oncall/schedule.ts'
import { scheduleCopy } from '../shared/oncall/schedule-store.ts'
import { MINUTE } from '../shared/time.ts'
import type { Env } from './env.ts'
import { stubs } from './stubs.ts'

/** The one value this object keeps. `v` is its shape's number. */
type Copy = { v: 1; at: number; definition: ScheduleDefinition; told: Told }

/**
 * One on-call schedule: a copy of what D1 says, with 90 days of overrides, that a poke refreshes; and the clock of its notices.
 * The one itty-durable object: a schedule is one small document, changed a few times a week. Its hazards (README) rule the shape of
 * this class: no automatic saving, each change ends in `persist()`, `alarm()` begins with `loadFromStorage()`, times are numbers,
 * outcomes are values, and no request of a user is ever forwarded to it.
 */
export class Schedule extends createDurable<Env>({ autoPersist: false }) {
  team = ''
  schedule = ''
  copy: Copy | null = null

  /** Who is on call and who is next as the copy has it, for the API while D1 is away; `{ refused }` when no copy reaches so far. */
  whoIsOnCall(at: number): { now: OnCall | null; next: Handoff | null } | { refused: 'not-held' } {
    const held = this.copy && at >= this.copy.at - MINUTE && at < this.copy.at + 89 * 24 * 60 * MINUTE
    if (!held) return { refused: 'not-held' }
    const { definition } = this.copy!
    return { now: whoIsOnCall(definition, at), next: nextHandoff(definition, at) }
  }

  /** Reads D1 again. A schedule that is gone there is forgotten here. */
  async refresh(team: string, schedule: string): Promise<{ held: boolean }> {
    const at = Date.now()
    const definition = await scheduleCopy(db(this.state.env.DB), team, schedule, at)
    if (!definition) {
      if (this.copy) await this.forget()
      return { held: false }
    }
    this.team = team
    this.schedule = schedule
    this.copy = { v: 1, at, definition, told: this.copy?.told ?? nothingTold(definition, at) }
    await this.persist()
    await this.state.storage.setAlarm(at + 1)
    return { held: true }
  }

  async forget(): Promise<{ held: boolean }> {
    this.copy = null
    await this.state.storage.deleteAlarm()
    await this.state.storage.deleteAll()
    return { held: false }
  }

  /** Tells whose shift is near, and the week's summary. Never throws: the platform drops an alarm that fails six times. */
  async alarm(): Promise<void> {
    const at = Date.now()
    let again = at + MINUTE
    try {
      // after an eviction this instance has its constructor's state, and saving that would overwrite what is stored
      await this.loadFromStorage()
      if (!this.copy) return
      const database = db(this.state.env.DB)
      const fresh = await scheduleCopy(database, this.team, this.schedule, at)
      if (!fresh) {
        await this.forget()
        again = 0
        return
      }
      const { handoffs, weekly, told, lookAgain } = noticesDue(fresh, this.copy.told, at)
      if (handoffs.length || weekly !== null) await tellLater(database, this.team, this.schedule, { handoffs, weekly }, at)
      this.copy = { v: 1, at, definition: fresh, told }
      await this.persist()
      again = Math.max(lookAgain, at + MINUTE)
      if (handoffs.length || weekly !== null) await stubs.drain(this.team)
    } catch (e) {
      log('schedule-alarm-failed', { team: this.team, message: reason(e) })
    } finally {
      if (this.copy && again) await this.state.storage.setAlarm(again)
    }
  }
}
