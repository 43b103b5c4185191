import { beforeAll, expect, test } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { aTeam, call, env } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team
let source: string
const T0 = Date.UTC(2026, 9, 1, 12)
const range = { from: new Date(T0).toISOString(), to: new Date(T0 + 3_600_000).toISOString() }

/** Rows put straight into ClickHouse, as the doors make them. */
async function stored(of: Team, rows: object[], at = source) {
  const full = rows.map((row) => ({
    team: of.team, source_id: at, retention_days: 3652, level: 'info', service: '', message: '', trace_id: '', span_id: '', attributes: {},
    timestamp: new Date(T0).toISOString(), ...row,
  })) // biome-ignore format: a row
  expect(await insert(clickhouseOf(env), 'logs', full.map((r) => `${JSON.stringify(r)}\n`).join(''), newId())).toEqual({ outcome: 'ok' })
}
const search = (body: object, as = team) => as.api('POST', '/api/logs/search', { ...range, ...body })

beforeAll(async () => {
  team = await aTeam()
  source = (await team.api('POST', '/api/logs/sources', { name: 'App' })).body.id
  await stored(team, [
    ...Array.from({ length: 40 }, (_, i) => ({
      message: `page ${i}`,
      level: i % 4 ? 'info' : 'error',
      // ten share each nanosecond
      timestamp: `2026-10-01T12:00:0${Math.floor(i / 10)}.123456789Z`,
      service: i % 2 ? 'api' : 'web',
      attributes: { n: String(i), 'http.status': i % 4 ? '200' : '503' },
    })),
    ...Array.from({ length: 5 }, () => ({ message: 'twin', timestamp: '2026-10-01T12:00:09.000000001Z' })),
  ])
})

test('records are found by the language, newest first, as they were stored', async () => {
  const r = await search({ query: 'http.status >= 500 service:web n < 5' })
  expect(r.status).toBe(200)
  expect(r.body.data.map((d: any) => d.message).sort()).toEqual(['page 0', 'page 4'])
  expect(r.body.data[0]).toEqual({
    timestamp: '2026-10-01T12:00:00.123456789Z',
    source_id: source,
    level: 'error',
    service: 'web',
    message: expect.any(String),
    attributes: { n: expect.any(String), 'http.status': '503' },
    trace_id: '',
    span_id: '',
  })
  expect(r.body.pagination).toEqual({ next: null })
  expect(r.body.statistics.rows_read).toBeGreaterThan(0)
})

test.each(['desc', 'asc'])('pages show every record once, though many share a nanosecond and some are equal: %s', async (order) => {
  const seen: string[] = []
  const times: string[] = []
  let cursor: string | undefined
  for (let pages = 0; pages < 40; pages++) {
    const { body } = await search({ limit: 3, order, ...(cursor ? { cursor } : {}) })
    seen.push(...body.data.map((d: any) => d.message))
    times.push(...body.data.map((d: any) => d.timestamp))
    cursor = body.pagination.next
    if (!cursor) break
  }
  expect(seen).toHaveLength(45)
  expect(new Set(seen).size).toBe(41)
  expect(times).toEqual([...times].sort((a, b) => (order === 'asc' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0)))
})

test('the end of the range is outside, its beginning inside', async () => {
  const at = '2026-10-01T12:00:01.123Z'
  expect((await search({ query: 'page', from: at, to: '2026-10-01T12:00:01.124Z' })).body.data).toHaveLength(10)
  expect((await search({ query: 'page', from: '2026-10-01T12:00:01.124Z', to: '2026-10-01T12:00:02Z' })).body.data).toHaveLength(0)
})

test('only the named sources are searched, and never another team', async () => {
  const two = await aTeam()
  expect((await search({ source_ids: [newId()] })).body.data).toEqual([])
  expect((await search({ source_ids: [source] })).body.data).toHaveLength(45)
  for (const path of ['search', 'histogram', 'fields']) {
    const r = await two.api('POST', `/api/logs/${path}`, { ...range, source_ids: [source] })
    expect([r.status, JSON.stringify(r.body).includes('page')]).toEqual([200, false])
  }
  expect((await two.api('GET', `/api/logs/sources/${source}/health`)).status).toBe(404)
})

test('a histogram counts by severity, with the empty steps', async () => {
  const { body } = await team.api('POST', '/api/logs/histogram', { ...range, query: 'page', to: '2026-10-01T12:00:10Z', buckets: 10 })
  expect(body.step_ms).toBe(1000)
  expect(body.total).toBe(40)
  expect(body.buckets).toHaveLength(10)
  expect(body.buckets.slice(0, 2)).toEqual([
    { at: '2026-10-01T12:00:00.000Z', error: 3, warn: 0, rest: 7 },
    { at: '2026-10-01T12:00:01.000Z', error: 2, warn: 0, rest: 8 },
  ])
  expect(body.buckets[9]).toEqual({ at: '2026-10-01T12:00:09.000Z', error: 0, warn: 0, rest: 0 })
})

