import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { start } from '../../local/tocsin.ts'
import { TOKEN, until } from './runner.ts'
import { anS3Server, type S3Server } from './s3-server.ts'

const HOUR = 3_600_000
const BUCKET = 'customer-logs'

const state = mkdtempSync(join(tmpdir(), 'tocsin-archive-'))
let tocsin: Awaited<ReturnType<typeof start>>
/** Where crons are rung: Miniflare's own door. */
let bell: string
let s3: S3Server | string
const thisHour = Math.floor(Date.now() / HOUR) * HOUR
const at = (hoursAgo: number, minutes = 30) => new Date(thisHour - hoursAgo * HOUR + minutes * 60_000).toISOString()

beforeAll(async () => {
  s3 = await anS3Server(BUCKET)
  if (typeof s3 === 'string') console.log(`The customer's bucket is skipped: ${s3}`)
  tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {} })
  bell = (await tocsin.mf.ready).origin
})
afterAll(async () => {
  await tocsin?.stop()
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
  if (typeof s3 === 'object') s3.stop()
})

async function api(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const r = await fetch(tocsin.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  return { status: r.status, body: (await r.json()) as any }
}
const send = async (token: string, records: object[]) => {
  const r = await fetch(`${tocsin.url}/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: records.map((record) => JSON.stringify(record)).join('\n'),
  })
  expect(r.status).toBe(202)
}
const clock = (cron = '10 * * * *') => fetch(`${bell}/cdn-cgi/local/scheduled?cron=${encodeURIComponent(cron)}`)
type File = {
  kind: string
  from: string
  state: string
  rows: number
  bytes: number
  bucket: string | null
  key: string
  error: string | null
  written_at: string
}
const files = async (source: string): Promise<File[]> => (await api('GET', `/api/logs/sources/${source}/archive?per_page=50`)).body.data
/** Rings the clock until the source's files are as wanted; usage and rows take a moment to arrive. */
const filesWhen = (source: string, wanted: (found: File[]) => boolean) =>
  until('the files are written', 20_000, async () => {
    await clock()
    const found = await files(source)
    if (wanted(found)) return found
    await new Promise((done) => setTimeout(done, 1000))
    return null
  })
const search = async (source: string, query: string, more: object = {}) =>
  (await api('POST', `/api/logs/sources/${source}/archive/search`, { query, from: at(5, 0), to: at(0, 0), ...more })).body

test('each hour of a source becomes one Parquet file that is searched where it lies; late records are in it after the next run', async () => {
  const { body } = await api('POST', '/api/logs/sources', { name: 'Ours' })
  await send(body.token, [
    { dt: at(2), message: 'two hours ago', level: 'warn', user: { id: 7 } },
    { dt: at(2, 31), message: 'a minute later' },
    { dt: at(1), message: 'an hour ago' },
    { dt: new Date().toISOString(), message: 'just now' },
  ])
  const first = await filesWhen(body.id, (found) => found.length === 2 && found.every((f) => f.state === 'done'))
  expect(first.map((f) => [f.from, f.rows, f.bucket])).toEqual([
    [at(2, 0), 2, null],
    [at(1, 0), 1, null],
  ])
  expect(first.every((f) => f.bytes > 500 && f.key.endsWith('.parquet'))).toBe(true)
  const found = await search(body.id, '')
  expect(found.data.map((row: { message: string }) => row.message)).toEqual(['an hour ago', 'a minute later', 'two hours ago'])
  expect((await search(body.id, 'level:warn AND user.id:7')).data).toMatchObject([{ message: 'two hours ago', level: 'warn', attributes: { 'user.id': '7' } }]) // biome-ignore format: one thought
  expect(await search(body.id, '', { from: at(2, 0), to: at(1, 0) })).toMatchObject({ files: 1, data: [{}, {}] })

  // nothing new: nothing is written again
  await clock()
  expect(await files(body.id)).toEqual(first)
  await send(body.token, [{ dt: at(2, 32), message: 'straggler' }])
  const second = await filesWhen(body.id, (found) => found[0]?.rows === 3)
  expect(second).toHaveLength(2)
  expect((await search(body.id, 'straggler')).data).toHaveLength(1)
  expect((await search(body.id, '')).data).toHaveLength(4)
}, 120_000)

test('an export that died in the middle is done again by the next run: half a file is replaced, nothing is there twice', async () => {
  const { body } = await api('POST', '/api/logs/sources', { name: 'Cut' })
  await send(body.token, [{ dt: at(1), message: 'whole' }])
  const [file] = await filesWhen(body.id, (found) => found[0]?.state === 'done')
  const db = await tocsin.mf.getD1Database('DB')
  const left = (leaseUntil: number) => db.prepare("UPDATE archive_files SET state = 'running', rows = 0, lease_until = ? WHERE source = ?").bind(leaseUntil, body.id).run() // biome-ignore format: one thought
  await (await tocsin.mf.getR2Bucket('COLD')).put(file!.key, 'half')
  // somebody else may still be at it
  await left(Date.now() + 600_000)
  await clock()
  expect(await files(body.id)).toMatchObject([{ state: 'running' }])
  await left(1)
  expect(await filesWhen(body.id, (found) => found[0]?.state === 'done')).toMatchObject([{ rows: 1, bytes: file!.bytes }])
  expect((await search(body.id, '')).data).toMatchObject([{ message: 'whole' }])
}, 60_000)

test('spans are archived beside the logs', async () => {
  const { body } = await api('POST', '/api/logs/sources', { name: 'Traces' })
  const nano = String(Date.parse(at(1)) * 1e6)
  const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), name: 'GET /', kind: 2, startTimeUnixNano: nano, endTimeUnixNano: nano, events: [{ timeUnixNano: nano, name: 'thrown' }] } // biome-ignore format: one thought
  const r = await fetch(`${tocsin.url}/v1/traces`, {
    method: 'POST',
    headers: { authorization: `Bearer ${body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
  })
  expect(r.status).toBe(200)
  expect(await filesWhen(body.id, (found) => found[0]?.state === 'done')).toMatchObject([{ kind: 'spans', rows: 1 }])
}, 60_000)

