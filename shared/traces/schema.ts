import * as z from 'zod'

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const statuses = ['ok', 'error', 'unset'] as const
const Status = z.enum(statuses)

export const TraceBody = z
  .object({
    trace_id: z.string(),
    started_at: z.string(),
    duration_ms: z.number(),
    truncated: z.boolean().describe('True when it has more spans than are shown'),
    spans: z.array(
      z.object({
        span_id: z.string(),
        parent_span_id: z.string(),
        source_id: z.string(),
        service: z.string(),
        operation: z.string(),
        kind: z.string(),
        started_at: z.string(),
        offset_ms: z.number().describe('After the beginning of the trace, to the microsecond'),
        duration_ms: z.number(),
        self_ms: z.number().describe('Without the time of its children'),
        status: Status,
        status_message: z.string(),
        attributes: z.record(z.string(), z.string()),
        events: z.array(z.object({ at: z.string(), name: z.string(), attributes: z.record(z.string(), z.string()) })),
        links: z.array(z.object({ trace_id: z.string(), span_id: z.string(), attributes: z.record(z.string(), z.string()) })),
        depth: z.int(),
        orphan: z.boolean().describe('Its parent is not stored, or not yet'),
      }),
    ),
  })
  .meta({ id: 'Trace' })
export type TraceBody = z.infer<typeof TraceBody>

const between = { from: Instant.optional(), to: Instant.optional() }
const Ms = z.coerce.number().min(0).max(1e9)
/** `q` is the language of the log search over a span: its name and status message are the message. Without service and operation, durations are of root spans. */
const filters = {
  ...between,
  service: z.string().max(300).optional(),
  operation: z.string().max(1000).optional(),
  status: z.preprocess((v) => (typeof v === 'string' ? v.toLowerCase() : v), Status).optional(),
  min_ms: Ms.optional(),
  max_ms: Ms.optional(),
  q: z.string().max(2000).default(''),
}
export const SearchTraces = z.strictObject({
  ...filters,
  cursor: z.string().max(60).optional(),
  per_page: z.coerce.number().int().min(1).max(250).default(50),
})
export type SearchTraces = z.infer<typeof SearchTraces>

export const FoundTrace = z
  .object({
    trace_id: z.string(),
    service: z.string(),
    operation: z.string(),
    started_at: z.string(),
    duration_ms: z.number(),
    spans: z.int(),
    errors: z.int(),
  })
  .meta({ id: 'FoundTrace' })
export type FoundTrace = z.infer<typeof FoundTrace>
export const FoundTraces = z
  .object({
    data: z.array(FoundTrace),
    pagination: z.object({ next: z.string().nullable().describe('The cursor of the next page') }),
  })
  .meta({ id: 'FoundTraces' })
export type FoundTraces = z.infer<typeof FoundTraces>

/** What a search finds, as a sample over its whole range: for a picture, not for reading one by one. */
export const SampleTraces = z.strictObject(filters)
export const SampledTraces = z
  .object({
    data: z.array(FoundTrace),
    traces: z.int().describe('How many were found; data holds up to 500 that failed and 500 that did not'),
    failed: z.int().describe('How many of them have a span that was found and failed'),
  })
  .meta({ id: 'SampledTraces' })
export type SampledTraces = z.infer<typeof SampledTraces>

/** What a slow trace has more often than the quick ones of its kind. */
export const ComparedTrace = z
  .object({
    typical_ms: z.number().describe('Median of the traces with the same root, an hour before and after'),
    slow: z.int().describe('How many of them took at least twice the median and half of this one'),
    quick: z.int().describe('How many took at most the median'),
    data: z.array(
      z.object({
        name: z.string(),
        value: z.string(),
        slow_share: z.number().describe('Of the slow ones, 0 to 1, that have a span with it'),
        quick_share: z.number(),
      }),
    ),
  })
  .meta({ id: 'ComparedTrace' })
export type ComparedTrace = z.infer<typeof ComparedTrace>

export const Between = z.strictObject(between)
export const ServicesBody = z
  .object({
    data: z.array(
      z.object({
        service: z.string(),
        spans: z.int(),
        requests: z.int().describe('Spans that somebody outside waited for: servers, consumers, roots; all when it has none of them'),
        rate: z.number().describe('Requests per second'),
        errors: z.int(),
        error_share: z.number(),
        p50_ms: z.number(),
        p95_ms: z.number(),
        p99_ms: z.number(),
      }),
    ),
  })
  .meta({ id: 'TraceServices' })
export type ServicesBody = z.infer<typeof ServicesBody>
