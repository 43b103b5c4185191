import { and, asc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { CalendarEvent } from './definition.ts'
import { type CalendarRow, calendars, schedules, versions } from './schedule-table.ts'
import { tell } from './tell.ts'

const CALENDARS_MAX = 200
const alive = (team: string) => and(eq(calendars.team, team), isNull(calendars.deleted_at))

/** Events of these imported calendars that overlap [from, to), by calendar. */
export async function eventsOf(db: Db, team: string, ids: string[], from: number, to: number): Promise<Map<string, CalendarEvent[]>> {
  const out = new Map<string, CalendarEvent[]>()
  const wanted = [...new Set(ids)]
  for (let i = 0; i < wanted.length; i += 90) {
    const rows = await db
      .select({ id: calendars.id, events: calendars.events })
      .from(calendars)
      .where(and(eq(calendars.team, team), inArray(calendars.id, wanted.slice(i, i + 90))))
    for (const { id, events } of rows)
      out.set(
        id,
        events.filter((e) => e.until > from && e.from < to),
      )
  }
  return out
}

/** Calendars that a layer may name. */
export const calendarIds = async (db: Db, team: string): Promise<string[]> =>
  (
    await db
      .select({ id: calendars.id })
      .from(calendars)
      .where(and(eq(calendars.team, team), eq(calendars.use, 'layer'), isNull(calendars.deleted_at)))
  ).map((c) => c.id)

/** When people of a team cannot be on call, as their own calendars say. */
export async function unavailability(db: Db, team: string): Promise<Map<string, { from: number; until: number }[]>> {
  const rows = await db
    .select({ user: calendars.user_id, events: calendars.events })
    .from(calendars)
    .where(and(eq(calendars.team, team), eq(calendars.use, 'unavailable'), isNull(calendars.deleted_at)))
  const out = new Map<string, { from: number; until: number }[]>()
  for (const { user, events } of rows) if (user) out.set(user, [...(out.get(user) ?? []), ...events])
  return out
}

export const listCalendars = async (db: Db, team: string): Promise<CalendarRow[]> =>
  db.select().from(calendars).where(alive(team)).orderBy(asc(calendars.name)).limit(CALENDARS_MAX)

export const getCalendar = async (db: Db, team: string, id: string): Promise<CalendarRow | undefined> => {
  const [row] = await db
    .select()
    .from(calendars)
    .where(and(alive(team), eq(calendars.id, id)))
  return row
}

type NewCalendar = Pick<CalendarRow, 'name' | 'url' | 'host' | 'use' | 'user_id'>
export function newCalendar(team: string, typed: NewCalendar, at: number): Omit<CalendarRow, 'number'> {
  const fresh = { events: [], etag: null, polled_at: null, next_poll_at: at, failures: 0, error: null, skipped: [] }
  return { id: newId(at), team, ...typed, ...fresh, created_at: at, updated_at: at, deleted_at: null }
}
export const insertCalendar = (db: Db, row: Omit<CalendarRow, 'number'>) => db.insert(calendars).values(row)

/** False when a layer still shows it: `used`; or when it is gone. */
export async function removeCalendar(db: Db, team: string, id: string, at: number): Promise<'removed' | 'used' | 'gone'> {
  const uses = sql`exists (select 1 from ${versions} inner join ${schedules} on ${schedules.id} = ${versions.schedule_id}
    where ${versions.team} = ${team} and ${schedules.deleted_at} is null and instr(${versions.layers}, ${id}) > 0)`
  const removed = await db
    .update(calendars)
    .set({ deleted_at: at, updated_at: at })
    .where(and(alive(team), eq(calendars.id, id), sql`not ${uses}`))
    .returning({ id: calendars.id })
  if (removed.length) return 'removed'
  return (await getCalendar(db, team, id)) ? 'used' : 'gone'
}

/** Calendars of all teams that are to be read again, the longest waiting first. Across teams: the minute's cron. */
export const dueCalendars = (db: Db, at: number, limit: number): Promise<CalendarRow[]> =>
  db
    .select()
    .from(calendars)
    .where(and(isNull(calendars.deleted_at), lte(calendars.next_poll_at, at)))
    .orderBy(asc(calendars.next_poll_at))
    .limit(limit)

/** One worker at a time: takes a due calendar by putting its next poll off. False when another has it. */
export async function claimCalendar(db: Db, row: CalendarRow, until: number): Promise<boolean> {
  const taken = await db
    .update(calendars)
    .set({ next_poll_at: until })
    .where(and(eq(calendars.team, row.team), eq(calendars.id, row.id), eq(calendars.next_poll_at, row.next_poll_at)))
    .returning({ id: calendars.id })
  return taken.length > 0
}

type Polled = Partial<Pick<CalendarRow, 'events' | 'etag' | 'error' | 'skipped' | 'failures'>> & { polled_at: number; next_poll_at: number }
/** What a poll found; the objects of schedules that show the calendar read again when its events are others. */
export async function savePoll(db: Db, { team, id }: CalendarRow, found: Polled): Promise<void> {
  const update = db
    .update(calendars)
    .set({ ...found, updated_at: found.polled_at })
    .where(and(alive(team), eq(calendars.id, id)))
  if (!found.events) {
    await update
    return
  }
  const showing = await db
    .selectDistinct({ id: versions.schedule_id })
    .from(versions)
    .where(and(eq(versions.team, team), sql`instr(${versions.layers}, ${id}) > 0`))
    .limit(50)
  await db.batch([update, ...showing.flatMap((s) => tell(db, team, s.id, found.polled_at))])
}
