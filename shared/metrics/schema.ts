import * as z from 'zod'

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

/** An expression at one moment (`time`, now when left out), or over `from` … `to` every `step` milliseconds. */
export const MetricsQuery = z
  .strictObject({
    query: z.string().min(1).max(100_000),
    time: time.optional(),
    from: time.optional(),
    to: time.optional(),
    step: z.number().int().positive().optional(),
  })
  .refine((q) => (q.from === undefined) === (q.to === undefined), { path: ['to'], message: 'from and to belong together' })
  .meta({ id: 'MetricsQuery' })

/** As in Prometheus' HTTP API: times are seconds, values are texts. */
export const MetricsResult = z
  .object({
    resultType: z.enum(['vector', 'matrix', 'scalar', 'string']),
    result: z.array(z.unknown()),
    warnings: z.array(z.string()),
    infos: z.array(z.string()),
  })
  .meta({ id: 'MetricsResult' })

/** Names of metrics that had samples between `from` and `to` (the last day), those that contain `search`. */
export const ListMetricNames = z.strictObject({
  search: z.string().max(200).default(''),
  from: time.optional(),
  to: time.optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
})
export const MetricName = z.object({
  name: z.string(),
  type: z.string().describe('counter, gauge, histogram, summary, … as its sender says; unknown when nobody said'),
  unit: z.string(),
  help: z.string(),
  series: z.int(),
})
export const MetricNames = z.object({ data: z.array(MetricName), truncated: z.boolean() }).meta({ id: 'MetricNames' })
