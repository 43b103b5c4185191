import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team
const T0 = Date.UTC(2026, 9, 1, 12)
const range = { from: new Date(T0).toISOString(), to: new Date(T0 + 3_600_000).toISOString() }
const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0')
const trace = (n: number) => hex(n, 32)

type Span = { trace_id: string; span_id: string; parent_span_id?: string; ms: number; took: number; [more: string]: unknown }
/** Rows as the OTLP door writes them. */
async function stored(of: Team, spans: Span[]) {
  const body = spans
    .map(
      ({ ms, took, ...span }) =>
      JSON.stringify({
        team: of.team, source_id: newId(), retention_days: 3652, timestamp: new Date(T0 + ms).toISOString(), duration_ns: String(took * 1_000_000),
        parent_span_id: '', trace_state: '', name: 'op', kind: 'internal', service: 'web', status: 'unset', status_message: '', attributes: {}, ...span,
      }), // biome-ignore format: a row
    )
    .join('\n')
  const query = new URLSearchParams({ query: 'INSERT INTO tocsin.spans FORMAT JSONEachRow', date_time_input_format: 'best_effort' })
  const r = await fetch(`${env.CLICKHOUSE_URL}/?${query}`, { method: 'POST', body })
  expect([r.status, await r.text()]).toEqual([200, ''])
}
const search = (query: object = {}, as = team) =>
  as.api('GET', `/api/traces/search?${new URLSearchParams({ ...range, ...query } as never)}`)
const ids = async (query: object) => (await search(query)).body.data.map((t: { trace_id: string }) => Number.parseInt(t.trace_id, 16))

beforeAll(async () => {
  team = await aTeam()
  await stored(team, [
    { trace_id: trace(1), span_id: hex(1, 16), ms: 1000, took: 100, name: 'GET /pay', kind: 'server', attributes: { 'http.status_code': '503' }, status: 'error', status_message: 'upstream gone' },
    { trace_id: trace(1), span_id: hex(2, 16), parent_span_id: hex(1, 16), ms: 1010, took: 60, service: 'db', name: 'select', kind: 'client' },
    { trace_id: trace(1), span_id: hex(3, 16), parent_span_id: hex(99, 16), ms: 1020, took: 500, service: 'mail', name: 'late', kind: 'consumer',
      'events.timestamp': [new Date(T0 + 1021).toISOString()], 'events.name': ['exception'], 'events.attributes': [{ 'exception.type': 'Boom' }] },
    // two that name each other
    { trace_id: trace(2), span_id: hex(1, 16), parent_span_id: hex(2, 16), ms: 2000, took: 10, service: 'ring' },
    { trace_id: trace(2), span_id: hex(2, 16), parent_span_id: hex(1, 16), ms: 2001, took: 10, service: 'ring' },
    ...Array.from({ length: 7 }, (_, i) => ({ trace_id: trace(10 + i), span_id: hex(1, 16), ms: 5000, took: 10 * (i + 1), service: 'api', name: 'same time', kind: 'server', status: 'ok' })),
  ]) // biome-ignore format: rows
})