test('fields come with how often they are there and their commonest values', async () => {
  const { body } = await team.api('POST', '/api/logs/fields', { ...range, query: 'page' })
  const by = Object.fromEntries(body.data.map((f: any) => [f.name, f]))
  expect(by['http.status']).toEqual({
    name: 'http.status',
    share: 1,
    values: [
      { value: '200', count: 30 },
      { value: '503', count: 10 },
    ],
  })
  expect(by.n.values).toHaveLength(10)
  expect(body.sample).toEqual({ rows: 40, complete: true })
  expect((await team.api('POST', '/api/logs/fields', { ...range, query: 'nothing at all' })).body).toEqual({
    data: [],
    sample: { rows: 0, complete: true },
  })
})

test('a source that was heard says when, one that was refused says why', async () => {
  const { body } = await team.api('POST', '/api/logs/sources', { name: 'Quiet' })
  const health = () => team.api('GET', `/api/logs/sources/${body.id}/health`)
  expect((await health()).body).toEqual({ last_event_at: null, events_last_minute: 0, refused: [], vrl: [] })
  await call('/', { method: 'POST', headers: { authorization: `Bearer ${body.token}` }, body: '{"message":"first"}' })
  const refused = await call('/', { method: 'POST', headers: { authorization: `Bearer ${body.token}` }, body: '{' })
  expect(refused.status).toBe(406)
  await expect
    .poll(async () => (await health()).body.refused, { timeout: 5000 })
    .toEqual([{ reason: "Couldn't parse JSON content.", count: 1, first: expect.any(String), began: '{' }])
  await expect.poll(async () => (await health()).body.events_last_minute, { timeout: 10_000 }).toBe(1)
})

test.each([
  [{ query: '(open' }, { path: 'query', code: 'search', message: 'This parenthesis is not closed.', at: 0 }],
  [{ query: 'message =~ /(?=x)/' }, { path: 'query', code: 'search', message: expect.stringContaining('RE2'), at: 0 }],
  [{ cursor: 'x' }, { path: 'cursor', code: 'invalid', message: expect.any(String) }],
  [{ cursor: '99999999999999999999-1-1' }, { path: 'cursor' }],
  [{ cursor: '9999999999999999999-1-1' }, { path: 'cursor' }],
  [{ limit: 1001 }, { path: 'limit' }],
  [{ from: range.to, to: range.from }, { path: 'from' }],
  [{ source_ids: ['x'] }, { path: 'source_ids.0' }],
  [{ colour: 'red' }, { path: 'colour', code: 'unknown' }],
])('%j is 422 and says where', async (body, error) => {
  const r = await search(body)
  expect([r.status, r.body.code]).toEqual([422, 'invalid'])
  expect(r.body.errors[0]).toMatchObject(error)
})

test.each([
  "' OR 1=1 --", '{p0:String}', '\u0000', '\\', '\t\n', '%', 'a = 1e999', 'a > -1e999', `"${'x'.repeat(4000)}"`, 'message =~ /\\xff/', 'x =~ /[[:alpha:]]{1000}/',
  'fulltext != "é"', 'timestamp = never', '\ud800', 'x =~ /\\C/', 'message =~ /((((a{1,100}){1,100}){1,100}){1,100})/', 'x =~ /(?P<n>a)(?P<n>b)/', 'attributes. = 1',
  Array.from({ length: 199 }, (_, i) => `w${i}`).join(' OR '),
])('a hostile search is answered or refused, never broken: %j', async (query) => {
  for (const path of ['search', 'histogram', 'fields']) {
    const r = await team.api('POST', `/api/logs/${path}`, { ...range, query })
    expect([200, 422]).toContain(r.status)
  }
}) // biome-ignore format: a list

test('a source that sends metrics or traces only is heard too', async () => {
  const { body } = await team.api('POST', '/api/logs/sources', { name: 'Scraped' })
  const minute = Math.floor(Date.now() / 60_000) * 60_000
  const row = (at: number, events: number) =>
    `${JSON.stringify({ team: team.team, source_id: body.id, signal: 'metrics', at: Math.floor(at / 1000), bytes: 1, events, requests: 1 })}\n`
  expect(
    await insert(clickhouseOf(env), 'usage', row(minute, 7) + row(minute - 60_000, 40) + row(minute - 3_600_000, 900), newId()),
  ).toEqual({ outcome: 'ok' })
  expect((await team.api('GET', `/api/logs/sources/${body.id}/health`)).body).toMatchObject({
    last_event_at: new Date(minute).toISOString(),
    events_last_minute: 40,
  })
})

test('reading needs its permission', async () => {
  const other = await aTeam({ scopes: ['uptime:read'] })
  for (const path of ['search', 'histogram', 'fields']) expect((await other.api('POST', `/api/logs/${path}`, {})).status).toBe(403)
})

test('without ClickHouse reading is degraded and says when to come again', async () => {
  const there = env.CLICKHOUSE_URL
  env.CLICKHOUSE_URL = 'http://127.0.0.1:9'
  try {
    for (const path of ['search', 'histogram', 'fields']) {
      const r = await team.api('POST', `/api/logs/${path}`, range)
      expect([r.status, r.body.code, r.headers.get('retry-after')]).toEqual([503, 'degraded', '5'])
    }
  } finally {
    env.CLICKHOUSE_URL = there
  }
})
