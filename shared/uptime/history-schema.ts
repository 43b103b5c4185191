import * as z from 'zod'
import { feedOf } from '../page.ts'
import { checkErrors, regions } from './checks/spec.ts'
import { anyCase, Region, Zone } from './schema.ts'

export const CheckBody = z
  .object({
    id: z.string(),
    at: z.string(),
    region: Region,
    colo: z.string().nullable(),
    outcome: z.enum(['up', 'down']),
    error: z.enum(checkErrors).nullable(),
    status_code: z.int().nullable(),
    response_time_ms: z.int(),
    ttfb_ms: z.int().nullable(),
    bytes: z.int(),
    round_id: z.string().nullable(),
    verdict: z.string(),
    why: z.array(z.string()),
    excerpt: z.string().nullable(),
  })
  .meta({ id: 'Check' })
export type CheckBody = z.infer<typeof CheckBody>

/** RFC 3339 in a query; epoch ms inside. */
const At = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
export const ListChecks = z.strictObject({
  from: At.optional(),
  to: At.optional(),
  region: anyCase(regions).optional(),
  outcome: anyCase(['up', 'down']).optional(),
  cursor: z.string().max(40).optional(),
  per_page: z.coerce.number().int().min(1).max(250).default(50),
})
export const CheckFeed = feedOf(CheckBody).meta({ id: 'CheckFeed' })
export const Between = z.strictObject({ from: At.optional(), to: At.optional() })
export const TimesQuery = z.strictObject({ ...Between.shape, step: z.coerce.number().int().min(1).max(604_800).optional() })
export const DaysQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(400).default(90),
  timezone: Zone.default('UTC'),
})

const observed = {
  availability: z.number().nullable().describe('Share of observed time; null when nothing was observed'),
  up_seconds: z.number(),
  down_seconds: z.number(),
  excluded_seconds: z.number().describe('Maintenance, pauses and time in which nobody looked'),
  incidents: z.int(),
}
const Bar = z.enum(['up', 'down', 'maintenance', 'paused', 'none'])
export const AvailabilityBody = z.object({ from: z.string(), to: z.string(), ...observed }).meta({ id: 'Availability' })
export const DaysBody = z
  .object({ data: z.array(z.object({ day: z.string(), state: Bar, ...observed })) })
  .meta({ id: 'AvailabilityByDay' })

const times = {
  p50_ms: z.number().nullable(),
  p95_ms: z.number().nullable(),
  max_ms: z.number().nullable(),
  checks: z.int(),
  failed: z.int(),
}
export const TimesBody = z
  .object({
    from: z.string(),
    to: z.string(),
    step: z.int(),
    series: z.array(z.object({ region: Region, ...times, points: z.array(z.object({ at: z.string(), ...times })) })),
  })
  .meta({ id: 'ResponseTimes' })

export const SummaryQuery = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.toLowerCase().split(',').filter(Boolean))
    .pipe(z.array(z.uuid()).min(1).max(250)),
})
export const SummaryBody = z
  .object({
    data: z.array(
      z.object({
        id: z.string(),
        bars: z.array(Bar).describe('24 hours, oldest first'),
        p95_ms: z.number().nullable(),
        sparkline: z.array(z.number().nullable()).describe('p95 of each of the 24 hours'),
        availability_30d: z.number().nullable(),
      }),
    ),
  })
  .meta({ id: 'MonitorSummaries' })

/** What regions saw just now. */
export const SeenBody = z
  .object({
    results: z.array(
      CheckBody.pick({
        at: true,
        region: true,
        colo: true,
        outcome: true,
        error: true,
        status_code: true,
        response_time_ms: true,
        ttfb_ms: true,
        bytes: true,
        excerpt: true,
      }),
    ),
  })
  .meta({ id: 'CheckResults' })
