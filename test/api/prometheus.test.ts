import { beforeAll, describe, expect, test } from 'vitest'
import { resultJson } from '../../shared/metrics/prometheus/result.ts'
import type { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { queryInstant, queryRange } from '../../shared/metrics/promql/query.ts'

import { aTeam, call } from '../given.ts'
import { type Document, differs } from '../openapi.ts'
import { expressions } from './prometheus-expressions.ts'
import { planted, stored, T0 } from './prometheus-garden.ts'
import { golden } from './prometheus-golden.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team
let memory: MemoryStorage
const END = T0 + 1_200_000

beforeAll(async () => {
  team = await aTeam()
  // goes over midnight: a series has a row for each of its days
  memory = await planted(`
    load 30s
      http_requests_total{job="api",instance="a",code="200"}  0+7x40
      http_requests_total{job="api",instance="b",code="200"}  0+1x10 _x4 9+1x25
      http_requests_total{job="api",instance="b",code="500"}  5 6 stale 1 2 _x3 4+2x30
      http_requests_total{job="web",instance="c",code="200"}  0+3x20 1+3x19
      temperature{room="a",floor="1"}  1 NaN 3 -Inf 5 +Inf 7 -8 9x30
      temperature{room="b",floor="2"}  -1+0.25x40
      limit{job="api"}  40x40
      limit{job="web"}  -0x40
      latency_bucket{job="api",le="0.1"}   0+1x40
      latency_bucket{job="api",le="0.5"}   0+3x40
      latency_bucket{job="api",le="+Inf"}  0+4x40
      native{job="api"}  {{schema:1 count:5 sum:9 z_bucket:1 z_bucket_w:0.01 buckets:[1 2] n_buckets:[1]}}+{{schema:1 count:3 sum:2 buckets:[1 2]}}x30
      native{job="web"}  {{schema:3 count:4 sum:6 buckets:[1 2 1]}}x8 {{schema:0 count:1 sum:1 buckets:[1]}}x8
      custom{job="api"}  {{schema:-53 sum:7 count:6 custom_values:[1 2] buckets:[1 2 3]}}x30
      mixed{job="api"}   1 2 {{schema:0 count:3 sum:4 buckets:[1 2]}}x10 5x10
      {"odd.näme", "läbel one"="žluťoučký\\n\\"kůň\\""}  1+1x40
      target_info{job="api",instance="a",version="1.2"} 1x40
      gone{job="api"} 1x3 stale
  `)
  await stored(team.team, memory)
})

/** One request as this team, by GET or as a form; the answer must fit the golden document. */
async function ask(path: string, params: Record<string, string> | [string, string][], method = 'GET', as = team) {
  const text = new URLSearchParams(params).toString()
  const r = await call(`/prometheus/api/v1${path}${method === 'GET' ? `?${text}` : ''}`, {
    method,
    headers: { authorization: `Bearer ${as.key}`, ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}) },
    ...(method === 'POST' ? { body: text } : {}),
  })
  const body = (await r.json()) as any
  const why = differs(golden as unknown as Document, method, `/prometheus/api/v1${path}`, r.status, 'application/json', body)
  // the document forgets that the first item of a string result is a number, and series that have floats and histograms
  const forgotten = body.data?.resultType === 'string' || body.data?.result?.some?.((s: any) => s.values && s.histograms)
  if (why && !forgotten) throw new Error(`The answer differs from Prometheus' document: ${why}`)
  return { status: r.status, body }
}
const seconds = (at: number) => String(at / 1000)
const instant = (query: string, more: Record<string, string> = {}, method = 'GET') =>
  ask('/query', { query, time: seconds(T0 + 600_000), ...more }, method)
const range = (query: string, more: Record<string, string> = {}, method = 'POST') =>
  ask('/query_range', { query, start: seconds(T0), end: seconds(END), step: '45', ...more }, method)

describe('what the engine gives over the same samples in memory, the API gives over ClickHouse', () => {
  test.each(expressions)('%s', async (query) => {
    const at = await queryInstant(query, T0 + 600_000, memory)
    const there = await instant(query)
    expect(there.status).toBe(200)
    expect(there.body.data).toEqual(JSON.parse(resultJson(at)))
    expect(there.body.warnings ?? []).toEqual(at.warnings)
    expect(there.body.infos ?? []).toEqual(at.infos)
    if (at.type === 'string' || at.type === 'matrix') return
    const over = await queryRange(query, { start: T0, end: END, step: 45_000 }, memory)
    const ranged = await range(query)
    expect(ranged.body.data).toEqual(JSON.parse(resultJson(over)))
    expect(ranged.body.warnings ?? []).toEqual(over.warnings)
    expect(ranged.body.infos ?? []).toEqual(over.infos)
  })
})

