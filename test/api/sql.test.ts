import { beforeAll, expect, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { setPlan } from '../../shared/logs/plan-store.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { aTeam, call, env } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
let team: Team
let [a, b] = ['', '']
const range = { from: '2026-10-01T00:00:00Z', to: '2026-10-02T00:00:00Z' }
const put = async (of: Team, source: string, messages: string[]) =>
  expect(
    await insert(
      clickhouseOf(env),
      'logs',
      messages
        .map((message) =>
          JSON.stringify({
            team: of.team,
            source_id: source,
            retention_days: 3652,
            timestamp: '2026-10-01T12:00:00Z',
            level: 'info',
            message,
          }),
        )
        .join('\n'),
      newId(),
    ),
  ).toEqual({ outcome: 'ok' })
const sql = (query: string, more: object = {}, path = 'logs', as = team) =>
  as.api('POST', `/api/${path}/query`, { query, ...range, ...more })
/** The answer's own text: rows need not be JSON. */
const raw = async (query: string, format: string) =>
  call('/api/logs/query', {
    method: 'POST',
    headers: { authorization: `Bearer ${team.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, format, ...range }),
  })

beforeAll(async () => {
  team = await aTeam()
  a = (await team.api('POST', '/api/logs/sources', { name: 'A' })).body.id
  b = (await team.api('POST', '/api/logs/sources', { name: 'B' })).body.id
  await put(team, a, ['one', 'two, "quoted"'])
  await put(team, b, ['three'])
})
const messages = 'SELECT message FROM logs ORDER BY message'

test('the warehouse answers as the logs do', async () => {
  const [logs, warehouse] = [await sql(messages), await sql(messages, {}, 'warehouse')]
  expect(logs.body.data).toEqual([{ message: 'one' }, { message: 'three' }, { message: 'two, "quoted"' }])
  expect(warehouse.body.data).toEqual(logs.body.data)
})

test('only rows of the named sources are seen, and only sources of the team can be named', async () => {
  const seen = async (source_ids: string[]) => (await sql(messages, { source_ids })).body.data?.map((d: { message: string }) => d.message)
  expect(await seen([b])).toEqual(['three'])
  expect(await seen([a, b])).toHaveLength(3)
  const two = await aTeam()
  expect((await sql(messages, { source_ids: [b] }, 'logs', two)).status).toBe(404)
})

test('the same question in the next seconds reads nothing again; another team or range is another question', async () => {
  const query = `SELECT count() AS n FROM logs WHERE message != '${newId()}'`
  const [first, again] = [await sql(query), await sql(query)]
  expect([first.body.cached, again.body.cached]).toEqual([false, true])
  expect(again.body).toEqual({ ...first.body, cached: true })
  expect((await sql(query, { to: '2026-10-02T00:00:01Z' })).body.cached).toBe(false)
  expect((await sql(query, { source_ids: [a] })).body).toMatchObject({ cached: false, data: [{ n: 2 }] })
  const other = await sql(query, {}, 'logs', await aTeam())
  expect(other.body).toMatchObject({ cached: false, data: [{ n: 0 }] })
})

test('rows leave as NDJSON and as CSV with a header', async () => {
  const ndjson = await raw(messages, 'NDJSON')
  expect([ndjson.headers.get('content-type'), await ndjson.text()]).toEqual([
    'application/x-ndjson',
    '{"message":"one"}\n{"message":"three"}\n{"message":"two, \\"quoted\\""}\n',
  ])
  const csv = await raw(messages, 'csv')
  expect([csv.headers.get('content-type'), await csv.text()]).toEqual([
    'text/csv; charset=utf-8',
    '"message"\n"one"\n"three"\n"two, ""quoted"""\n',
  ])
  for (const [query, format] of [
    ['SELECT nothing FROM logs', 'csv'],
    ['SELECT message FROM logs FORMAT TSV', 'ndjson'],
    ['SELECT 1', 'xml'],
  ] as const)
    expect((await raw(query, format)).status).toBe(422)
})

const slow = 'SELECT count() FROM logs WHERE sleepEachRow(3) = 0'
const running = async (id: string) =>
  (
    await clickhouse(clickhouseOf(env)).rows<{ n: number }>(
      'SELECT count() AS n FROM system.processes WHERE position(query_id, {id:String}) > 0',
      { id },
    )
  )[0]!.n

test('a running query is cancelled by its id, by its own team only', async () => {
  const [id, mine] = [newId(), await aTeam()]
  await put(mine, newId(), ['x'])
  const asked = sql(slow, { query_id: id }, 'logs', mine)
  await vi.waitFor(async () => expect(await running(id)).toBe(1), 3000)
  const two = await aTeam()
  expect((await two.api('DELETE', `/api/logs/query/${id}`)).status).toBe(404)
  expect(await running(id)).toBe(1)
  expect((await sql('SELECT 1', { query_id: id }, 'logs', mine)).body.code).toBe('conflict')
  expect((await mine.api('DELETE', `/api/logs/query/${id}`)).status).toBe(204)
  expect(await asked).toMatchObject({ status: 409, body: { code: 'conflict', detail: 'The query was cancelled.' } })
  expect((await mine.api('DELETE', `/api/logs/query/${newId()}`)).status).toBe(404)
  expect((await mine.api('DELETE', '/api/logs/query/x')).status).toBe(404)
})

test('the eleventh query at once waits its turn', async () => {
  const busy = await aTeam()
  await put(busy, newId(), ['x'])
  const ids = Array.from({ length: 10 }, () => newId())
  const asked = ids.map((query_id) => sql(slow, { query_id }, 'logs', busy))
  await vi.waitFor(async () => expect((await Promise.all(ids.map(running))).every((n) => n === 1)).toBe(true), 3000)
  expect((await sql('SELECT 1', {}, 'logs', busy)).body.code).toBe('rate-limited')
  expect((await sql('SELECT 1')).status).toBe(200)
  for (const id of ids) await busy.api('DELETE', `/api/logs/query/${id}`)
  await Promise.all(asked)
  expect((await sql('SELECT 1', {}, 'logs', busy)).status).toBe(200)
})

test('queries that other isolates run for the team count too', async () => {
  const busy = await aTeam()
  await put(busy, newId(), ['x'])
  const ids = Array.from({ length: 10 }, () => newId())
  const elsewhere = ids.map((id) => {
    const params = new URLSearchParams({ query_id: `${busy.team}~0~${Date.parse(range.to)}~${id}~` })
    return fetch(`${env.CLICKHOUSE_URL}/?${params}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': 'tenant' },
      body: slow.replace('logs', 'tocsin.logs'),
    }).then((r) => r.text())
  })
  await vi.waitFor(async () => expect((await Promise.all(ids.map(running))).every((n) => n === 1)).toBe(true), 3000)
  expect((await sql('SELECT 1', {}, 'logs', busy)).body.code).toBe('rate-limited')
  for (const id of ids) await busy.api('DELETE', `/api/logs/query/${id}`)
  await Promise.all(elsewhere)
  expect((await sql('SELECT 1', {}, 'logs', busy)).status).toBe(200)
})

