import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../db.ts'
import type { CalendarEvent } from './definition.ts'
import { calendars } from './schedule-table.ts'

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
