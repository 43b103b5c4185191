import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Drops } from './pipeline/schema.ts'
import type { BundleName, Signal, WarehouseName } from './plans.ts'
import type { DataRegion } from './regions.ts'
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
    data_region: text().$type<DataRegion>().notNull(),
    token_hash: text().notNull().unique(),
    token_sealed: text().notNull(),
    vrl_pipeline: text().notNull(),
    retention_days: integer().notNull(),
    metrics_retention_days: integer().notNull(),
    s3_bucket: text(),
    s3_endpoint: text(),
    s3_region: text(),
    s3_access_key: text(),
    /** About team + 'sources.s3'; never read back. */
    s3_secret_sealed: text(),
    derived_metrics_enabled: integer({ mode: 'boolean' }).notNull(),
    derived_metrics_nvme: integer({ mode: 'boolean' }).notNull(),
    live_tail_pattern: text(),
    ingesting_paused: integer({ mode: 'boolean' }).notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
    /** What `vrl_pipeline` leaves out, see pipeline/schema.ts; its twin for spans follows. */
    vrl_drops: text().$type<Drops>().notNull().default('abort'),
    vrl_spans: text().notNull().default(''),
    vrl_spans_drops: text().$type<Drops>().notNull().default('abort'),
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
    /** What the latest body began with. */
    began: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.reason] })],
)

/** What a team pays for; a team without a row has `noPlan`. Written by billing. */
export const telemetryPlans = sqliteTable('telemetry_plans', {
  team: text().primaryKey(),
  bundle: text().$type<BundleName>().notNull(),
  warehouse: text().$type<WarehouseName>().notNull(),
  overage: integer({ mode: 'boolean' }).notNull(),
  updated_at: integer().notNull(),
})

/** Teams that sent more of a signal in this `month` (epoch ms of its beginning) than their plan holds. Written by the cron, read with the token. */
export const overQuotas = sqliteTable(
  'over_quotas',
  { team: text().notNull(), signal: text().$type<Signal>().notNull(), month: integer().notNull(), at: integer().notNull() },
  (t) => [primaryKey({ columns: [t.team, t.signal] })],
)

/** Parquet files that hold one hour of a source. `place` is empty for our own bucket, else `<endpoint>/<bucket>`; `lease_until` (epoch ms) keeps two exports of one hour apart. */
export const archiveFiles = sqliteTable(
  'archive_files',
  {
    team: text().notNull(),
    source: text().notNull(),
    kind: text().$type<'logs' | 'spans'>().notNull(),
    hour: integer().notNull(),
    state: text().$type<'running' | 'done' | 'failed'>().notNull(),
    place: text().notNull(),
    rows: integer().notNull(),
    bytes: integer().notNull(),
    tries: integer().notNull(),
    lease_until: integer().notNull(),
    error: text(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.source, t.kind, t.hour] }), index('archive_files_hour').on(t.hour)],
)
export type ArchiveFile = typeof archiveFiles.$inferSelect
