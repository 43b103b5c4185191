import { expect, test } from 'vitest'
import { parseRuleFile } from './parse.ts'
import { testRules } from './unit-test.ts'

const rules = `
groups:
  - name: node
    rules:
      - alert: InstanceDown
        expr: up == 0
        for: 5m
        labels: {severity: page}
        annotations: {summary: 'Instance {{ $labels.instance }} down', value: '{{ $value }}'}
      - record: job:up:sum
        expr: sum by (job) (up)
`
const run = async (tests: string, source = rules, now: () => number = () => 0) => testRules(parseRuleFile(source).groups, tests, now)
const down = (value: string, more = '') => `
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: up{job="api", instance="a:1"}
        values: '${value}'
${more}`
const expecting = (at: string, alerts: string) => `    alert_rule_test:
      - {eval_time: ${at}, alertname: InstanceDown, exp_alerts: ${alerts}}`
const one = `[{exp_labels: {severity: page, job: api, instance: 'a:1'}, exp_annotations: {summary: Instance a:1 down, value: '0'}}]`

test.each([
  ['pending is not firing', '0x15', '4m', '[]'],
  ['it fires once `for` is over', '0x15', '5m', one],
  ['an evaluation in between counts as the one before it', '0x15', '5m30s', one],
  ['a good sample begins anew', '0x3 1 0x15', '8m', '[]'],
  ['a series that ends is not down', '0x6 stale', '9m', '[]'],
])('%s', async (_, values, at, alerts) => {
  expect(await run(down(values, expecting(at, alerts)))).toMatchObject({ passed: 1, failed: 0 })
})

test('what is expected and does not come, and what comes and is not expected, are both said', async () => {
  const { tests } = await run(down('0x15', expecting('10m', one.replace('page', 'mail'))))
  expect(tests[0]?.failures).toHaveLength(2)
  expect(tests[0]?.failures[0]).toContain('expected labels {alertname="InstanceDown", instance="a:1", job="api", severity="mail"}')
})

test('expressions see what rules recorded, ALERTS included', async () => {
  const more = `    promql_expr_test:
      - {expr: 'job:up:sum', eval_time: 3m, exp_samples: [{labels: 'job:up:sum{job="api"}', value: 0}]}
      - {expr: 'ALERTS{alertstate="pending"}', eval_time: 3m, exp_samples: [{labels: 'ALERTS{alertname="InstanceDown",alertstate="pending",instance="a:1",job="api",severity="page"}', value: 1}]}
      - {expr: 'ALERTS_FOR_STATE', eval_time: 9m, exp_samples: []}`
  expect(await run(down('0x5 1x10', more))).toEqual({ passed: 1, failed: 0, tests: [{ name: 'test 1', failures: [] }] })
})

test.each([
  ['too many samples', down('0x999999999', expecting('1m', '[]'))],
  ['values that are none', down('zero', expecting('1m', '[]'))],
  ['a time that is none', down('0', expecting('soon', '[]'))],
  ['a time beyond a month', down('0', expecting('1y', '[]'))],
  ['no tests', 'evaluation_interval: 1m'],
])('%s are refused', async (_, tests) => {
  await expect(run(tests)).rejects.toMatchObject({ code: 'invalid' })
})

test('tests that take too long stop and say so', async () => {
  let at = 0
  const { tests } = await run(down('0', expecting('30d', '[]')), rules, () => {
    at += 1000
    return at
  })
  expect(tests[0]?.failures.at(-1)).toContain('take too long')
})
