import { stubs } from '../../durable-objects/stubs.ts'
import { differences } from '../../shared/oncall/compare.ts'
import type { ScheduleDefinition } from '../../shared/oncall/definition.ts'
import { peopleOf, urgenciesOf } from '../../shared/oncall/notification-copy.ts'
import { finalPieces } from '../../shared/oncall/pieces.ts'
import { PolicyPreview, SchedulePreview } from '../../shared/oncall/preview-schema.ts'
import { gaps } from '../../shared/oncall/schedule.ts'
import { ScheduleChange } from '../../shared/oncall/schedule-schema.ts'
import { PolicyChange } from '../../shared/oncall/schema.ts'
import { endpointsOf, getPolicy, stepsAsStored } from '../../shared/oncall/store.ts'
import { escalatesOf } from '../../shared/oncall/stored.ts'
import { type Paged, type Past, wouldPage } from '../../shared/oncall/would-have.ts'
import { DAY, iso, SECOND } from '../../shared/time.ts'
import { can, door, idOf, says, takes } from './door.ts'
import { noPolicy, refuseUnknown } from './oncall.ts'
import { definition, definitions } from './oncall-asking.ts'
import { compared, planned } from './oncall-change.ts'

const WEEKS_8 = 56 * DAY
const DAYS_30 = 30 * DAY
const CHANGES_MAX = 500
const read = can('oncall:read')

/** `…/preview`: what a change would do, by the code that would do it. Nothing is saved. */
export const oncallPreviews = door()
  .post('/schedules/:id/preview', says('Who would be on call instead of whom in the eight weeks after a change', SchedulePreview), read, takes('json', ScheduleChange), async (c) => {
    const at = Date.now()
    const { kept, version } = await planned(c, c.req.valid('json'), at)
    const from = version?.from_at ?? at
    const range: [number, number] = [from, from + WEEKS_8]
    const found = version && (await compared(c, kept, version, range, at))
    const before = found?.before ?? (await definition(c, kept, ...range))
    return c.json(scheduleBody(before, found?.after ?? before, found?.moves ?? [], from))
  }) // biome-ignore format: a row
  .post('/policies/:id/preview', says('Whom the last 30 days’ incidents would have paged by a changed policy', PolicyPreview), read, takes('json', PolicyChange), async (c) => {
    const { db, team } = c.var
    const change = c.req.valid('json')
    const row = await getPolicy(db, team, idOf(c))
    if (!row) throw noPolicy()
    await refuseUnknown(c, change)
    const to = Date.now()
    const from = to - DAYS_30
    const [incidents, people, endpoints, urgencies, schedules] = await Promise.all([
      stubs.incidents(team).pagedBy(row.id, from, to),
      peopleOf(db, team),
      endpointsOf(db, team),
      urgenciesOf(db, team),
      definitions(c, undefined, from - DAY, to + 9 * DAY),
    ])
    const given = { people, endpoints: endpoints.filter((e) => e.enabled), urgencies, schedules }
    // what nobody has answered yet is asked until now: what comes is not what would have been
    const past = incidents.map((i) => ({ ...i, until: i.until ?? to })).sort((a, b) => a.at - b.at)
    const would = escalatesOf({ ...row, ...change, steps: change.steps ? stepsAsStored(team, change.steps) : row.steps })
    const both = (some: Past[]) => [wouldPage(escalatesOf(row), some, given), wouldPage(would, some, given)] as const
    const all = both(past)
    // the same incidents by both, or they could not be compared
    const counted = Math.min(all[0].counted, all[1].counted)
    const [before, after] = counted === past.length ? all : both(past.slice(0, counted))
    const named = new Map(people.map((p) => [p.id, p.name]))
    return c.json({ from: iso(from), to: iso(to), incidents: counted, people: together(before.people, after.people, named) })
  }) // biome-ignore format: a row

type Moves = Awaited<ReturnType<typeof compared>>['moves']

function scheduleBody(before: ScheduleDefinition, after: ScheduleDefinition, moves: Moves, from: number) {
  const to = from + WEEKS_8
  const found = differences(before, after, from, to)
  const [was, is] = [secondsBy(before, from, to), secondsBy(after, from, to)]
  const open = (def: ScheduleDefinition) => gaps(def, from, to).map((g) => ({ from: iso(g.from), to: iso(g.until) }))
  return {
    from: iso(from),
    to: iso(to),
    changes: found.slice(0, CHANGES_MAX).map((d) => ({
      start_time: iso(d.from),
      end_time: iso(d.until),
      before: d.before,
      after: d.after,
    })),
    cut: found.length > CHANGES_MAX,
    gaps_before: open(before),
    gaps_after: open(after),
    people: [...new Set([...was.keys(), ...is.keys()])].map((user_id) => ({
      user_id,
      seconds_before: was.get(user_id) ?? 0,
      seconds_after: is.get(user_id) ?? 0,
    })),
    covers: moves.map(({ row, moved }) => ({ id: row.id, becomes: moved ? ('moved' as const) : ('canceled' as const) })),
  }
}

function secondsBy(def: ScheduleDefinition, from: number, to: number): Map<string, number> {
  const out = new Map<string, number>()
  for (const p of finalPieces(def, from, to)) out.set(p.user, (out.get(p.user) ?? 0) + Math.round((p.until - p.from) / SECOND))
  return out
}

function together(before: Paged[], after: Paged[], names: ReadonlyMap<string, string>): PolicyPreview['people'] {
  const of = (all: Paged[], user: string) => all.find((p) => p.user === user) ?? { times: 0, atNight: 0 }
  const users = [...new Set([...after, ...before].map((p) => p.user))]
  return users.map((user_id) => ({
    user_id,
    name: names.get(user_id) ?? 'Somebody who left',
    times_before: of(before, user_id).times,
    times_after: of(after, user_id).times,
    night_before: of(before, user_id).atNight,
    night_after: of(after, user_id).atNight,
  }))
}
