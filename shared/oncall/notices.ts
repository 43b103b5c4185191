import { DAY, HOUR, MINUTE } from '../time.ts'
import type { ScheduleDefinition } from './definition.ts'
import { shifts, versionAt, whoIsOnCall } from './schedule.ts'
import { dayOf, instantOf, weekdayOf } from './wall.ts'

/** How long before a shift its person is told. */
const AHEAD = HOUR
/** A notice that is later than this after the shift began says nothing new. */
const LATE = 30 * MINUTE
/** The copy holds 90 days, so it is read anew at least daily. */
const STALE = DAY
/** Mondays at nine, on the clock of the schedule's zone. */
const WEEKLY_HOUR = 9

/** What was told: shifts that begin up to `handoffs`, and the week that began at `weekly` (epoch ms). */
export type Told = { handoffs: number; weekly: number }
export type Due = {
  /** Shifts whose person is to be told. */
  handoffs: { user: string; from: number }[]
  /** The Monday whose summary is to be sent, and to whom: those with a shift in its week. Null when none is due. */
  weekly: { monday: number; users: string[] } | null
  told: Told
  lookAgain: number
}

/** What is to be told at `at`, and when to look again. Somebody who is on call already is not told of going on. */
export function noticesDue(def: ScheduleDefinition, told: Told, at: number): Due {
  const upTo = at + AHEAD
  const begun = Math.max(told.handoffs, at - LATE)
  const handoffs = shifts(def, begun, upTo + 1)
    .filter((s) => s.from > begun && s.from <= upTo && whoIsOnCall(def, s.from - 1)?.user !== s.user)
    .map((s) => ({ user: s.user, from: s.from }))
  const zone = versionAt(def, at).zone
  const monday = lastMonday(zone, at)
  const next = shifts(def, upTo + 1, upTo + STALE).find((s) => s.from > upTo)
  return {
    handoffs,
    weekly: monday > told.weekly ? { monday, users: [...new Set(shifts(def, at, monday + 7 * DAY).map((s) => s.user))] } : null,
    told: { handoffs: Math.max(told.handoffs, upTo), weekly: Math.max(told.weekly, monday) },
    lookAgain: Math.min(next ? next.from - AHEAD : Number.POSITIVE_INFINITY, nextMonday(zone, at), at + STALE),
  }
}

/** Where the telling begins when a schedule is new: nothing of the past is told. */
export const nothingTold = (def: ScheduleDefinition, at: number): Told => ({
  handoffs: at,
  weekly: lastMonday(versionAt(def, at).zone, at),
})

const mondayOf = (zone: string, at: number, weeks: number) => {
  const day = dayOf(at, zone)
  return instantOf(day + (7 * weeks - weekdayOf(day)) * DAY + WEEKLY_HOUR * HOUR, zone)
}
function lastMonday(zone: string, at: number): number {
  const monday = mondayOf(zone, at, 0)
  return monday <= at ? monday : mondayOf(zone, at, -1)
}
function nextMonday(zone: string, at: number): number {
  const monday = mondayOf(zone, at, 0)
  return monday > at ? monday : mondayOf(zone, at, 1)
}
