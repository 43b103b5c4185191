import type { ScheduleDefinition } from '../../shared/oncall/definition.ts'
import { shifts } from '../../shared/oncall/schedule.ts'
import { definitionOf, definitionsOf, getSchedule, type Kept, listSchedules, membersOf } from '../../shared/oncall/schedule-store.ts'
import { shiftId, startOfShift } from '../../shared/oncall/shift-id.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import { DAY, MINUTE } from '../../shared/time.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, idOf } from './door.ts'

const RANGE_MAX = 400 * DAY

/** [from, to) as somebody asked, epoch ms: two weeks from now when they did not say. */
export function rangeOf(query: { from?: string | undefined; to?: string | undefined }, at: number, length = 14 * DAY) {
  const from = query.from ? Date.parse(query.from) : query.to ? Date.parse(query.to) - length : at
  const to = query.to ? Date.parse(query.to) : from + length
  if (to <= from) throw invalid('to', 'invalid', 'The end lies after the beginning.')
  if (to - from > RANGE_MAX) throw invalid('to', 'too_big', 'Ask for at most 400 days at once.')
  return { from, to }
}

export const invalid = (path: string, code: string, message: string) => refused([{ path, code, message }])
export const refused = (errors: FieldError[]) =>
  new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
export const noSchedule = () => new Problem('not-found', 'This team has no on-call schedule with this id.')
export const noShift = () =>
  new Problem('not-found', 'There is no shift with this id, or no longer: GET …/schedules/{id}/shifts lists them.')

export async function scheduleOr404(c: Asked, id = idOf(c)): Promise<Kept> {
  const kept = await getSchedule(c.var.db, c.var.team, id)
  if (!kept) throw noSchedule()
  return kept
}

export async function definition(c: Asked, kept: Kept, from: number, to: number): Promise<ScheduleDefinition> {
  return (await definitionsOf(c.var.db, c.var.team, [kept], from, to))[0]!
}

/** All of a team's schedules, or the one that is named, as they are in [from, to). */
export async function definitions(c: Asked, id: string | undefined, from: number, to: number): Promise<ScheduleDefinition[]> {
  if (id) {
    const one = await definitionOf(c.var.db, c.var.team, id, from, to)
    if (!one) throw noSchedule()
    return [one]
  }
  const { kept } = await listSchedules(c.var.db, c.var.team, { page: 1, per_page: 1000 })
  return definitionsOf(c.var.db, c.var.team, kept, from, to)
}

/** A shift by its id alone, which holds its start; 404 in the path, 422 by its name in a body. */
export const shiftOr404 = (c: Asked) => shiftById(c, idOf(c))
export async function shiftById(c: Asked, id: string, attribute?: string) {
  const start = startOfShift(id)
  const missing = attribute === undefined ? noShift() : invalid(attribute, 'unknown', 'There is no shift with this id, or no longer.')
  if (start === null || start > Date.UTC(2200, 0, 1)) throw missing
  for (const def of await definitions(c, undefined, start - DAY, start + RANGE_MAX))
    for (const shift of shifts(def, start, start + 1))
      if (shift.from === start && shiftId(def.id, shift.layer, start) === id) return { def, shift }
  throw missing
}

/** Everybody named is in this team, or 422 by path. */
export async function mustBeMembers(c: Asked, named: { path: string; id: string | null | undefined }[]) {
  const people = new Set((await membersOf(c.var.db, c.var.team)).map((m) => m.id))
  const errors = named
    .filter(({ id }) => id && !people.has(id))
    .map(({ path }) => ({ path, code: 'unknown', message: 'Nobody in this team has this id. GET /api/auth/members lists user_id.' }))
  if (errors.length) throw refused(errors)
}

/** The past stays as it was. A minute is forgiven: clocks differ, forms take time. */
export function mustNotBePast(at: number, now: number, path: string): void {
  if (at < now - MINUTE) throw invalid(path, 'past', 'What has passed stays as it was. Name a time from now on.')
}

/** After a write: the objects that hold copies read again. */
export const tellObjects = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
