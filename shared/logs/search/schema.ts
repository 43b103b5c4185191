import * as z from 'zod'
import { Outcomes } from '../pipeline/schema.ts'

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** What every question about logs says: a search (shared/logs/search), a time range `[from, to)`, sources (none: all). Epoch ms behind the door. */
const asked = {
  query: z.string().max(5000).default(''),
  from: Instant.optional(),
  to: Instant.optional(),
  source_ids: z.array(z.uuid()).max(1000).optional(),
}

export const SearchLogs = z
  .strictObject({
    ...asked,
    limit: z.int().min(1).max(1000).default(200),
    order: z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), z.enum(['desc', 'asc'])).default('desc'),
    cursor: z.string().max(60).optional(),
  })
  .meta({ id: 'SearchLogs' })
export type SearchLogs = z.infer<typeof SearchLogs>
export const Histogram = z.strictObject({ ...asked, buckets: z.int().min(1).max(300).default(100) }).meta({ id: 'LogHistogramQuery' })
export const Fields = z.strictObject(asked).meta({ id: 'LogFieldsQuery' })

export const FoundRow = z
  .object({
    timestamp: z.string().describe('RFC 3339, up to nine decimals'),
    source_id: z.string(),
    level: z.string(),
    service: z.string(),
    message: z.string(),
    attributes: z.record(z.string(), z.string()),
    trace_id: z.string(),
    span_id: z.string(),
  })
  .meta({ id: 'LogRow' })
export type FoundRow = z.infer<typeof FoundRow>

const Cost = z.object({ rows_read: z.number(), bytes_read: z.number(), elapsed_ms: z.number() })
export const Found = z
  .object({ data: z.array(FoundRow), pagination: z.object({ next: z.string().nullable() }), statistics: Cost })
  .meta({ id: 'FoundLogs' })
export const HistogramBody = z
  .object({
    step_ms: z.int(),
    buckets: z.array(z.object({ at: z.string(), error: z.int(), warn: z.int(), rest: z.int() })),
    total: z.int(),
  })
  .meta({ id: 'LogHistogram' })
export type HistogramBody = z.infer<typeof HistogramBody>
export const FieldsBody = z
  .object({
    data: z.array(
      z.object({
        name: z.string(),
        share: z.number().describe('Of the records looked at, 0 to 1'),
        values: z.array(z.object({ value: z.string(), count: z.int() })),
      }),
    ),
    sample: z.object({ rows: z.int(), complete: z.boolean().describe('False: only the newest records were looked at') }),
  })
  .meta({ id: 'LogFields' })
export type FieldsBody = z.infer<typeof FieldsBody>

export const Health = z
  .object({
    last_event_at: z.string().nullable(),
    events_last_minute: z.int(),
    refused: z.array(
      z.object({
        reason: z.string(),
        count: z.int(),
        first: z.string(),
        began: z.string().describe('What the latest such body began with'),
      }),
    ),
    vrl: Outcomes.describe('What its programs did besides transforming, in the last day'),
  })
  .meta({ id: 'SourceHealth' })
export type Health = z.infer<typeof Health>

/** A cursor of a tail: a number that rises with time. */
const Cursor = z.string().regex(/^\d{1,16}$/)
export const LiveTail = z.object({
  query: z.string().max(2000).default(''),
  source_ids: z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.uuid().toLowerCase()).max(50))
    .default([]),
  after: Cursor.optional(),
})
