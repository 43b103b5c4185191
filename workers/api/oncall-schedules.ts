import { newId } from '../../shared/ids.ts'
import { unavailability } from '../../shared/oncall/calendar-store.ts'
import { listOverrides, newOverride, removeOverride } from '../../shared/oncall/overrides.ts'
import { quality } from '../../shared/oncall/quality.ts'
import { shifts, versionAt } from '../../shared/oncall/schedule.ts'
import {
  OverrideBody, OverrideInput, OverrideList, OverrideQuery, QualityBody, RangeQuery, ScheduleBody, ScheduleChange, ScheduleInput, ScheduleList,
  ShiftBody, ShiftList, ShiftOverride, ShiftQuery, 
} from '../../shared/oncall/schedule-schema.ts' // biome-ignore format: a list
import {
  hasRoom, listSchedules, membersOf, newSchedule, removeSchedule,
} from '../../shared/oncall/schedule-store.ts' // biome-ignore format: a list
import { overrideBody, qualityBody, scheduleBody, shiftBody } from '../../shared/oncall/schedule-wire.ts'
import { layersOf, typedLayers } from '../../shared/oncall/typed-layers.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY } from '../../shared/time.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import {
  definition, definitions, invalid, mustBeMembers, mustNotBePast, noSchedule, rangeOf, scheduleOr404, shiftOr404, tellObjects,
} from './oncall-asking.ts' // biome-ignore format: a list
import { change, refuseWrong } from './oncall-change.ts'

const read = can('oncall:read')
const write = can('oncall:write')

