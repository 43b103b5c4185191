import type { Restriction } from './restrictions.ts'
import type { Rotation } from './rotation.ts'

/** Somebody's time as an imported calendar says it, epoch ms, [from, until). */
export type CalendarEvent = { user: string; from: number; until: number }

/** One layer: a rotation, or the events of an imported calendar (then its rotation has no participants). */
export type Layer = {
  id: string
  name: string
  rotation: Rotation
  restrictions: readonly Restriction[]
  /** The imported calendar whose events stand in for the rotation. */
  calendar: string | null
  /** In order, without overlaps. Present where `calendar` is. */
  events?: readonly CalendarEvent[]
}

/** How the schedule is from `from` (epoch ms) to the next version's: a change never touches the past. The first holds for ever before. */
export type Version = { from: number; zone: string; layers: readonly Layer[] }

/**
 * Somebody instead of whom the layers have, [from, until) in epoch ms. `replaces`: only the time of this person, else everybody's and
 * the gaps; `layer`: only in this one. `cover` when it came of a cover request.
 */
export type Override = {
  id: string
  user: string
  from: number
  until: number
  replaces: string | null
  layer: string | null
  reason: 'override' | 'cover'
  /** What people wrote, the cover request it came of, and who made it: shown, never decided by. */
  note?: string | null
  cover?: string | null
  by?: string | null
}

/**
 * All that decides who is on call: D1 keeps it, Schedule and Incidents hold copies. Versions by time, layers bottom to top, overrides
 * in the order they were made (a later one lies on top).
 */
export type ScheduleDefinition = {
  v: 1
  id: string
  name: string
  versions: readonly Version[]
  overrides: readonly Override[]
}
