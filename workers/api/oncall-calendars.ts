import { CalendarBody, CalendarInput, CalendarList, FeedBody, FeedInput, FeedList } from '../../shared/oncall/calendar-schema.ts'
import { getCalendar, insertCalendar, listCalendars, newCalendar, removeCalendar } from '../../shared/oncall/calendar-store.ts'
import { feedLink, insertFeed, listFeeds, newFeed, revokeFeed } from '../../shared/oncall/feed-store.ts'
import type { CalendarRow, FeedRow } from '../../shared/oncall/schedule-table.ts'
import { Problem } from '../../shared/problem.ts'
import { ring, seal } from '../../shared/seal.ts'
import { iso, isoOrNull } from '../../shared/time.ts'
import { isAllowedTarget } from '../../shared/uptime/checks/guard.ts'
import { aboutUrl, pollCalendar } from '../calendars.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { invalid, mustBeMembers, scheduleOr404, tellObjects } from './oncall-asking.ts'

const read = can('oncall:read')
const write = can('oncall:write')

/** `/api/oncall/calendars`: calendars of others, read every 15 minutes. `/api/oncall/feeds`: ours, for calendar programs. */
export const oncallCalendars = door()
  .get('/calendars', says('List imported calendars', CalendarList), read, async (c) =>
    c.json({ data: (await listCalendars(c.var.db, c.var.team)).map(calendarBody) }),
  )
  .post('/calendars', says('Import a calendar by its address', CalendarBody, 201), write, takes('json', CalendarInput), (c) =>
    once(c, async (also) => {
      const { name, url, use, user_id } = c.req.valid('json')
      const address = url.replace(/^webcals?:/i, 'https:')
      if (!URL.canParse(address) || !isAllowedTarget(new URL(address), Boolean(c.env.ALLOW_PRIVATE_TARGETS)))
        throw invalid('url', 'invalid', 'This address is not allowed: it is private or not http.')
      if (use === 'unavailable' && !user_id) throw invalid('user_id', 'required', 'Say whose calendar this is.')
      await mustBeMembers(c, [{ path: 'user_id', id: user_id }])
      if ((await listCalendars(c.var.db, c.var.team)).length >= 100)
        throw new Problem('conflict', 'A team imports at most 100 calendars. Delete one first.')
      const sealed = await seal(ring(c.env.SECRET_KEYS), 'customer', aboutUrl(c.var.team), address)
      const row = newCalendar(c.var.team, { name, url: sealed, host: new URL(address).host, use, user_id: user_id ?? null }, Date.now())
      const answer = calendarBody(row)
      await c.var.db.batch([insertCalendar(c.var.db, row), ...also(answer)])
      pollNow(c, row.id)
      return answer
    }),
  )
  .get('/calendars/:id', says('One imported calendar, its last reading and its errors', CalendarBody), read, async (c) =>
    c.json(calendarBody(await calendarOr404(c))),
  )
  .post('/calendars/:id/poll', says('Read a calendar again now', CalendarBody), write, async (c) => {
    await pollCalendar(c.env, await calendarOr404(c), Date.now())
    tellObjects(c)
    return c.json(calendarBody(await calendarOr404(c)))
  })
  .delete('/calendars/:id', says('Forget a calendar that no layer shows', null, 204), write, async (c) => {
    const removed = await removeCalendar(c.var.db, c.var.team, idOf(c), Date.now())
    if (removed === 'gone') throw noCalendar()
    if (removed === 'used')
      throw new Problem('conflict', 'A schedule still has this calendar as a layer. Take it out of the schedule first.')
    return c.body(null, 204)
  })
  .get('/feeds', says('List calendar feeds', FeedList), read, async (c) =>
    c.json({ data: (await listFeeds(c.var.db, c.var.team)).map((row) => feedBody(row, null)) }),
  )
  .post('/feeds', says('Make an .ics address of a schedule, a person or the team', FeedBody, 201), read, takes('json', FeedInput), (c) =>
    once(c, async (also) => {
      const { of, id } = c.req.valid('json')
      const ref = of === 'team' ? c.var.team : (id ?? (of === 'person' ? c.var.person : null))
      if (!ref) throw invalid('id', 'required', 'Say which schedule.')
      if (of === 'schedule') await scheduleOr404(c, ref)
      if (of === 'person') await mustBeMembers(c, [{ path: 'id', id: ref }])
      const row = newFeed(c.var.team, { of, ref, created_by: c.var.person }, Date.now())
      await c.var.db.batch([insertFeed(c.var.db, row), ...also(feedBody(row, null))])
      const link = await feedLink(ring(c.env.SECRET_KEYS), c.var.team, row.id)
      return feedBody(row, `${c.env.TOCSIN_URL}/a/calendar/${link}.ics`)
    }),
  )
  .delete('/feeds/:id', says('Revoke a feed: its address is nobody’s from then on', null, 204), read, async (c) => {
    if (!(await revokeFeed(c.var.db, c.var.team, idOf(c), Date.now())))
      throw new Problem('not-found', 'This team has no feed with this id.')
    return c.body(null, 204)
  })

async function calendarOr404(c: Asked): Promise<CalendarRow> {
  const row = await getCalendar(c.var.db, c.var.team, idOf(c))
  if (!row) throw noCalendar()
  return row
}
const noCalendar = () => new Problem('not-found', 'This team has no imported calendar with this id.')

/** The first reading does not hold up the answer. */
const pollNow = (c: Asked, id: string) =>
  c.executionCtx.waitUntil(
    (async () => {
      const row = await getCalendar(c.var.db, c.var.team, id)
      if (row) await pollCalendar(c.env, row, Date.now())
      tellObjects(c)
    })(),
  )

const calendarBody = (row: Omit<CalendarRow, 'number'>): CalendarBody => ({
  id: row.id,
  name: row.name,
  host: row.host,
  use: row.use,
  user_id: row.user_id,
  events: row.events.length,
  last_polled_at: isoOrNull(row.polled_at),
  next_poll_at: iso(row.next_poll_at),
  error: row.error,
  skipped: row.skipped,
  created_at: iso(row.created_at),
})
const feedBody = ({ id, of, ref, created_by, created_at }: Omit<FeedRow, 'number'>, url: string | null) => ({
  id,
  of,
  ref,
  created_by,
  created_at: iso(created_at),
  url,
})
