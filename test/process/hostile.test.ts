import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTocsin, TOKEN } from './runner.ts'

let tocsin: Awaited<ReturnType<typeof runTocsin>>
beforeAll(async () => {
  tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
})
afterAll(() => tocsin.stop())

/** Resident bytes of the runner's workerd. */
function residentBytes(): number {
  const children = readdirSync('/proc').filter((d) => /^\d+$/.test(d))
  const stat = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/stat`, 'utf8')
    } catch {
      return ''
    }
  }
  const workerd = children.find((pid) => stat(pid).includes('(workerd)') && Number(stat(pid).split(') ')[1]!.split(' ')[1]) === tocsin.pid)
  return Number(readFileSync(`/proc/${workerd}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)![1]) * 1024
}

const big = `{"title":"${'x'.repeat(10_000_000)}"}`

/** The status, for a body of known length or a streamed one; 413 too when the server closed the connection after answering, before the sender was done. */
async function post(body: string, streamed: boolean): Promise<number> {
  const stream = () =>
    new ReadableStream({
      start(c) {
        c.enqueue(new TextEncoder().encode(body))
        c.close()
      },
    })
  try {
    const r = await fetch(`${tocsin.url}/api/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(streamed ? { body: stream(), duplex: 'half' } : { body }),
    } as RequestInit)
    await r.arrayBuffer()
    return r.status
  } catch {
    return 413
  }
}

test('a body of 10 MB is 413, memory grows by less than 30 MB; so it does over 20 more, once the heap has its size; the next request is served', async () => {
  // the first requests make the runtime load and compile the door
  for (let i = 0; i < 10; i++) expect(await post('{"title":"warm","notify":false}', i % 2 === 0)).toBeLessThan(500)
  const before = residentBytes()
  expect(await post(big, true)).toBe(413)
  expect(residentBytes() - before).toBeLessThan(30e6)
  // what the refused streams left behind is collected when the collector likes: only growth that goes on would be a leak
  for (let i = 0; i < 40; i++) expect(await post(big, i % 2 === 0)).toBe(413)
  const settled = residentBytes()
  for (let i = 0; i < 20; i++) expect(await post(big, i % 2 === 0)).toBe(413)
  expect(residentBytes() - settled).toBeLessThan(30e6)
  expect((await fetch(`${tocsin.url}/api/health`)).status).toBe(200)
})
