import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CalendarUse, FeedKind } from './calendar-uses.ts'
import type { CoverStatus } from './cover-status.ts'
import type { CalendarEvent, Layer } from './definition.ts'

/** On-call schedules; who is on call in them is in the versions. */
export const schedules = sqliteTable(
  'schedules',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    /** Kept for those who bring them; an import goes by address. */
    google_calendar_id: text(),
    outlook_calendar_id: text(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('schedules_team').on(t.team, t.name)],
)
export type ScheduleRow = typeof schedules.$inferSelect

/** How a schedule is from `from_at` to its next version. The first has `from_at` 0. Versions that have begun are never changed. */
export const versions = sqliteTable(
  'schedule_versions',
  {
    id: text().primaryKey(),
    team: text().notNull(),
    schedule_id: text().notNull(),
    from_at: integer().notNull(),
    timezone: text().notNull(),
    layers: text({ mode: 'json' }).$type<Layer[]>().notNull(),
    created_at: integer().notNull(),
  },
  (t) => [uniqueIndex('schedule_versions_from').on(t.schedule_id, t.from_at)],
)
export type VersionRow = typeof versions.$inferSelect

/** Somebody instead of whom the layers have. Order is the order of `number`. The time that has passed is never changed. */
export const overrides = sqliteTable(
  'schedule_overrides',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    schedule_id: text().notNull(),
    user_id: text().notNull(),
    from_at: integer().notNull(),
    until_at: integer().notNull(),
    /** Only this person's time; null: everybody's, and gaps. */
    replaces: text(),
    layer: text(),
    reason: text(),
    cover_request_id: text(),
    created_by: text(),
    created_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [
    index('schedule_overrides_schedule').on(t.schedule_id, t.until_at),
    uniqueIndex('schedule_overrides_cover').on(t.cover_request_id).where(sql`cover_request_id IS NOT NULL AND deleted_at IS NULL`),
  ],
)
export type OverrideRow = typeof overrides.$inferSelect

/** Somebody asks to be covered in [from_at, until_at) of a shift. Accepting makes an override; the status decides who was first. */
export const covers = sqliteTable(
  'cover_requests',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    schedule_id: text().notNull(),
    layer: text().notNull(),
    shift_start: integer().notNull(),
    shift_end: integer().notNull(),
    /** Whose shift it is. */
    user_id: text().notNull(),
    /** Who asked: the same, or somebody on their behalf. */
    requester_id: text(),
    from_at: integer().notNull(),
    until_at: integer().notNull(),
    reason: text(),
    status: text().$type<CoverStatus>().notNull(),
    /** Who was asked, the best first. */
    potential_covers: text({ mode: 'json' }).$type<string[]>().notNull(),
    declined_by: text({ mode: 'json' }).$type<string[]>().notNull(),
    covered_by: text(),
    decided_at: integer(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [index('cover_requests_team').on(t.team, t.until_at), index('cover_requests_schedule').on(t.schedule_id, t.until_at)],
)
export type CoverRow = typeof covers.$inferSelect

/** Calendars of others that we read. The address may hold a secret: sealed, its host beside it for people to see. */
export const calendars = sqliteTable(
  'oncall_calendars',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    host: text().notNull(),
    use: text().$type<CalendarUse>().notNull(),
    /** Whose calendar it is; null for a layer whose events name the person. */
    user_id: text(),
    events: text({ mode: 'json' }).$type<CalendarEvent[]>().notNull(),
    etag: text(),
    polled_at: integer(),
    next_poll_at: integer().notNull(),
    /** Polls that failed in a row. */
    failures: integer().notNull(),
    error: text(),
    /** Events that could not be used, and why. */
    skipped: text({ mode: 'json' }).$type<{ what: string; why: string }[]>().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('oncall_calendars_team').on(t.team), index('oncall_calendars_due').on(t.next_poll_at).where(sql`deleted_at IS NULL`)],
)
export type CalendarRow = typeof calendars.$inferSelect

/** Addresses at which a calendar program reads shifts. The address is a seal over (team, feed): a row that is revoked stops it. */
export const feeds = sqliteTable(
  'oncall_feeds',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    of: text().$type<FeedKind>().notNull(),
    /** The schedule, the person or the team. */
    ref: text().notNull(),
    created_by: text().notNull(),
    created_at: integer().notNull(),
    revoked_at: integer(),
  },
  (t) => [index('oncall_feeds_team').on(t.team)],
)
export type FeedRow = typeof feeds.$inferSelect
