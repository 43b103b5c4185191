import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Affected, ReportStatus, ReportType } from './words.ts'

const flag = () => integer({ mode: 'boolean' })
const listed = {
  number: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  team: text().notNull(),
}
const times = { created_at: integer().notNull(), updated_at: integer().notNull() }

/** One public page. A subdomain belongs to one live page, a custom domain to one page that proved it. Times in epoch ms. */
export const statusPages = sqliteTable(
  'status_pages',
  {
    ...listed,
    name: text().notNull(),
    subdomain: text().notNull(),
    custom_domain: text(),
    custom_domain_verified: flag().notNull().default(false),
    timezone: text().notNull(),
    published: flag().notNull(),
    logo_url: text(),
    ...times,
    deleted_at: integer(),
  },
  (t) => [
    index('status_pages_team').on(t.team, t.name),
    uniqueIndex('status_pages_subdomain').on(t.subdomain).where(sql`deleted_at IS NULL`),
    uniqueIndex('status_pages_domain').on(t.custom_domain).where(sql`custom_domain_verified = 1 AND deleted_at IS NULL`),
  ],
)
export type StatusPage = typeof statusPages.$inferSelect

export const statusSections = sqliteTable(
  'status_sections',
  { ...listed, page_id: text().notNull(), name: text().notNull(), position: integer().notNull(), ...times },
  (t) => [index('status_sections_page').on(t.page_id, t.position)],
)
export type Section = typeof statusSections.$inferSelect

/** A service as the page names it, bound to the monitor that measures it. Without a section it stands by itself. */
export const statusResources = sqliteTable(
  'status_resources',
  {
    ...listed,
    page_id: text().notNull(),
    section_id: text(),
    resource_type: text().$type<'monitor'>().notNull(),
    resource_id: text().notNull(),
    public_name: text().notNull(),
    position: integer().notNull(),
    ...times,
  },
  (t) => [index('status_resources_page').on(t.page_id, t.position), index('status_resources_resource').on(t.resource_id)],
)
export type Resource = typeof statusResources.$inferSelect

/** What people say about what happens. `status` is the latest update's. */
export const statusReports = sqliteTable(
  'status_reports',
  {
    ...listed,
    page_id: text().notNull(),
    title: text().notNull(),
    type: text().$type<ReportType>().notNull(),
    status: text().$type<ReportStatus>().notNull(),
    starts_at: integer().notNull(),
    /** Planned. */
    ends_at: integer(),
    /** When an update said that it is over. */
    ended_at: integer(),
    next_update_at: integer(),
    affected: text({ mode: 'json' }).$type<Affected[]>().notNull(),
    ...times,
    deleted_at: integer(),
  },
  (t) => [index('status_reports_page').on(t.page_id, t.starts_at)],
)
export type Report = typeof statusReports.$inferSelect

export const statusReportUpdates = sqliteTable(
  'status_report_updates',
  {
    ...listed,
    page_id: text().notNull(),
    report_id: text().notNull(),
    status: text().$type<ReportStatus>().notNull(),
    message: text().notNull(),
    published_at: integer().notNull(),
    ...times,
  },
  (t) => [index('status_report_updates_report').on(t.report_id, t.published_at)],
)
export type ReportUpdate = typeof statusReportUpdates.$inferSelect

/** How often what a page shows has changed: part of the key that its rendered forms are cached under. */
export const statusSnapshots = sqliteTable(
  'status_snapshots',
  { page_id: text().primaryKey(), team: text().notNull(), revision: integer().notNull(), updated_at: integer().notNull() },
  (t) => [index('status_snapshots_team').on(t.team)],
)
export type Snapshot = typeof statusSnapshots.$inferSelect
