import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Actor } from '../../actor.ts'
import type { BoardDoc } from './schema.ts'

/** A dashboard as it stands. Times in epoch ms. */
export const boards = sqliteTable(
  'dashboards',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    is_shared: integer({ mode: 'boolean' }).notNull(),
    doc: text({ mode: 'json' }).$type<BoardDoc>().notNull(),
    /** Grows with every save; a save names the one it changes, so that two people never overwrite each other unseen. */
    version: integer().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    updated_by: text({ mode: 'json' }).$type<Actor>().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('dashboards_team').on(t.team, t.name)],
)
export type BoardRow = typeof boards.$inferSelect

/** What every save made, who and when; the newest VERSIONS_MAX of a dashboard are kept. */
export const boardVersions = sqliteTable(
  'dashboard_versions',
  {
    dashboard: text().notNull(),
    version: integer().notNull(),
    team: text().notNull(),
    name: text().notNull(),
    doc: text({ mode: 'json' }).$type<BoardDoc>().notNull(),
    at: integer().notNull(),
    by: text({ mode: 'json' }).$type<Actor>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.dashboard, t.version] }), index('dashboard_versions_team').on(t.team)],
)
export type BoardVersion = typeof boardVersions.$inferSelect

/** A link by which strangers see a dashboard, until it expires or is deleted. The token itself is nowhere: `hash` is its SHA-256. */
export const boardLinks = sqliteTable(
  'dashboard_links',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    dashboard: text().notNull(),
    name: text().notNull(),
    hash: text().notNull().unique(),
    created_at: integer().notNull(),
    created_by: text({ mode: 'json' }).$type<Actor>().notNull(),
    expires_at: integer(),
  },
  (t) => [index('dashboard_links_team').on(t.team, t.dashboard)],
)
export type BoardLinkRow = typeof boardLinks.$inferSelect
