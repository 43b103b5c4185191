import * as z from 'zod'
import { dataRegions } from './regions.ts'

/** How a source is fed; it decides which snippet the dashboard shows, not what the doors accept. */
export const ingestionMethods = [
  'HTTP',
  'VECTOR',
  'FLUENT_BIT',
  'SYSLOG',
  'OTLP',
  'ELASTICSEARCH',
  'LOKI',
  'SPLUNK',
  'PROMETHEUS',
  'HEROKU',
] as const
export type IngestionMethod = (typeof ingestionMethods)[number]

const Days = z.int().min(1).max(3652)

const fields = {
  name: z.string().trim().min(1).max(100),
  ingestion_method: z.preprocess((v) => (typeof v === 'string' ? v.toUpperCase() : v), z.enum(ingestionMethods)),
  platform: z.string().trim().min(1).max(60),
  retention_days: Days,
  metrics_retention_days: Days,
  s3_bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i)
    .nullable()
    .describe('A bucket of your own for archives; with s3_endpoint, s3_access_key and s3_secret_key'),
  s3_endpoint: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  s3_region: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .nullable(),
  s3_access_key: z.string().min(1).max(200).nullable(),
  s3_secret_key: z.string().min(1).max(500).nullable().describe('Is kept sealed and never shown again'),
  derived_metrics_enabled: z.boolean(),
  derived_metrics_nvme: z.boolean(),
  live_tail_pattern: z.string().max(500).nullable(),
  ingesting_paused: z.boolean(),
}

/** Body of `POST /api/logs/sources`. Retention defaults are the seed's: 30 days of logs, 13 months of metrics. */
export const NewSource = z
  .strictObject({
    ...fields,
    ingestion_method: fields.ingestion_method.default('HTTP'),
    platform: fields.platform.optional(),
    data_region: z.enum(dataRegions).default('default').describe('Where its data is kept; cannot be changed later'),
    retention_days: fields.retention_days.default(30),
    metrics_retention_days: fields.metrics_retention_days.default(395),
    s3_bucket: fields.s3_bucket.default(null),
    s3_endpoint: fields.s3_endpoint.default(null),
    s3_region: fields.s3_region.default(null),
    s3_access_key: fields.s3_access_key.default(null),
    s3_secret_key: fields.s3_secret_key.default(null),
    derived_metrics_enabled: fields.derived_metrics_enabled.default(true),
    derived_metrics_nvme: fields.derived_metrics_nvme.default(false),
    live_tail_pattern: fields.live_tail_pattern.default(null),
    ingesting_paused: fields.ingesting_paused.default(false),
  })
  .meta({ id: 'NewSource' })
export type NewSource = z.infer<typeof NewSource>

export const SourcePatch = z.strictObject(fields).partial().meta({ id: 'SourcePatch' })
export type SourcePatch = z.infer<typeof SourcePatch>

/** `token` and its alias `api_key` are null for those who may not write. */
export const Source = z
  .object({
    id: z.string(),
    name: z.string(),
    ingestion_method: z.enum(ingestionMethods),
    platform: z.string(),
    table_name: z.string(),
    data_region: z.enum(dataRegions),
    token: z.string().nullable(),
    api_key: z.string().nullable(),
    ingesting_host: z.string(),
    vrl_pipeline: z.string(),
    retention_days: z.int(),
    metrics_retention_days: z.int(),
    s3_bucket: z.string().nullable(),
    s3_endpoint: z.string().nullable(),
    s3_region: z.string().nullable(),
    s3_access_key: z.string().nullable(),
    s3_secret_set: z.boolean(),
    derived_metrics_enabled: z.boolean(),
    derived_metrics_nvme: z.boolean(),
    live_tail_pattern: z.string().nullable(),
    ingesting_paused: z.boolean(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Source' })
export type Source = z.infer<typeof Source>

export const queryTypes = ['SQL', 'VRL', 'PROMQL'] as const
export type QueryType = (typeof queryTypes)[number]
/** Body of `POST /api/logs/query`. Without `from` and `to`: the last day. */
export const LogQuery = z
  .strictObject({
    query_type: z.preprocess((v) => (typeof v === 'string' ? v.toUpperCase() : v), z.enum(queryTypes)).default('SQL'),
    query: z.string().min(1).max(100_000).optional(),
    query_text: z.string().min(1).max(100_000).optional(),
    over: z
      .string()
      .min(1)
      .max(100_000)
      .optional()
      .describe('With VRL: the SQL whose rows the program gets; else the newest 1,000 log records'),
    search: z.string().max(5000).optional().describe('With VRL: the log search whose newest 1,000 records the program gets'),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    step: z.int().positive().optional().describe('With PROMQL: milliseconds between two samples; else a 250th of the range'),
    source_ids: z.array(z.uuid().toLowerCase()).max(20).optional(),
    query_id: z.uuid().toLowerCase().optional().describe('Names this run, so that it can be cancelled'),
    format: z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), z.enum(['json', 'ndjson', 'csv'])).default('json'),
  })
  .refine((q) => (q.query === undefined) !== (q.query_text === undefined), {
    error: 'Send the query as query (or query_text).',
    path: ['query'],
  })
  .meta({ id: 'LogQuery' })
export type LogQuery = z.infer<typeof LogQuery>

export const QueryAnswer = z
  .object({
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    data: z.array(z.record(z.string(), z.unknown())),
    statistics: z.object({ rows_read: z.number(), bytes_read: z.number(), elapsed_ms: z.number() }),
    cached: z.boolean().describe('The same question was answered a moment ago: nothing was read again'),
  })
  .meta({ id: 'QueryAnswer' })
export type QueryAnswer = z.infer<typeof QueryAnswer>

const saved = {
  name: z.string().trim().min(1).max(200),
  query_type: z.preprocess((v) => (typeof v === 'string' ? v.toUpperCase() : v), z.enum(queryTypes)),
  query_text: z.string().trim().min(1).max(100_000),
  saved_as_dashboard: z.boolean(),
}

/** Body of `POST /api/logs/queries`. */
export const NewSavedQuery = z
  .strictObject({ ...saved, query_type: saved.query_type.default('SQL'), saved_as_dashboard: saved.saved_as_dashboard.default(false) })
  .meta({ id: 'NewSavedQuery' })
export type NewSavedQuery = z.infer<typeof NewSavedQuery>
export const SavedQueryPatch = z.strictObject(saved).partial().meta({ id: 'SavedQueryPatch' })
export type SavedQueryPatch = z.infer<typeof SavedQueryPatch>
export const SavedQuery = z
  .object({
    id: z.string(),
    name: z.string(),
    query_type: z.enum(queryTypes),
    query_text: z.string(),
    saved_as_dashboard: z.boolean(),
    user_id: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'SavedQuery' })
export type SavedQuery = z.infer<typeof SavedQuery>
