import type { Messages } from '../../durable-objects/incidents-history.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { inNight, type Load, loads } from '../../shared/oncall/load.ts'
import { csvOf } from '../../shared/oncall/report.ts'
import { shifts } from '../../shared/oncall/schedule.ts'
import { ReportBody, ReportQuery } from '../../shared/oncall/schedule-schema.ts'
import { membersOf } from '../../shared/oncall/schedule-store.ts'
import { loadBody } from '../../shared/oncall/schedule-wire.ts'
import { DAY, iso } from '../../shared/time.ts'
import { can, door, says, takes } from './door.ts'
import { definitions, rangeOf } from './oncall-asking.ts'

/** `/api/oncall/reports`: who carried how much, for pay and for fairness. */
export const oncallReports = door().get(
  '/',
  says('Hours, nights, weekends, pages and wakings by person; `format=csv` for pay', ReportBody),
  can('oncall:read'),
  takes('query', ReportQuery),
  async (c) => {
    const query = c.req.valid('query')
    const at = Date.now()
    const { from, to } = rangeOf(query.from || query.to ? query : { to: iso(at) }, at, 90 * DAY)
    const [people, defs, messages] = await Promise.all([
      membersOf(c.var.db, c.var.team),
      definitions(c, query.schedule_id, from, to),
      stubs.incidents(c.var.team).messages(from, to),
    ])
    const known = new Map(people.map((p) => [p.id, p]))
    const zoneOf = (user: string) => known.get(user)?.zone ?? 'UTC'
    const pieces = defs.flatMap((def) => shifts(def, from, to))
    const carried = loads(pieces, zoneOf, from, to)
    // who was paged without a shift carried something too; of one schedule only its people are asked for
    const others = query.schedule_id ? [] : people.filter((p) => !carried.some((l) => l.user === p.id)).map((p) => idle(p.id))
    const found = [...carried, ...others.filter((o) => messages.some((m) => m.person === o.user))].map((load) => ({
      ...loadBody(load),
      ...told(messages, load.user, zoneOf(load.user)),
      name: known.get(load.user)?.name ?? 'Somebody who left',
      timezone: zoneOf(load.user),
    }))
    if (query.format === 'json') return c.json({ from: iso(from), to: iso(to), people: found })
    return c.body(csvOf(found), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="on-call-${iso(from).slice(0, 10)}-${iso(to).slice(0, 10)}.csv"`,
    })
  },
)

/** How often somebody was told, and woken: several channels at once wake once. */
function told(messages: Messages[], user: string, zone: string): { pages: number; woken: number } {
  const theirs = messages.filter((m) => m.person === user)
  return {
    pages: theirs.reduce((sum, m) => sum + m.pages, 0),
    woken: theirs.filter((m) => m.rings && inNight(m.at, zone)).length,
  }
}

const idle = (user: string): Load => ({
  user, seconds: 0, nightSeconds: 0, weekendSeconds: 0, nights: 0, weekendDays: 0, shifts: 0, daysInARow: 0,
}) // biome-ignore format: a row
