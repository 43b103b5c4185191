import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { exemplarRow, metadataRow, samplesRow } from '../../shared/metrics/rows.ts'
import { SeriesCache } from '../../shared/metrics/series-cache.ts'
import { aTeam, call } from '../given.ts'
import { planted, put, stored, T0 } from './prometheus-garden.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team

const get = async (path: string, as = team) => {
  const r = await call(`/prometheus/api/v1${path}`, { headers: { authorization: `Bearer ${as.key}` } })
  return (await r.json()) as any
}
const up = Labels.of({ __name__: 'up', job: 'api', instance: 'a' })
const seconds = (at: number) => String(at / 1000)

beforeAll(async () => {
  team = await aTeam()
  await stored(team.team, await planted(`
    load 1m
      up{job="api",instance="a"} 1x5
      up{job="api",instance="b"} 1x5
      up{job="web",instance="c"} 0x5
      heat{room="a"} 1x5
      {"a.b", "c.d"="e"} 1x5
  `)) // biome-ignore format: a script
  const origin = { team: team.team, source: newId(), retentionDays: 3000 }
  await put('metric_metadata', metadataRow(origin, { name: 'up', type: 'gauge', unit: '', help: 'old' }, T0))
  await put('metric_metadata', metadataRow(origin, { name: 'up', type: 'gauge', unit: '', help: 'Whether it is up.' }, T0 + 1))
  const series = new SeriesCache(10).get(team.team, up)
  await put('exemplars', exemplarRow(origin, { series, at: T0 + 60_000, value: 0.25, traceId: 'abc', spanId: '', labels: { user: 'u1' } }))
})

test('names of labels and their values, all of them or those of a selector', async () => {
  expect((await get('/labels')).data).toEqual(['__name__', 'c.d', 'instance', 'job', 'room'])
  expect((await get('/labels?match[]=heat&match[]=up{job="web"}')).data).toEqual(['__name__', 'instance', 'job', 'room'])
  expect((await get('/label/job/values')).data).toEqual(['api', 'web'])
  expect((await get('/label/__name__/values')).data).toEqual(['a.b', 'heat', 'up'])
  expect((await get('/label/instance/values?match[]=up{job="api"}')).data).toEqual(['a', 'b'])
  expect((await get('/label/U__c_2e_d/values')).data).toEqual(['e'])
  expect((await get('/label/nothing/values')).data).toEqual([])
})

test('a day without samples has no names', async () => {
  expect((await get(`/labels?start=${seconds(T0 - 200_000_000)}&end=${seconds(T0 - 190_000_000)}`)).data).toEqual([])
  expect((await get(`/labels?start=${seconds(T0)}&end=${seconds(T0 + 1)}`)).data).toHaveLength(5)
})

test('series are label sets, each once however many selectors name it', async () => {
  const r = await get('/series?match[]=up{instance=~"a|b"}&match[]=up{job="api"}')
  expect(r.data).toEqual([
    { __name__: 'up', instance: 'a', job: 'api' },
    { __name__: 'up', instance: 'b', job: 'api' },
  ])
})

test('metadata is what was told last', async () => {
  expect((await get('/metadata')).data).toEqual({ up: [{ type: 'gauge', unit: '', help: 'Whether it is up.' }] })
  expect((await get('/metadata?metric=heat')).data).toEqual({})
})

test('exemplars carry their trace and come under the series they belong to', async () => {
  const between = `start=${seconds(T0)}&end=${seconds(T0 + 120_000)}`
  expect((await get(`/query_exemplars?query=rate(up[5m])%2Bheat&${between}`)).data).toEqual([
    {
      seriesLabels: { __name__: 'up', instance: 'a', job: 'api' },
      exemplars: [{ labels: { user: 'u1', trace_id: 'abc' }, value: '0.25', timestamp: (T0 + 60_000) / 1000 }],
    },
  ])
  expect((await get(`/query_exemplars?query=up&start=${seconds(T0 + 90_000)}&end=${seconds(T0 + 120_000)}`)).data).toEqual([])
})

test('an expression is formatted and taken apart', async () => {
  expect((await get('/format_query?query=sum(rate(up[5m]))by(job)')).data).toBe('sum by (job) (rate(up[5m]))')
  expect((await get('/parse_query?query=up{job="api"} offset 1m / 2')).data).toEqual({
    type: 'binaryExpr', op: '/', matching: null, bool: false,
    lhs: {
      type: 'vectorSelector', name: 'up', offset: 60_000, offsetExpr: null, timestamp: null, startOrEnd: null, anchored: false, smoothed: false,
      matchers: [{ name: 'job', type: '=', value: 'api' }, { name: '__name__', type: '=', value: 'up' }],
    },
    rhs: { type: 'numberLiteral', val: '2' },
  }) // biome-ignore format: a tree
})

