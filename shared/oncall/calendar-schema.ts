import * as z from 'zod'
import { calendarUses, feedKinds } from './calendar-uses.ts'

const id = z.uuid().toLowerCase()

/** `POST /api/oncall/calendars`: an .ics address of Google, Outlook or anybody. */
export const CalendarInput = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    url: z.string().trim().max(2000).regex(/^(https?|webcal):\/\//i, 'Paste the address of an .ics calendar; it begins with https://.'),
    use: z.string().toLowerCase().pipe(z.enum(calendarUses)).default('layer'),
    /** Whose it is. Needed for `unavailable`; without it a layer's events name people by address or name. */
    user_id: id.nullish(),
  })
  .meta({ id: 'CalendarInput' }) // biome-ignore format: one attribute a line
export type CalendarInput = z.infer<typeof CalendarInput>

export const CalendarBody = z
  .object({
    id: z.string(),
    name: z.string(),
    /** The address is not shown again: it may hold a secret. */
    host: z.string(),
    use: z.enum(calendarUses),
    user_id: z.string().nullable(),
    /** Times known from 30 days ago to 180 days ahead. */
    events: z.int(),
    last_polled_at: z.string().nullable(),
    next_poll_at: z.string(),
    /** Why the last reading failed; what was read before stays in use. */
    error: z.string().nullable(),
    /** Events that were left out, and why; at most 20. */
    skipped: z.array(z.object({ what: z.string(), why: z.string() })),
    created_at: z.string(),
  })
  .meta({ id: 'ImportedCalendar' })
export type CalendarBody = z.infer<typeof CalendarBody>
export const CalendarList = z.object({ data: z.array(CalendarBody) }).meta({ id: 'ImportedCalendarList' })

/** `POST /api/oncall/feeds`: of a schedule or a person by id, or of the whole team. */
export const FeedInput = z
  .strictObject({ of: z.string().toLowerCase().pipe(z.enum(feedKinds)), id: id.nullish() })
  .meta({ id: 'FeedInput' })
export const FeedBody = z
  .object({
    id: z.string(),
    of: z.enum(feedKinds),
    ref: z.string(),
    created_by: z.string(),
    created_at: z.string(),
    /** Whoever has it can read the feed; shown once, revoke it to end that. */
    url: z.string().nullable(),
  })
  .meta({ id: 'CalendarFeed' })
export const FeedList = z.object({ data: z.array(FeedBody) }).meta({ id: 'CalendarFeedList' })
