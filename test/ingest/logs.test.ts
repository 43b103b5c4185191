import { beforeAll, expect, test } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newToken } from '../../shared/ids.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { aTeam, call, env } from '../given.ts'

let team: Awaited<ReturnType<typeof aTeam>>
let token: string
let source: string
beforeAll(async () => {
  team = await aTeam()
  const made = await team.api('POST', '/api/logs/sources', { name: 'App', ingestion_method: 'http' })
  expect(made.status).toBe(201)
  ;({ token, id: source } = made.body)
})

const send = (body: BodyInit, headers: Record<string, string> = {}, path = '/') =>
  call(path, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }, body })

/** Rows with this message, when there are `count` of them. */
async function stored(message: string, count: number): Promise<Record<string, any>[]> {
  for (const end = Date.now() + 10_000; ; ) {
    const rows = await clickhouse(clickhouseOf(env)).rows<Record<string, unknown>>(
      'SELECT * FROM tocsin.logs WHERE team = {team:UUID} AND message = {message:String} ORDER BY timestamp',
      { team: team.team, message },
    )
    if (rows.length >= count || Date.now() > end) return rows
    await new Promise((done) => setTimeout(done, 100))
  }
}

const gzip = async (text: string) => new Response(new Response(text).body!.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()

test('an object, lines and an array are stored, each record once, in under two seconds', async () => {
  const began = Date.now()
  const hourAgo = new Date(began - 3_600_000).toISOString()
  expect((await send(`{"message":"wire","dt":"${hourAgo}","level":"INFO","user":{"id":7}}`)).status).toBe(202)
  expect((await send('{"message":"wire"}\n{"message":"wire"}\n', { 'content-type': 'application/x-ndjson' })).status).toBe(202)
  expect((await send('[{"message":"wire"},{"message":"wire"}]', {}, '/api/logs/ingest')).status).toBe(202)
  const rows = await stored('wire', 5)
  expect(Date.now() - began).toBeLessThan(5000)
  expect(rows).toHaveLength(5)
  expect(rows[0]).toMatchObject({
    source_id: source,
    level: 'info',
    attributes: { 'user.id': '7' },
    timestamp: hourAgo.replace('Z', '000000Z'),
  })
})

test('a gzip body is read; the answer is empty', async () => {
  const r = await send(await gzip('[{"message":"zipped"}]'), { 'content-encoding': 'gzip' })
  expect([r.status, await r.text()]).toEqual([202, ''])
  expect(await stored('zipped', 1)).toHaveLength(1)
})

test.each([
  ['Bearer', (t: string) => ({ authorization: `Bearer ${t}` })],
  ['Basic, as password', (t: string) => ({ authorization: `Basic ${btoa(`x:${t}`)}` })],
  ['Basic, as user', (t: string) => ({ authorization: `Basic ${btoa(`${t}:`)}` })],
  ['Splunk', (t: string) => ({ authorization: `Splunk ${t}` })],
])('the token is found: %s', async (_, headers) => {
  const r = await call('/api/logs/ingest', { method: 'POST', headers: headers(token), body: '{"message":"auth"}' })
  expect(r.status).toBe(202)
})

test.each(['', 'Bearer', 'Bearer x', `Bearer ${newToken('src')}`, 'Basic !!'])('%s is 403', async (authorization) => {
  const r = await call('/api/logs/ingest', { method: 'POST', headers: { authorization }, body: '{}' })
  expect([r.status, await r.text()]).toEqual([403, 'Unauthorized'])
})

test.each(['', '{', '[1', 'not json', '{"a":1}}'])('%s is 406 in the words of Better Stack', async (body) => {
  const r = await send(body)
  expect([r.status, await r.text()]).toEqual([406, "Couldn't parse JSON content."])
})

test('an empty array is nothing to store, and no mistake', async () => {
  expect((await send('[]')).status).toBe(202)
})

test('a hundred small bodies at once are all taken, each record once', async () => {
  const pad = 'x'.repeat(20_000)
  const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => send(JSON.stringify([{ message: 'at once', i, pad }]))))
  expect(new Set(answers.map((r) => r.status))).toEqual(new Set([202]))
  const rows = await stored('at once', 100)
  expect(new Set(rows.map((r) => r.attributes.i)).size).toBe(100)
  expect(rows).toHaveLength(100)
})

test.each([
  ['gzip', () => new CompressionStream('gzip')],
  ['deflate', () => new CompressionStream('deflate')],
])('a small %s body that unpacks to more than a small one is read all the same', async (name, stream) => {
  const text = `[${Array.from({ length: 3000 }, () => JSON.stringify({ message: `unpacked ${name}`, pad: 'x'.repeat(1000) })).join()}]`
  const packed = await new Response(new Response(text).body!.pipeThrough(stream())).arrayBuffer()
  expect(packed.byteLength).toBeLessThan(100_000)
  expect((await send(packed, { 'content-encoding': name })).status).toBe(202)
  expect(await stored(`unpacked ${name}`, 3000)).toHaveLength(3000)
})

test('a large body that is refused in the middle leaves nothing stored', async () => {
  const good = `{"message":"half","pad":"${'x'.repeat(1000)}"}\n`.repeat(5000)
  expect((await send(`${good}{"message":`)).status).toBe(406)
  expect((await send('{"message":"after half"}')).status).toBe(202)
  expect(await stored('after half', 1)).toHaveLength(1)
  expect(await stored('half', 0)).toHaveLength(0)
  expect((await send(good)).status).toBe(202)
  expect(await stored('half', 5000)).toHaveLength(5000)
})

test('nanoseconds and long integers keep every digit', async () => {
  const ns = `${Date.now() - 1000}123456`
  expect(
    (await send(`{"message":"digits","dt":${ns},"id":12345678901234567890,"f":1.2345678901234567e-5,"s":"9999999999999999"}`)).status,
  ).toBe(202)
  const [row] = await stored('digits', 1)
  expect(row!.timestamp).toMatch(/123456Z$/)
  expect(row!.attributes).toEqual({ id: '12345678901234567890', f: '0.000012345678901234568', s: '9999999999999999' })
})

test('a zip bomb stops at the limit', async () => {
  const bomb = await gzip(`[{"message":"${'x'.repeat(25_000_000)}"}]`)
  expect(bomb.byteLength).toBeLessThan(1_000_000)
  expect((await send(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
})

test.each<[string, string, Record<string, string>, number]>([
  ['a record over 1 MB', `{"message":"${'x'.repeat(1_000_001)}"}`, {}, 413],
  ['bytes that are no gzip', 'hello', { 'content-encoding': 'gzip' }, 406],
  ['an encoding nobody knows', '{}', { 'content-encoding': 'lzma' }, 415],
])('%s is refused', async (_, body, headers, status) => {
  expect((await send(body, headers)).status).toBe(status)
})

test('records of a year of days in one body hold nothing up', async () => {
  const days = Array.from({ length: 300 }, (_, i) => ({ message: 'days', dt: new Date(Date.now() - i * 86_400_000).toISOString() }))
  const keep = await team.api('POST', '/api/logs/sources', { name: 'Long', retention_days: 3652 })
  await send(JSON.stringify(days), { authorization: `Bearer ${keep.body.token}` })
  expect(await stored('days', 300)).toHaveLength(300)
})
