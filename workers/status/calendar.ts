import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { organization } from '../../shared/auth/table.ts'
import { type Db, db } from '../../shared/db.ts'
import { calendarFeed } from '../../shared/oncall/calendar-out.ts'
import { getFeed, openFeedLink } from '../../shared/oncall/feed-store.ts'
import { shifts, versionAt } from '../../shared/oncall/schedule.ts'
import { definitionsOf, getSchedule, listSchedules, membersOf } from '../../shared/oncall/schedule-store.ts'
import type { FeedRow } from '../../shared/oncall/schedule-table.ts'
import { shiftId } from '../../shared/oncall/shift-id.ts'
import { ring } from '../../shared/seal.ts'
import { DAY } from '../../shared/time.ts'

const [BACK, AHEAD] = [30 * DAY, 180 * DAY]

/** `/a/calendar/<link>.ics`: shifts for a calendar program, which has no credential but the address. */
export const calendarLinks = new Hono<{ Bindings: Env }>().get('/a/calendar/:file', async (c) => {
  const at = Date.now()
  const sealed = /^([\w-]{20,500})\.ics$/.exec(c.req.param('file'))?.[1]
  const link = sealed && (await openFeedLink(ring(c.env.SECRET_KEYS), sealed))
  const feed = link && (await getFeed(db(c.env.DB), link.team, link.id))
  const text = feed && (await feedText(c.env, db(c.env.DB), feed, at))
  if (!text) return c.text('This calendar does not exist, or its address was revoked.', 404)
  return c.body(text, 200, {
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="on-call.ics"',
    'cache-control': 'private, max-age=300',
  })
})

async function feedText(env: Env, database: Db, { team, of, ref }: FeedRow, at: number): Promise<string | null> {
  const [people, [named]] = await Promise.all([
    membersOf(database, team),
    database.select({ name: organization.name, gone: organization.deletedAt }).from(organization).where(eq(organization.id, team)),
  ])
  if (!named || named.gone) return null
  const one = of === 'schedule' ? await getSchedule(database, team, ref) : undefined
  if (of === 'schedule' && !one) return null
  const person = people.find((p) => p.id === ref)
  if (of === 'person' && !person) return null
  const kept = one ? [one] : (await listSchedules(database, team, { page: 1, per_page: 1000 })).kept
  const defs = await definitionsOf(database, team, kept, at - BACK - DAY, at + AHEAD + 400 * DAY)
  const names = new Map(people.map((p) => [p.id, p.name]))
  const entries = defs
    .flatMap((def) => shifts(def, at - BACK, at + AHEAD).map((s) => ({ def, s })))
    .filter(({ s }) => of !== 'person' || s.user === ref)
    .sort((a, b) => a.s.from - b.s.from)
    .map(({ def, s }) => ({
      uid: `${shiftId(def.id, s.layer, s.from)}@tocsin`,
      from: s.from,
      until: s.until,
      summary: of === 'person' ? `On call: ${def.name}` : `${names.get(s.user) ?? 'Somebody who left'}, on call: ${def.name}`,
      description: s.reason === 'layer' ? '' : s.reason === 'cover' ? 'Covers for somebody.' : 'By an override.',
      url: `${env.TOCSIN_URL}/on-call/${def.id}`,
    }))
  const zone = person?.zone ?? (one && defs[0] ? versionAt(defs[0], at).zone : 'UTC')
  const name = of === 'schedule' ? (one?.row.name ?? '') : of === 'person' ? `${person?.name}, on call` : `${named.name}, on call`
  return calendarFeed(name, zone, entries, at)
}