test('a trace comes in tree order with depth, own time, orphans and events', async () => {
  const { status, body } = await team.api('GET', `/api/traces/${trace(1).toUpperCase()}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ trace_id: trace(1), started_at: '2026-10-01T12:00:01.000000000Z', duration_ms: 520, truncated: false })
  expect(body.spans).toMatchObject([
    {
      span_id: hex(1, 16),
      operation: 'GET /pay',
      depth: 0,
      orphan: false,
      offset_ms: 0,
      duration_ms: 100,
      self_ms: 40,
      status: 'error',
      kind: 'server',
    },
    {
      span_id: hex(2, 16),
      service: 'db',
      depth: 1,
      orphan: false,
      offset_ms: 10,
      duration_ms: 60,
      self_ms: 60,
      status: 'unset',
      parent_span_id: hex(1, 16),
    },
    { span_id: hex(3, 16), depth: 0, orphan: true, events: [{ name: 'exception', attributes: { 'exception.type': 'Boom' } }] },
  ])
})

test('spans that name each other as parent are shown, and nothing hangs', async () => {
  const { body } = await team.api('GET', `/api/traces/${trace(2)}`)
  expect(body.spans.map((s: any) => [s.depth, s.orphan])).toEqual([
    [0, true],
    [1, false],
  ])
})

test.each([
  [{ service: 'db' }, [1]],
  [{ operation: 'late' }, [1]],
  [{ status: 'ERROR' }, [1]],
  [{ q: 'http.status_code >= 500' }, [1]],
  [{ q: '"upstream gone"' }, [1]],
  [{ q: 'pay NOT service:web' }, []],
  [{ service: 'api', min_ms: '40', max_ms: '60' }, [15, 14, 13]],
  [{ min_ms: '100' }, [1]],
  [{ min_ms: '400' }, []],
  [{ service: 'nobody' }, []],
  [{ from: '2026-10-01T12:00:05.001Z' }, []],
])('%j finds %j', async (query, expected) => {
  expect(await ids(query)).toEqual(expected)
})

test('what a search says of a trace is of all its spans, whichever was found', async () => {
  const { body } = await search({ service: 'db' })
  expect(body.data).toEqual([
    {
      trace_id: trace(1),
      service: 'web',
      operation: 'GET /pay',
      started_at: '2026-10-01T12:00:01.000000000Z',
      duration_ms: 520,
      spans: 3,
      errors: 1,
    },
  ])
})

test('pages show every trace once, the latest first, also those that began together', async () => {
  const seen: number[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: any } = await search({ per_page: '2', ...(cursor ? { cursor } : {}) })
    seen.push(...body.data.map((t: any) => Number.parseInt(t.trace_id, 16)))
    cursor = body.pagination.next
  } while (cursor)
  expect(seen).toEqual([16, 15, 14, 13, 12, 11, 10, 2, 1])
})

test('a sample is of the whole range and of both kinds: failures are not lost among successes', async () => {
  const many = await aTeam()
  await stored(many, Array.from({ length: 2000 }, (_, i) => ({
    trace_id: trace(1000 + i), span_id: hex(1, 16), ms: i * 1500, took: 10, service: 'api', name: 'GET /', kind: 'server', status: i % 1000 === 0 ? 'error' : 'ok',
  }))) // biome-ignore format: rows
  const sample = async (query: object) =>
    (await many.api('GET', `/api/traces/sample?${new URLSearchParams({ ...range, ...query } as never)}`)).body
  const found = await sample({})
  expect([found.traces, found.failed, found.data.length]).toEqual([2000, 2, 502])
  expect(found.data.filter((t: any) => t.errors)).toHaveLength(2)
  const quarters = new Set(found.data.map((t: any) => Math.floor((Date.parse(t.started_at) - T0) / 900_000)))
  expect(quarters.size).toBe(4)
  expect(await sample({})).toEqual(found)
  expect(await sample({ status: 'error' })).toMatchObject({ traces: 2, failed: 2 })
  expect(await sample({ service: 'nobody' })).toEqual({ traces: 0, failed: 0, data: [] })
})

test('what slow traces have and quick ones of the same root have not is named; of a quick one nothing is said', async () => {
  const shop = await aTeam()
  await stored(shop, Array.from({ length: 60 }, (_, i) => [
    { trace_id: trace(500 + i), span_id: hex(1, 16), ms: i * 1000, took: i % 6 ? 20 : 900, name: 'GET /cart', kind: 'server', attributes: { 'user.id': `u${i}`, region: i % 2 ? 'eu' : 'us' } },
    { trace_id: trace(500 + i), span_id: hex(2, 16), parent_span_id: hex(1, 16), ms: i * 1000 + 1, took: 5, service: 'db', attributes: { 'db.pool': i % 6 ? 'free' : 'full' } },
  ]).flat()) // biome-ignore format: rows
  const compare = async (n: number) => (await shop.api('GET', `/api/traces/${trace(n)}/compare`)).body
  const slow = await compare(500)
  expect(slow).toMatchObject({ typical_ms: 20, slow: 10, quick: 50 })
  expect(slow.data).toEqual([
    { name: 'db.pool', value: 'full', slow_share: 1, quick_share: 0 },
    { name: 'region', value: 'us', slow_share: 1, quick_share: 0.4 },
  ])
  expect((await compare(501)).data).toEqual([])
  expect((await team.api('GET', `/api/traces/${trace(500)}/compare`)).status).toBe(404)
})

test('rate, errors and duration of each service', async () => {
  const { body } = await team.api('GET', `/api/traces/services?${new URLSearchParams(range)}`)
  const by = Object.fromEntries(body.data.map((s: any) => [s.service, s]))
  expect(by.api).toMatchObject({ requests: 7, spans: 7, errors: 0, error_share: 0, p50_ms: 40 })
  expect(by.api.rate).toBeCloseTo(7 / 3600)
  expect(by.web).toMatchObject({ requests: 1, errors: 1, error_share: 1, p50_ms: 100, p99_ms: 100 })
  // only called others: all of its spans are what it did
  expect(by.db).toMatchObject({ requests: 1, p95_ms: 60 })
})

test('another team sees nothing of it', async () => {
  const two = await aTeam()
  expect((await two.api('GET', `/api/traces/${trace(1)}`)).status).toBe(404)
  expect((await search({}, two)).body.data).toEqual([])
  expect((await two.api('GET', `/api/traces/services?${new URLSearchParams(range)}`)).body.data).toEqual([])
})

test('a trace of 10,000 spans is answered in under a second and a half', async () => {
  const big = await aTeam()
  await stored(big, Array.from({ length: 10_000 }, (_, i) => ({
    trace_id: trace(7), span_id: hex(i + 1, 16), parent_span_id: i ? hex(Math.floor((i - 1) / 3) + 1, 16) : '', ms: i / 10, took: 5,
    attributes: { 'http.method': 'GET', 'http.route': `/r/${i % 50}`, n: String(i) },
  }))) // biome-ignore format: rows
  const began = performance.now()
  const { body } = await big.api('GET', `/api/traces/${trace(7)}`)
  expect(body.spans).toHaveLength(10_000)
  expect(performance.now() - began).toBeLessThan(1500)
})

test.each(['x', '0', trace(12345), `${trace(1)}0`, '..%2f'])('%s is no trace: 404', async (id) => {
  expect((await team.api('GET', `/api/traces/${id}`)).status).toBe(404)
})

test.each([
  [{ q: '(x' }, 'q'],
  [{ q: 'x =~ /(?=a)/' }, 'q'],
  [{ cursor: 'x' }, 'cursor'],
  [{ min_ms: '-1' }, 'min_ms'],
  [{ status: 'bad' }, 'status'],
  [{ from: 'yesterday' }, 'from'],
  [{ from: range.to, to: range.from }, 'from'],
  [{ colour: 'red' }, 'colour'],
])('%j is 422 and says where', async (query, path) => {
  const r = await search(query)
  expect([r.status, r.body.errors?.[0].path]).toEqual([422, path])
})

test.each(["' OR 1=1 --", '\u0000', 'a > 1e999', '{p0:String}', 'x =~ /\\C/'])(
  'a hostile value is answered or refused, never broken: %j',
  async (text) => {
    for (const query of [{ q: text }, { service: text }, { operation: text }]) expect([200, 422]).toContain((await search(query)).status)
  },
)

test('reading traces needs its permission', async () => {
  const blind = await aTeam({ scopes: ['logs:read'] })
  for (const path of ['search', 'services', trace(1)]) expect((await blind.api('GET', `/api/traces/${path}`)).status).toBe(403)
})