/** `/api/oncall/schedules`, `/shifts`, `/overrides`. WIRE "On-call". */
export const oncallSchedules = door()
  .get('/schedules', says('List on-call schedules', ScheduleList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { kept, total } = await listSchedules(c.var.db, c.var.team, query)
    const at = Date.now()
    return c.json({ data: kept.map((k) => scheduleBody(k, at)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/schedules', says('Create an on-call schedule', ScheduleBody, 201), write, takes('json', ScheduleInput), (c) =>
    once(c, async (also) => {
      const input = c.req.valid('json')
      const [at, typed] = [Date.now(), layersOf(input) ?? []]
      await refuseWrong(c, typed, !input.layers)
      if (!(await hasRoom(c.var.db, c.var.team))) throw new Problem('conflict', 'A team has at most 1,000 schedules. Delete one first.')
      const layers = typedLayers(typed, [], input.timezone, at, () => newId(at))
      const { kept, statements } = newSchedule(c.var.db, c.var.team, input, layers, at)
      const answer = scheduleBody(kept, at)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  )
  .get('/schedules/:id', says('One on-call schedule', ScheduleBody), read, async (c) =>
    c.json(scheduleBody(await scheduleOr404(c), Date.now())),
  )
  .patch('/schedules/:id', says('Change a schedule from now on, or from a later time', ScheduleBody), write, takes('json', ScheduleChange), async (c) => {
    await change(c, c.req.valid('json'), Date.now())
    tellObjects(c)
    return c.json(scheduleBody(await scheduleOr404(c), Date.now()))
  }) // biome-ignore format: a row
  .delete('/schedules/:id', says('Delete a schedule that no policy pages', null, 204), write, async (c) => {
    const removed = await removeSchedule(c.var.db, c.var.team, idOf(c), Date.now())
    if (removed === 'gone') throw noSchedule()
    if (removed !== 'removed') throw new Problem('conflict', 'Escalation policies still page this schedule. Take it out of them first.')
    tellObjects(c)
    return c.body(null, 204)
  })
  .get('/schedules/:id/shifts', says('Shifts that overlap a range, with overrides or of one layer', ShiftList), read, takes('query', ShiftQuery), async (c) => {
    const { from, to } = rangeOf(c.req.valid('query'), Date.now())
    const def = await definition(c, await scheduleOr404(c), from - DAY, to + 400 * DAY)
    return c.json(shifts(def, from, to, c.req.valid('query').layer).map((p) => shiftBody(def, p)))
  }) // biome-ignore format: a row
  .post('/schedules/:id/shifts', says('Put somebody on call for a time, over all layers', ShiftBody, 201), write, takes('json', OverrideInput), (c) =>
    once(c, async (also) => {
      const { def, override, statements } = await wholeOverride(c, c.req.valid('json'))
      const added = { ...def, overrides: [...def.overrides, override] }
      const shift = shifts(added, override.from, override.until).find((s) => s.override === override.id)
      if (!shift) throw invalid('replaces', 'invalid', 'This person is not on call in that time.')
      const answer = shiftBody(added, shift)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  ) // biome-ignore format: a row
  .get('/schedules/:id/overrides', says('Overrides that overlap a range, in the order they lie on each other', OverrideList), read, takes('query', OverrideQuery), async (c) => {
    const query = c.req.valid('query')
    const { from, to } = rangeOf(query, Date.now(), 90 * DAY)
    const { row } = await scheduleOr404(c)
    const { rows, total } = await listOverrides(c.var.db, c.var.team, row.id, from, to, query)
    return c.json({ data: rows.map(overrideBody), pagination: pagination(new URL(c.req.url), query, total) })
  }) // biome-ignore format: a row
  .post('/schedules/:id/overrides', says('Override a schedule, or one person’s time in it', OverrideBody, 201), write, takes('json', OverrideInput), (c) =>
    once(c, async (also) => {
      const { row, statements } = await wholeOverride(c, c.req.valid('json'))
      const answer = overrideBody(row)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  ) // biome-ignore format: a row
  .get('/schedules/:id/quality', says('Gaps, balance, nights and weekends of a schedule', QualityBody), read, takes('query', RangeQuery), async (c) => {
    const { from, to } = rangeOf(c.req.valid('query'), Date.now(), 90 * DAY)
    const def = await definition(c, await scheduleOr404(c), from, to + 400 * DAY)
    const zones = new Map((await membersOf(c.var.db, c.var.team)).map((m) => [m.id, m.zone]))
    const zoneOf = (user: string) => zones.get(user) ?? versionAt(def, from).zone
    return c.json(qualityBody(quality(def, { zoneOf, away: await unavailability(c.var.db, c.var.team) }, from, to)))
  }) // biome-ignore format: a row
  .get('/shifts', says('Everybody’s shifts on all schedules, or one person’s', ShiftList), read, takes('query', ShiftQuery.omit({ layer: true }).extend({ user_id: ShiftQuery.shape.layer })), async (c) => {
    const { user_id, ...range } = c.req.valid('query')
    const { from, to } = rangeOf(range, Date.now())
    const all = await definitions(c, undefined, from - DAY, to + 400 * DAY)
    const found = all.flatMap((def) => shifts(def, from, to).map((p) => shiftBody(def, p)))
    return c.json(found.filter((s) => !user_id || s.user_id === user_id).sort((a, b) => (a.start_time < b.start_time ? -1 : 1)))
  }) // biome-ignore format: a row
  .post('/shifts/:id/override', says('Put somebody else on a shift, or on a part of it', ShiftBody, 201), write, takes('json', ShiftOverride), (c) =>
    once(c, async (also) => {
      const { user_id, reason, override_reason, ...part } = c.req.valid('json')
      const [{ def, shift }, at] = [await shiftOr404(c), Date.now()]
      await mustBeMembers(c, [{ path: 'user_id', id: user_id }])
      const from = part.from ? Date.parse(part.from) : Math.max(shift.from, at)
      const until = part.to ? Date.parse(part.to) : shift.until
      if (part.from) mustNotBePast(from, at, 'from')
      if (shift.until <= at) throw invalid('', 'past', 'This shift is over. What has passed stays as it was.')
      if (from < shift.from || until > shift.until || from >= until) throw invalid('from', 'invalid', 'Name a part of the shift.')
      const whole = shift.layer === 'override'
      const typed = {
        schedule_id: def.id, user_id, from_at: from, until_at: until, reason: reason ?? override_reason ?? null,
        replaces: whole ? null : shift.user, layer: whole ? null : shift.layer, created_by: c.var.person,
      } // biome-ignore format: a row
      const { row, statements } = newOverride(c.var.db, c.var.team, typed, at)
      const override = { id: row.id, user: user_id, from, until, replaces: typed.replaces, layer: typed.layer, reason: 'override' as const, note: typed.reason, by: typed.created_by }
      const added = { ...def, overrides: [...def.overrides, override] }
      const answer = shiftBody(added, shifts(added, from, from + 1)[0]!)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  ) // biome-ignore format: a row
  .delete('/overrides/:id', says('Take an override back; one that runs ends now', null, 204), write, async (c) => {
    const removed = await removeOverride(c.var.db, c.var.team, idOf(c), Date.now())
    if (removed === 'gone') throw new Problem('not-found', 'This team has no override with this id.')
    if (removed === 'past') throw new Problem('conflict', 'This override is over. What has passed stays as it was.')
    tellObjects(c)
    return c.body(null, 204)
  })

async function wholeOverride(c: Asked, input: OverrideInput) {
  const { db, team, person } = c.var
  const at = Date.now()
  const { user_id, replaces, override_reason } = input
  const [from, until] = [Date.parse(input.start_time), Date.parse(input.end_time)]
  const kept = await scheduleOr404(c)
  mustNotBePast(from, at, 'start_time')
  if (until <= from) throw invalid('end_time', 'invalid', 'The end lies after the beginning.')
  if (until - from > 366 * DAY) throw invalid('end_time', 'too_big', 'An override is at most a year long. Change the rotation instead.')
  await mustBeMembers(c, [
    { path: 'user_id', id: user_id },
    { path: 'replaces', id: replaces },
  ])
  const typed = {
    schedule_id: kept.row.id, user_id, from_at: from, until_at: until, replaces: replaces ?? null, layer: null, reason: override_reason ?? null, created_by: person,
  } // biome-ignore format: a row
  const { row, statements } = newOverride(db, team, typed, at)
  const override = {
    id: row.id,
    user: user_id,
    from,
    until,
    replaces: typed.replaces,
    layer: null,
    reason: 'override' as const,
    note: typed.reason,
    by: person,
  }
  return { def: await definition(c, kept, from - DAY, until + 400 * DAY), row, override, statements }
}