test('the expressions are a hundred at least, and most of them have an answer', async () => {
  expect(new Set(expressions).size).toBeGreaterThanOrEqual(100)
  const empty: string[] = []
  for (const query of expressions) if ((await range(query)).body.data?.result?.length === 0) empty.push(query)
  expect(empty.length, empty.join()).toBeLessThan(5)
}, 120_000)

test('values are written as Prometheus writes them', async () => {
  expect((await instant('1e-7')).body.data).toEqual({ resultType: 'scalar', result: [(T0 + 600_000) / 1000, '0.0000001'] })
  // a scalar is written out, a sample of a vector is not
  expect((await instant('vector(1e-7)')).body.data.result[0].value[1]).toBe('1e-07')
  expect((await instant('vector(1e21)')).body.data.result[0].value[1]).toBe('1e+21')
  expect((await instant('vector(-0)')).body.data.result[0].value[1]).toBe('-0')
  expect((await instant('vector(-Inf)')).body.data.result[0].value[1]).toBe('-Inf')
  expect((await instant('"a\\n"')).body.data.result[1]).toBe('a\n')
})

test('a limit cuts and says so', async () => {
  const r = await instant('http_requests_total', { limit: '2' })
  expect(r.body.data.result).toHaveLength(2)
  expect(r.body.warnings).toEqual(['results truncated due to limit'])
  expect((await ask('/labels', { limit: '1' })).body).toMatchObject({ data: ['__name__'], warnings: ['results truncated due to limit'] })
})

test('another team sees nothing of it', async () => {
  const stranger = await aTeam()
  for (const query of ['http_requests_total', '{__name__=~".+"}', 'native']) {
    const r = await ask('/query_range', { query, start: seconds(T0), end: seconds(END), step: '60' }, 'POST', stranger)
    expect(r.body.data.result).toEqual([])
  }
  expect((await ask('/labels', {}, 'GET', stranger)).body.data).toEqual([])
  expect((await ask('/label/job/values', {}, 'GET', stranger)).body.data).toEqual([])
  expect((await ask('/series', { 'match[]': '{__name__=~".+"}' }, 'GET', stranger)).body.data).toEqual([])
})

test('a key without metrics:read is refused in Prometheus’ shape; the key works as the password of Basic, and as nothing else there', async () => {
  const narrow = await aTeam({ scopes: ['logs:read'] })
  const r = await ask('/query', { query: 'up' }, 'GET', narrow)
  expect([r.status, r.body.errorType]).toEqual([403, 'forbidden'])
  const basic = (user: string, password: string, path = '/prometheus/api/v1/query?query=1') =>
    call(path, { headers: { authorization: `Basic ${btoa(`${user}:${password}`)}` } }).then((a) => a.status)
  expect(await basic('grafana', team.key)).toBe(200)
  expect(await basic(team.key, '')).toBe(401)
  expect(await basic('grafana', `${team.key}x`)).toBe(401)
  expect(await basic('grafana', team.key, '/api/uptime/monitors')).toBe(401)
})