test('a larger plan of the warehouse has larger limits, and its user the same isolation', async () => {
  const [small, large] = [await aTeam(), await aTeam()]
  await setPlan(db(env.DB), large.team, { bundle: 'none', warehouse: 'turbo', overage: false }, Date.now())
  for (const of of [small, large]) await put(of, newId(), [`of ${of.team}`])
  const many = 'SELECT arrayJoin(range(150000)) AS n FROM logs'
  expect((await sql(many, {}, 'logs', small)).status).toBe(422)
  expect((await sql(many, {}, 'logs', large)).body.data).toHaveLength(150_000)
  expect((await sql(messages, {}, 'logs', large)).body.data).toEqual([{ message: `of ${large.team}` }])
  expect((await sql('SELECT 1 SETTINGS max_execution_time = 1000', {}, 'logs', large)).status).toBe(422)
})

test('PROMQL answers in rows: labels, time and value', async () => {
  const at = Math.floor(Date.now() / 60_000) * 60_000 - 600_000
  const from = { team: team.team, source_id: a, retention_days: 3000 }
  const labels = { job: 'api, "a"' }
  const series = { ...from, name: 'up', fingerprint: 42, day: new Date(at).toISOString().slice(0, 10), labels }
  const samples = { ...from, fingerprints: [42, 42], times: [at, at + 60_000], values: [1, 'nan'], kinds: [0, 0], starts: [0, 0] }
  expect(await insert(clickhouseOf(env), 'series', JSON.stringify(series), newId())).toEqual({ outcome: 'ok' })
  expect(await insert(clickhouseOf(env), 'samples', JSON.stringify(samples), newId())).toEqual({ outcome: 'ok' })
  const [begin, end] = [new Date(at).toISOString(), new Date(at + 60_000).toISOString()]
  const asked = { query_type: 'promql', query: 'up', from: begin, to: end, step: 60_000 }
  const answer = await sql('', asked)
  const metric = { __name__: 'up', ...labels }
  expect(answer.status).toBe(200)
  expect(answer.body.data).toEqual([
    { timestamp: begin, labels: metric, value: 1, histogram: null },
    { timestamp: end, labels: metric, value: null, histogram: null },
  ])
  const text = async (format: string) => {
    const headers = { authorization: `Bearer ${team.key}`, 'content-type': 'application/json' }
    return (await call('/api/logs/query', { method: 'POST', headers, body: JSON.stringify({ ...asked, format }) })).text()
  }
  const lines = (await text('ndjson')).split('\n').filter(Boolean)
  expect(lines.map((line) => JSON.parse(line))).toEqual(answer.body.data)
  expect((await text('csv')).split('\n')[1]).toBe(`"${begin}","${JSON.stringify(metric).replaceAll('"', '""')}",1,`)
  expect((await sql('', { ...asked, query: 'up{' })).body).toMatchObject({ code: 'invalid', errors: [{ path: 'query', code: 'promql' }] })
  expect((await sql('', asked, 'logs', await aTeam({ scopes: ['logs:read'] }))).status).toBe(403)
  expect((await sql('', asked, 'logs', await aTeam())).body.data).toEqual([])
})

test('each path needs its permission', async () => {
  const logs = await aTeam({ scopes: ['logs:read'] })
  expect([(await sql('SELECT 1', {}, 'logs', logs)).status, (await sql('SELECT 1', {}, 'warehouse', logs)).status]).toEqual([200, 403])
})
