import { expect, test, vi } from 'vitest'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { aTeam } from '../given.ts'
import { stored } from './prometheus-garden.ts'

const until = { timeout: 25_000, interval: 300 }
const file = (threshold: number) => `
groups:
  - name: latency
    interval: 10s
    rules:
      - record: job:load:max
        expr: max by (job) (load)
        labels: {tier: gold}
      - alert: Overload
        expr: job:load:max{tier="gold"} > ${threshold}
        labels: {severity: critical}
        annotations:
          summary: '{{ $labels.job }} is at {{ $value }}'
          others: '{{ range query "count(load)" }}{{ .Value }}{{ end }} series'
`

test('a rule file is imported: recording rules are stored as series, alerts see them at once, and Prometheus’ API shows both', async () => {
  const team = await aTeam()
  const memory = new MemoryStorage()
  const end = Math.floor(Date.now() / 1000) * 1000
  memory.append(
    Labels.of({ __name__: 'load', job: 'api' }),
    Array.from({ length: 20 }, (_, i) => ({ at: end - (19 - i) * 15_000, value: 7 })),
  )
  await stored(team.team, memory)
  const imported = await team.api('POST', '/api/metrics/rules/import', { rules: file(5) })
  expect(imported).toMatchObject({ status: 200, body: { groups: 1, alerts: 1, recording_rules: 1, not_understood: [] } })
  const [group] = (await team.api('GET', '/api/metrics/rules')).body.data
  expect(group).toMatchObject({
    name: 'latency',
    interval: 10,
    rules: [
      { type: 'recording', name: 'job:load:max' },
      { type: 'alerting', name: 'Overload' },
    ],
  })

  const { incident, rules } = await vi.waitFor(async () => {
    const [incident] = (await team.api('GET', '/api/incidents')).body.data
    const rules = (await team.api('GET', '/prometheus/api/v1/rules')).body.data.groups
    expect(incident).toMatchObject({ title: 'Overload: api is at 7', severity: 'SEV1' })
    return { incident, rules }
  }, until)
  expect(incident.status).toBe('OPEN')
  expect(rules).toMatchObject([
    {
      name: 'latency',
      file: 'rules.yml',
      interval: 10,
      rules: [
        { type: 'recording', health: 'ok' },
        { type: 'alerting', state: 'firing', health: 'ok', duration: 0 },
      ],
    },
  ])
  const { alerts } = (await team.api('GET', '/prometheus/api/v1/alerts')).body.data
  expect(alerts).toMatchObject([
    {
      labels: { alertname: 'Overload', job: 'api', tier: 'gold', severity: 'critical' },
      annotations: { summary: 'api is at 7', others: '1 series' },
      state: 'firing',
      value: '7',
    },
  ])
  const asked = Date.now()
  for (const rule of [rules[0], ...rules[0].rules]) {
    expect(asked - Date.parse(rule.lastEvaluation)).toBeLessThan(60_000)
    expect(rule.evaluationTime).toBeGreaterThanOrEqual(0)
  }
  expect(rules[0].evaluationTime).toBeGreaterThan(0)
  await vi.waitFor(async () => {
    const { data } = (await team.api('GET', '/prometheus/api/v1/query?query=ALERTS or ALERTS_FOR_STATE')).body
    const labels = { alertname: 'Overload', job: 'api', tier: 'gold', severity: 'critical' }
    expect(data.result).toMatchObject([
      { metric: { __name__: 'ALERTS', alertstate: 'firing', ...labels }, value: [expect.any(Number), '1'] },
      { metric: { __name__: 'ALERTS_FOR_STATE', ...labels }, value: [expect.any(Number), expect.stringMatching(/^1[.\d]+/)] },
    ])
  }, until)
  await vi.waitFor(async () => {
    const { data } = (await team.api('GET', '/prometheus/api/v1/query?query=job:load:max')).body
    expect(data.result).toMatchObject([
      { metric: { __name__: 'job:load:max', job: 'api', tier: 'gold' }, value: [expect.any(Number), '7'] },
    ])
  }, until)

  const before = group.rules[1].alert_id
  await team.api('PATCH', `/api/metrics/alerts/${before}`, { severity: 'SEV3' })
  expect((await team.api('PATCH', `/api/metrics/alerts/${before}`, { query: 'up' })).status).toBe(409)
  await team.api('POST', '/api/metrics/rules/import', { rules: file(50) })
  const kept = (await team.api('GET', `/api/metrics/alerts/${before}`)).body
  expect(kept).toMatchObject({ query: 'job:load:max{tier="gold"} > 50', severity: 'SEV3', group_id: group.id })
  await vi.waitFor(async () => expect((await team.api('GET', `/api/incidents/${incident.id}`)).body.status).toBe('RESOLVED'), until)
  expect((await team.api('DELETE', `/api/metrics/rules/${group.id}`)).status).toBe(204)
  expect((await team.api('GET', `/api/metrics/alerts/${before}`)).status).toBe(404)
}, 80_000)

