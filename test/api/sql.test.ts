import { beforeAll, expect, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
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

test('each path needs its permission', async () => {
  const logs = await aTeam({ scopes: ['logs:read'] })
  expect([(await sql('SELECT 1', {}, 'logs', logs)).status, (await sql('SELECT 1', {}, 'warehouse', logs)).status]).toEqual([200, 403])
})
