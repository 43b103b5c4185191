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