test('all that is wrong with a rule file is told at once, and nothing of it is taken', async () => {
  const team = await aTeam()
  const rules = `
groups:
  - name: a
    rules:
      - {record: 'a b', expr: up}
      - {alert: X, expr: 'sum('}
      - {alert: Y, record: z, expr: up}
      - {alert: Z, expr: up, for: never, colour: red, annotations: {a: '{{ if }}'}}
  - name: a
`
  const { status, body } = await team.api('POST', '/api/metrics/rules/import', { rules })
  expect(status).toBe(422)
  expect(body.errors.map((e: { path: string }) => e.path)).toEqual([
    'rules.groups.0.rules.0.record', 'rules.groups.0.rules.1.expr', 'rules.groups.0.rules.2', 'rules.groups.0.rules.3.colour', 'rules.groups.0.rules.3.annotations.a', 'rules.groups.0.rules.3.for', 'rules.groups.1.name',
  ]) // biome-ignore format: a list
  expect((await team.api('GET', '/api/metrics/rules')).body.data).toEqual([])
})

test('a dry run takes nothing; what is taken over in part is said', async () => {
  const team = await aTeam()
  const rules =
    'groups: [{name: g, rules: [{alert: A, expr: up == 0, annotations: {summary: "{{ if $value }}x{{ end }}"}}], partial_response_strategy: warn}]'
  const { body } = await team.api('POST', '/api/metrics/rules/import', { rules, dry_run: true })
  expect(body).toMatchObject({ alerts: 1, dry_run: true, not_understood: [{ path: 'groups.0.partial_response_strategy' }] })
  expect((await team.api('GET', '/api/metrics/alerts')).body.data).toEqual([])
})

test.each<[string, string]>([
  ['aliases that blow up', `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`).join('\n')}\ngroups: *h`],
  ['very deep YAML', `groups: ${'['.repeat(20_000)}`],
  ['no mapping', '- 1\n- 2'],
  ['a tag', 'groups: !!js/function "function(){}"'],
  ['a NUL', 'groups: "\u0000"'],
  ['keys of the prototype', '__proto__: {groups: []}\nconstructor: 1'],
])('hostile YAML (%s) is 422, never a 500', async (_, rules) => {
  const team = await aTeam()
  for (const [path, body] of [['import', { rules }], ['test', { rules: 'groups: []', tests: rules }]] as const) {
    const { status } = await team.api('POST', `/api/metrics/rules/${path}`, body)
    expect(status).toBe(422)
  }
}) // biome-ignore format: a table

test('unit tests of rules run over the API', async () => {
  const team = await aTeam()
  const tests = (value: number) => `
evaluation_interval: 1m
tests:
  - name: overload
    interval: 1m
    input_series: [{series: 'load{job="api"}', values: '1 9x10'}]
    alert_rule_test:
      - eval_time: 5m
        alertname: Overload
        exp_alerts: [{exp_labels: {severity: critical, tier: gold, job: api}, exp_annotations: {summary: 'api is at ${value}', others: 1 series}}]
    promql_expr_test:
      - {expr: 'job:load:max', eval_time: 5m, exp_samples: [{labels: 'job:load:max{job="api",tier="gold"}', value: ${value}}]}
`
  const run = (value: number) => team.api('POST', '/api/metrics/rules/test', { rules: file(5), tests: tests(value) }).then((r) => r.body)
  expect(await run(9)).toEqual({ passed: 1, failed: 0, tests: [{ name: 'overload', failures: [] }] })
  const wrong = await run(8)
  expect([wrong.failed, wrong.tests[0].failures.length]).toEqual([1, 4])
})
