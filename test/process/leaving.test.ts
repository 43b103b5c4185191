import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTocsin, until } from './runner.ts'

let tocsin: Awaited<ReturnType<typeof runTocsin>>
let token: string
beforeAll(async () => {
  tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
  token = (await tocsin.api('POST', '/api/logs/sources', { name: 'Leaving' })).body.token
})
afterAll(() => tocsin?.stop())

/** The status of an upload; null when its client leaves `leaveAfterMs` after it has sent the body. */
const upload = (n: number, leaveAfterMs: number | null): Promise<number | null> =>
  new Promise((ok, fail) => {
    const options = {
      method: 'POST',
      agent: false as const,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    }
    const sent = request(tocsin.url, options, (r) => r.resume().once('end', () => ok(r.statusCode ?? 0)))
    sent.setTimeout(20_000, () => fail(new Error(`upload ${n} has no answer`)))
    sent.once('error', (e) => (leaveAfterMs === null ? fail(e) : ok(null)))
    sent.end(JSON.stringify([{ message: 'staying or leaving', n }]), () => {
      if (leaveAfterMs !== null) setTimeout(() => sent.destroy(new Error('left')), leaveAfterMs)
    })
  })

test('a client that leaves before its answer takes nobody along whose upload shares its call', { timeout: 120_000 }, async () => {
  const stayed: number[] = []
  for (let round = 0; round < 40; round++)
    await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const n = round * 12 + i
        const status = await upload(n, i % 2 ? (round + i) % 6 : null)
        if (i % 2 === 0) expect(status).toBe(202)
        if (status === 202) stayed.push(n)
      }),
    )
  const count = "SELECT count() AS all, uniqExact(attributes['n']) AS once FROM logs WHERE message = 'staying or leaving'"
  const { all, once } = await until('every answered upload is stored', 20_000, async () => {
    const { body } = await tocsin.api('POST', '/api/logs/query', { query: count, from: '2001-01-01T00:00:00Z' })
    return Number(body.data[0].once) >= stayed.length && body.data[0]
  })
  expect(Number(all)).toBe(Number(once))
})
