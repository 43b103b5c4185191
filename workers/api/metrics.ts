import type * as z from 'zod'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { metricNames } from '../../shared/metrics/catalogue.ts'
import { evaluateInstant, evaluateRange } from '../../shared/metrics/evaluate.ts'
import { failureOf } from '../../shared/metrics/prometheus/failure.ts'
import { resultJson } from '../../shared/metrics/prometheus/result.ts'
import { ListMetricNames, MetricNames, MetricsQuery, MetricsResult } from '../../shared/metrics/schema.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { type Asked, can, door, says, takes } from './door.ts'

/** `/api/metrics` */
export const metrics = door()
  .post('/query', says('Evaluate a PromQL expression', MetricsResult), can('metrics:read'), takes('json', MetricsQuery), async (c) => {
    const answer = await evaluated(c, c.req.valid('json'))
    const result = JSON.parse(resultJson(answer)) as Pick<z.output<typeof MetricsResult>, 'resultType' | 'result'>
    return c.json({ ...result, warnings: [...answer.warnings], infos: [...answer.infos] })
  })
  .get('/names', says('List names of metrics', MetricNames), can('metrics:read'), takes('query', ListMetricNames), async (c) => {
    const { search, limit, ...given } = c.req.valid('query')
    const to = given.to ?? Date.now()
    const asked = { search, limit, from: given.from ?? to - 86_400_000, to }
    const { found, truncated } = await metricNames(clickhouse(clickhouseOf(c.env)), c.var.team, asked)
    return c.json({ data: found, truncated })
  })

/** At `time`, or over from … to with a step; Prometheus' sentence about a wrong query is the finding of `query`. With an `id` the run can be cancelled by it. */
export async function evaluated(c: Asked, { query, time, from, to, step }: z.output<typeof MetricsQuery>, id?: string) {
  const ch = clickhouse(clickhouseOf(c.env), id === undefined ? undefined : { team: c.var.team, id })
  const asked = { timeoutMs: null, lookbackMs: null, now: Date.now }
  try {
    if (from === undefined || to === undefined) return await evaluateInstant(ch, c.var.team, query, time ?? Date.now(), asked)
    return await evaluateRange(
      ch,
      c.var.team,
      query,
      { start: from, end: to, step: step ?? Math.max(1000, Math.ceil((to - from) / 250)) },
      asked,
    )
  } catch (e) {
    const { type, message } = failureOf(e)
    if (type === 'internal' || type === 'unavailable') throw e
    if (type === 'timeout') throw new Problem('degraded', 'The query took too long. Ask for less at once.', { cause: e, retryAfter: 5 })
    const span = (e as { span?: { start: number } }).span
    const error: FieldError = { path: 'query', code: 'promql', message, ...(span ? { at: span.start } : {}) }
    throw new Problem('invalid', 'The query cannot be evaluated. errors says why.', { errors: [error] })
  }
}