test('rules and alerts are empty, the version is Prometheus 3', async () => {
  expect((await get('/rules')).data).toEqual({ groups: [] })
  expect((await get('/alerts')).data).toEqual({ alerts: [] })
  expect((await get('/status/buildinfo')).data.version).toMatch(/^3\./)
})

test('a sample that was sent again counts once, with its last value', async () => {
  const other = await aTeam()
  const series = new SeriesCache(10).get(other.team, up)
  const origin = { team: other.team, source: newId(), retentionDays: 3000 }
  await stored(other.team, await planted('load 1m\n up{job="api",instance="a"} 1x5'))
  await put(
    'samples',
    samplesRow(origin, [
      { series, at: T0, value: 7, start: 0 },
      { series, at: T0 + 60_000, value: 1, start: 0 },
    ]),
  )
  const r = await get(`/query?query=up[10m]&time=${seconds(T0 + 300_000)}`, other)
  expect(r.data.result[0].values.map((v: any) => v[1])).toEqual(['7', '1', '1', '1', '1', '1'])
})

test('POST /api/metrics/query answers at a moment and over a range, and says where a query is wrong', async () => {
  const iso = (at: number) => new Date(at).toISOString()
  const at = await team.api('POST', '/api/metrics/query', { query: 'sum(up)', time: iso(T0) })
  expect(at.body).toEqual({ resultType: 'vector', result: [{ metric: {}, value: [T0 / 1000, '2'] }], warnings: [], infos: [] })
  const over = await team.api('POST', '/api/metrics/query', { query: 'sum(up)', from: iso(T0), to: iso(T0 + 120_000), step: 60_000 })
  expect(over.body.result[0].values).toHaveLength(3)
  const wrong = await team.api('POST', '/api/metrics/query', { query: 'sum(up' })
  expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { path: 'query', code: 'promql', at: 6 }])
  expect((await team.api('POST', '/api/metrics/query', { query: 'up', from: iso(T0) })).status).toBe(422)
})

test('names of metrics come with type, help and the number of their series', async () => {
  const day = `from=${new Date(T0 - 3_600_000).toISOString()}&to=${new Date(T0 + 3_600_000).toISOString()}`
  const { body } = await team.api('GET', `/api/metrics/names?${day}`)
  expect(body).toEqual({
    data: [
      { name: 'a.b', type: 'unknown', unit: '', help: '', series: 1 },
      { name: 'heat', type: 'unknown', unit: '', help: '', series: 1 },
      { name: 'up', type: 'gauge', unit: '', help: 'Whether it is up.', series: 3 },
    ],
    truncated: false,
  })
  expect((await team.api('GET', `/api/metrics/names?${day}&search=UP`)).body.data.map((m: any) => m.name)).toEqual(['up'])
  expect((await team.api('GET', `/api/metrics/names?${day}&limit=1`)).body).toMatchObject({ data: [{ name: 'up' }], truncated: true })
  expect((await (await aTeam()).api('GET', `/api/metrics/names?${day}`)).body.data).toEqual([])
})

test('what Grafana’s data source asks is answered: by form too, with match[], limits and times', async () => {
  const at = { start: seconds(T0 - 60_000), end: seconds(T0 + 600_000) }
  const form = async (path: string, params: [string, string][]) => {
    const headers = { authorization: `Bearer ${team.key}`, 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
    const r = await call(`/prometheus/api/v1${path}`, { method: 'POST', headers, body: new URLSearchParams(params).toString() })
    return [r.status, ((await r.json()) as any).data]
  }
  const times: [string, string][] = Object.entries(at)
  expect((await get('/status/buildinfo')).data.version).toMatch(/^3\./)
  expect(await form('/query', [['query', '1+1'], ['time', at.end]])).toMatchObject([200, { resultType: 'scalar', result: [expect.any(Number), '2'] }])
  expect(await form('/query_range', [['query', 'up'], ...times, ['step', '60']])).toMatchObject([200, { resultType: 'matrix' }])
  expect(await form('/labels', [['match[]', 'up'], ...times])).toEqual([200, ['__name__', 'instance', 'job']])
  expect(await form('/series', [['match[]', 'up{job="web"}'], ['match[]', 'heat'], ...times])).toEqual([
    200,
    [{ __name__: 'heat', room: 'a' }, { __name__: 'up', instance: 'c', job: 'web' }],
  ])
  expect(await form('/query_exemplars', [['query', 'rate(up[5m])'], ...times])).toMatchObject([200, [{ exemplars: [{ value: '0.25' }] }]])
  const values = await get(`/label/job/values?match[]=${encodeURIComponent('up{instance=~"a|c"}')}&start=${at.start}&end=${at.end}&limit=1`)
  expect([values.data, values.warnings]).toEqual([['api'], ['results truncated due to limit']])
  expect(Object.keys((await get('/metadata?limit=1&limit_per_metric=1')).data)).toHaveLength(1)
  expect((await get('/metadata?metric=nothing')).data).toEqual({})
  expect((await get('/rules?type=alert')).data).toEqual({ groups: [] })
}) // biome-ignore format: a table