// biome-ignore format: a table
test.each([
  ['/query', { query: 'up{' }, 400, 'bad_data', /^invalid parameter "query": 1:4: parse error: /],
  ['/query', { query: '' }, 400, 'bad_data', /no expression found in input/],
  ['/query', { query: 'up', time: 'noon' }, 400, 'bad_data', `invalid parameter "time": invalid time value for 'time': cannot parse "noon" to a valid timestamp`],
  ['/query', { query: 'up', time: '2026-02-31T00:00:00Z' }, 400, 'bad_data', /valid timestamp/],
  ['/query', { query: 'up', limit: '-1' }, 400, 'bad_data', 'invalid parameter "limit": limit must be non-negative'],
  ['/query', { query: 'up', timeout: 'soon' }, 400, 'bad_data', 'invalid parameter "timeout": cannot parse "soon" to a valid duration'],
  ['/query', { query: 'http_requests_total + on (job) http_requests_total', time: String(T0 / 1000 + 60) }, 422, 'execution', /found duplicate series/],
  ['/query_range', { query: 'up' }, 400, 'bad_data', 'invalid parameter "start": cannot parse "" to a valid timestamp'],
  ['/query_range', { query: 'up', start: '10', end: '5', step: '1' }, 400, 'bad_data', 'invalid parameter "end": end timestamp must not be before start time'],
  ['/query_range', { query: 'up', start: '1', end: '5', step: '0' }, 400, 'bad_data', 'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer'],
  ['/query_range', { query: 'up', start: '0', end: '11001', step: '1s' }, 400, 'bad_data', 'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'],
  ['/query_range', { query: 'up[5m]', start: '0', end: '5', step: '1s' }, 400, 'bad_data', 'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector'],
  ['/query', { query: 'up', timeout: '0.000' }, 503, 'timeout', 'query timed out in expression evaluation'],
  ['/series', {}, 400, 'bad_data', 'no match[] parameter provided'],
  ['/series', { 'match[]': '{}' }, 400, 'bad_data', /must contain at least one non-empty matcher/],
  ['/labels', { 'match[]': 'up offset 5m' }, 400, 'bad_data', '1:4: parse error: unexpected <offset>'],
  ['/labels', { 'match[]': '' }, 400, 'bad_data', 'unknown position: parse error: unexpected end of input'],
  ['/labels', { 'match[]': '{a=""}' }, 400, 'bad_data', 'match[] must contain at least one non-empty matcher'],
  ['/series', { 'match[]': 'sum(up)' }, 400, 'bad_data', 'invalid parameter "match[]": 1:4: parse error: unexpected "("'],
  ['/series', { limit: 'x' }, 400, 'bad_data', 'no match[] parameter provided'],
  ['/labels', { start: 'x' }, 400, 'bad_data', `invalid parameter "start": invalid time value for 'start': cannot parse "x" to a valid timestamp`],
  ['/query', { query: 'up', time: 'x' }, 400, 'bad_data', `invalid parameter "time": invalid time value for 'time': cannot parse "x" to a valid timestamp`],
  ['/query', { query: '1e400' }, 400, 'bad_data', /error parsing number: strconv.ParseFloat: parsing "1e400": value out of range$/],
  ['/query', { query: 'up', lookback_delta: 'x' }, 400, 'bad_data', 'error parsing lookback delta duration: cannot parse "x" to a valid duration'],
  ['/query_exemplars', { query: 'sum(', start: '1', end: '2' }, 400, 'bad_data', '1:5: parse error: unclosed left parenthesis'],
  ['/query_exemplars', { query: 'up', start: '2', end: '1' }, 400, 'bad_data', 'end timestamp must not be before start timestamp'],
  ['/parse_query', { query: 'foo[' }, 400, 'bad_data', /^invalid parameter "query": /],
] as const)('%s %j is refused with %i %s', async (path, params, status, type, message) => {
  for (const method of ['GET', 'POST']) {
    const r = await ask(path, params as Record<string, string>, method)
    expect([r.status, r.body.status, r.body.errorType]).toEqual([status, 'error', type])
    expect(r.body.error).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  }
})

// biome-ignore format: a table
test.each([
  ['/metadata', { limit: 'x' }, 400, 'bad_data', 'limit must be a number'],
  ['/metadata', { limit_per_metric: 'x' }, 400, 'bad_data', 'limit_per_metric must be a number'],
  ['/rules', { group_limit: '-1' }, 400, 'bad_data', 'invalid parameter "group_limit": group_limit needs to be greater than 0'],
  ['/rules', { group_next_token: 'x' }, 400, 'bad_data', 'invalid parameter "group_next_token": group_limit needs to be present in order to paginate over the groups'],
  ['/rules', { exclude_alerts: 'x' }, 400, 'bad_data', 'invalid parameter "exclude_alerts": error converting exclude_alerts: strconv.ParseBool: parsing "x": invalid syntax'],
] as const)('%s %j is refused with %i %s, and by POST with 405', async (path, params, status, type, message) => {
  const r = await ask(path, params as Record<string, string>, 'GET')
  expect([r.status, r.body.errorType, r.body.error]).toEqual([status, type, message])
  const posted = await call(`/prometheus/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${team.key}` } })
  expect([posted.status, await posted.text()]).toEqual([405, 'Method Not Allowed'])
})
