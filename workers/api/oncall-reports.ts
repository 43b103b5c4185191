import { loads } from '../../shared/oncall/load.ts'
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
  says('Hours, nights and weekends on call by person; `format=csv` for pay', ReportBody),
  can('oncall:read'),
  takes('query', ReportQuery),
  async (c) => {
    const query = c.req.valid('query')
    const at = Date.now()
    const { from, to } = rangeOf(query.from || query.to ? query : { to: iso(at) }, at, 90 * DAY)
    const [people, defs] = await Promise.all([membersOf(c.var.db, c.var.team), definitions(c, query.schedule_id, from, to)])
    const known = new Map(people.map((p) => [p.id, p]))
    const pieces = defs.flatMap((def) => shifts(def, from, to))
    const found = loads(pieces, (user) => known.get(user)?.zone ?? 'UTC', from, to).map((load) => ({
      ...loadBody(load),
      name: known.get(load.user)?.name ?? 'Somebody who left',
      timezone: known.get(load.user)?.zone ?? 'UTC',
    }))
    if (query.format === 'json') return c.json({ from: iso(from), to: iso(to), people: found })
    return c.body(csvOf(found), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="on-call-${iso(from).slice(0, 10)}-${iso(to).slice(0, 10)}.csv"`,
    })
  },
)
