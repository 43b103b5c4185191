import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { IngestionMethod, QueryType } from './schema.ts'

/** Where telemetry comes from. `token_hash` finds it, `token_sealed` (about team + 'sources.token') shows the token to members who may write. */
export const sources = sqliteTable(
  'sources',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    ingestion_method: text().$type<IngestionMethod>().notNull(),
    platform: text().notNull(),
    table_name: text().notNull(),
    data_region: text().notNull(),
    token_hash: text().notNull().unique(),
    token_sealed: text().notNull(),
    vrl_pipeline: text().notNull(),
    retention_days: integer().notNull(),
    metrics_retention_days: integer().notNull(),
    s3_bucket: text(),
    derived_metrics_enabled: integer({ mode: 'boolean' }).notNull(),
    derived_metrics_nvme: integer({ mode: 'boolean' }).notNull(),
    live_tail_pattern: text(),
    ingesting_paused: integer({ mode: 'boolean' }).notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('sources_team').on(t.team)],
)
export type SourceRow = typeof sources.$inferSelect

/** Questions somebody wants to ask again. */
export const logQueries = sqliteTable(
  'log_queries',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    query_type: text().$type<QueryType>().notNull(),
    query_text: text().notNull(),
    saved_as_dashboard: integer({ mode: 'boolean' }).notNull(),
    user_id: text().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [index('log_queries_team').on(t.team)],
)
export type LogQueryRow = typeof logQueries.$inferSelect

/** Who looks at which source just now: `tail` is the name of a Tail object, `source` may be `*`. Written by Tail, read by the doors. */
export const watchedSources = sqliteTable(
  'watched_sources',
  { team: text().notNull(), source: text().notNull(), tail: text().notNull(), until: integer().notNull() },
  (t) => [primaryKey({ columns: [t.team, t.source, t.tail] })],
)

/** Why the doors refused uploads of a source lately. Written by the ingest door, a few times a minute at most. */
export const sourceRefusals = sqliteTable(
  'source_refusals',
  {
    team: text().notNull(),
    source: text().notNull(),
    reason: text().notNull(),
    count: integer().notNull(),
    first: integer().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.reason] })],
)
