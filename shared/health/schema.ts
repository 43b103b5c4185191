import * as z from 'zod'

export const partStates = ['up', 'degraded', 'down'] as const
const Part = z.enum(partStates)
const Milliseconds = z.number()

/** `GET /api/health`. Gauges are null until they were measured once. */
export const Health = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    parts: z.object({
      database: Part,
      clickhouse: Part,
      paging: Part,
      checks: Part.describe('degraded: checks begin late, some were lost lately, or nobody measured for minutes'),
    }),
    outbox_age_ms: Milliseconds,
    oldest_unsent_page_ms: Milliseconds,
    measured_at: z.string().nullable().describe('When the gauges below were taken'),
    shard_lag_ms: Milliseconds.nullable().describe('The longest that a check waited for its turn in the last minute'),
    checks_late: z.number().nullable().describe('Checks of the last minute that began more than a second late'),
    checks_lost_24h: z.number().nullable(),
    spool_rows: z.number().nullable().describe('Accepted rows that ClickHouse does not have yet'),
    spool_oldest_ms: Milliseconds.nullable(),
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof Health>