test('a source with a bucket of its own is archived there with its key, and searched there; a bucket that refuses is told and tried again', async ({
  skip,
}) => {
  if (typeof s3 === 'string') return skip(s3)
  const bucket = { s3_bucket: 'nobody-made-this', s3_endpoint: s3.url, s3_access_key: s3.id }
  const made = await api('POST', '/api/logs/sources', { name: 'Theirs', ...bucket, s3_secret_key: s3.secret })
  expect(made).toMatchObject({ status: 201, body: { s3_bucket: 'nobody-made-this', s3_secret_set: true } })
  expect(Object.keys(made.body).filter((name) => /secret/.test(name))).toEqual(['s3_secret_set'])
  await send(made.body.token, [{ dt: at(1), message: 'for the customer' }])
  const [failed] = await filesWhen(made.body.id, (found) => found[0]?.state === 'failed')
  expect(failed!.error).toBeTruthy()
  expect((await api('PATCH', `/api/logs/sources/${made.body.id}`, { s3_bucket: BUCKET })).status).toBe(200)
  const [file] = await filesWhen(made.body.id, (found) => found[0]?.state === 'done')
  expect(file).toMatchObject({ rows: 1, bucket: `${s3.url}/${BUCKET}`, error: null })
  expect(file!.key).toMatch(new RegExp(`^tocsin/${made.body.id}/logs/`))
  expect((await search(made.body.id, 'customer')).data).toMatchObject([{ message: 'for the customer' }])
  const listed = await (await fetch(`${s3.url}/${BUCKET}?list-type=2`)).text().catch(() => '')
  if (listed.includes('<Key>')) expect(listed).toContain(file!.key)
}, 120_000)

test('half a bucket is 422, and so is an address that is none', async () => {
  const make = (more: object) => api('POST', '/api/logs/sources', { name: 'Half', ...more })
  expect((await make({ s3_bucket: 'logs' })).body.errors.map((e: { path: string }) => e.path)).toEqual(['s3_endpoint', 's3_access_key', 's3_secret_key']) // biome-ignore format: one thought
  for (const s3_endpoint of ['file:///etc/passwd', 'not an address', 'http://user:secret@s3.example.com', 'https://s3.example.com/?x=1'])
    expect((await make({ s3_bucket: 'logs', s3_endpoint, s3_access_key: 'a', s3_secret_key: 'b' })).status).toBe(422)
})

test('without our key nobody gets a file', async () => {
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect((await fetch(`${tocsin.url}/hooks/s3/a/b.parquet`, { method, ...(method === 'PUT' ? { body: 'x' } : {}) })).status).toBe(403)
})
