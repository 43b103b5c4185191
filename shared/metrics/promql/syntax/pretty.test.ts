import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expressions } from '../fuzz/expressions.ts'
import { parse } from './parse.ts'
import { pretty } from './pretty.ts'
import { print } from './print.ts'

const f = (query: string, expected: string) => expect(pretty(parse(query))).toBe(expected)

test('what fits in a hundred bytes stays on one line', () => {
  f('sum(rate(up[5m]))by(job)', 'sum by (job) (rate(up[5m]))')
})

test('operators stand on a line of their own, operands are indented', () => {
  f(
    'sum by (job) (rate(http_requests_total{code="500"}[5m])) / on (job) group_left () sum by (job) (rate(http_requests_total[5m]))',
    `  sum by (job) (rate(http_requests_total{code="500"}[5m]))
/ on (job) group_left ()
  sum by (job) (rate(http_requests_total[5m]))`,
  )
})

test('arguments of long calls and aggregations stand on lines of their own', () => {
  f(
    'histogram_quantile(0.99, sum by (le, namespace, service) (rate(request_duration_seconds_bucket{namespace="production"}[5m])))',
    `histogram_quantile(
  0.99,
  sum by (le, namespace, service) (rate(request_duration_seconds_bucket{namespace="production"}[5m]))
)`,
  )
  f(
    'topk by (cluster, namespace) (10, rate(a_metric_with_quite_a_long_name_total{cluster=~"production-.*"}[5m] offset 1d))',
    `topk by (cluster, namespace) (
  10,
  rate(a_metric_with_quite_a_long_name_total{cluster=~"production-.*"}[5m] offset 1d)
)`,
  )
})

test('a sign and a subquery stay with what they belong to', () => {
  f(
    'max_over_time((-(a_metric_with_a_long_name{cluster="production"} + another_metric_with_a_long_name{cluster="production"}))[5m:1m])',
    `max_over_time(
  (
    -(
        a_metric_with_a_long_name{cluster="production"}
      +
        another_metric_with_a_long_name{cluster="production"}
    )
  )[5m:1m]
)`,
  )
})

test('the laid out text means what the expression meant', () => {
  fc.assert(
    fc.property(expressions(), (text) => {
      let expr: ReturnType<typeof parse>
      try {
        expr = parse(text)
      } catch {
        return
      }
      expect(print(parse(pretty(expr)))).toBe(print(expr))
    }),
    { numRuns: 500, seed: 7 },
  )
})
