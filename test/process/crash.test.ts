import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, startClickHouse } from '../../local/clickhouse.ts'
import { killable } from './killable.ts'
import { TOKEN, until } from './runner.ts'

const KILLS = 20
/** From the first failed check to the receipt it takes about 100 ms here; some kills fall after it. */
const WINDOW_MS = 200
const MONITORS_PER_KILL = 3

const state = mkdtempSync(join(tmpdir(), 'tocsin-crash-'))
let target: Server
/** Goes on through all kills: no page waits for it, and its start would be half of each round. */
let clickhouse: Awaited<ReturnType<typeof startClickHouse>>
let tocsin: Awaited<ReturnType<typeof killable>> | undefined
let port: number
/** Told at the first check of each path. */
const asked = new Map<string, () => void>()

beforeAll(async () => {
  target = createServer((request, response) => {
    response.statusCode = 503
    response.end('broken')
    asked.get(request.url!)?.()
  })
  await new Promise<void>((ok) => target.listen(0, '127.0.0.1', ok))
  port = await freePort()
  clickhouse = await startClickHouse(join(state, 'clickhouse'))
})
afterAll(async () => {
  await tocsin?.stop()
  target.close()
  await clickhouse.stop()
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

type Listed = { id: string; monitor_id: string | null }
type PageBody = { id: string; state: string; possibly_twice: boolean }

const begin = () => killable({ port, state, clickhouse: clickhouse.url })

async function api(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', connection: 'close' }
  const r = await fetch(`http://localhost:${port}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return r.json() as Promise<any>
}

/** Adds monitors of something broken; kills everything `delayMs` after the first failed check was answered. */
async function breakAndKill(round: number, delayMs: number): Promise<string[]> {
  const paths = Array.from({ length: MONITORS_PER_KILL }, (_, i) => `/${round}-${i}`)
  const failed = Promise.race(paths.map((path) => new Promise<void>((ok) => asked.set(path, ok))))
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
  const made = await Promise.all(
    paths.map((path) =>
      api('POST', '/api/uptime/monitors', { url: url + path, pronounceable_name: `Broken ${path}`, check_frequency: 10 }),
    ),
  )
  await failed
  await new Promise((done) => setTimeout(done, delayMs))
  await tocsin!.kill()
  return made.map((m) => m.id)
}

test('after 20 SIGKILLs between the failed check and the receipt, every page is in the mailbox once, or its receipt says possibly twice', async () => {
  const monitors: string[] = []
  for (let round = 0; round < KILLS; round++) {
    tocsin = await begin()
    monitors.push(...(await breakAndKill(round, ((round + Math.random()) * WINDOW_MS) / KILLS)))
  }
  tocsin = await begin()

  const { data, pages } = await until('every broken monitor has an incident whose pages left', 60_000, async () => {
    const { data } = (await api('GET', '/api/incidents?per_page=250')) as { data: Listed[] }
    const pages = (await Promise.all(data.map((i) => api('GET', `/api/incidents/${i.id}/pages`) as Promise<PageBody[]>))).flat()
    return data.length >= monitors.length && pages.every((p) => p.state === 'accepted') && { data, pages }
  })
  // one open incident per monitor, none lost, none double
  expect(data.map((i) => i.monitor_id).sort()).toEqual([...monitors].sort())
  const mails = ((await api('GET', '/mailbox.json')) as { id: string }[]).map((m) => m.id)
  const times = (p: PageBody) => mails.filter((id) => id === p.id).length
  expect(pages.filter((p) => times(p) === 0)).toEqual([])
  expect(pages.filter((p) => times(p) > 1 && !p.possibly_twice)).toEqual([])
  expect(new Set(mails).size).toBe(pages.length)
  const twice = pages.filter((p) => p.possibly_twice)
  console.log(`${KILLS} kills, ${pages.length} pages: ${twice.length} possibly twice, ${twice.filter((p) => times(p) > 1).length} really`)
}, 300_000)
