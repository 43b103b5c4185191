import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { start } from '../../local/tocsin.ts'
import { TOKEN, until } from './runner.ts'

const state = mkdtempSync(join(tmpdir(), 'tocsin-queue-'))
let tocsin: Awaited<ReturnType<typeof start>>
beforeAll(async () => {
  tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {}, settings: { TRANSPORT: 'queue' } })
})
afterAll(async () => {
  await tocsin?.stop()
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

const api = async (path: string, body: object) => {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  return (await fetch(tocsin.url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json() as Promise<any>
}
const sql = async (query: string) => (await api('/api/logs/query', { query })).data

test('with TRANSPORT=queue what a door answered 2xx is in SQL within seconds, each record once: small, large and many', async () => {
  const { token } = await api('/api/logs/sources', { name: 'Queued' })
  const send = async (records: object[]) => {
    const body = records.map((record) => JSON.stringify(record)).join('\n')
    expect((await fetch(`${tocsin.url}/`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })).status).toBe(202)
  }
  await send([{ message: 'small 0' }])
  await send([{ message: `large ${'x'.repeat(400_000)}` }])
  await send(Array.from({ length: 20_000 }, (_, i) => ({ message: `many ${i}`, level: 'info', padding: 'y'.repeat(100) })))
  await Promise.all(Array.from({ length: 30 }, (_, i) => send([{ message: `small ${i + 1}` }])))
  const counts = () => sql("SELECT splitByChar(' ', message)[1] AS kind, toUInt32(count()) AS n, toUInt32(uniqExact(message)) AS u FROM logs GROUP BY kind ORDER BY kind") // biome-ignore format: one thought
  const expected = [
    { kind: 'large', n: 1, u: 1 },
    { kind: 'many', n: 20_000, u: 20_000 },
    { kind: 'small', n: 31, u: 31 },
  ]
  await until(
    'everything is stored',
    20_000,
    async () => (await counts()).reduce((n: number, row: { n: number }) => n + row.n, 0) >= 20_032,
  )
  expect(await counts()).toEqual(expected)
  expect(await sql("SELECT length(message) AS n FROM logs WHERE startsWith(message, 'large')")).toEqual([{ n: 400_006 }])
}, 60_000)
