import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { runTocsin, until } from './runner.ts'

const KILLS = 20
/** From the first failed check to the receipt it takes about 100 ms here; some kills fall after it. */
const WINDOW_MS = 200
const MONITORS_PER_KILL = 3

const state = mkdtempSync(join(tmpdir(), 'tocsin-crash-'))
let target: Server
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
})
afterAll(() => {
  target.close()
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

type Running = Awaited<ReturnType<typeof runTocsin>>
type Listed = { id: string; monitor_id: string | null }
type PageBody = { id: string; state: string; possibly_twice: boolean }
const start = () => runTocsin({ state, port, env: { TOCSIN_DEMO: '0' } })

/** kill -9 of workerd first, so that nothing goes on a moment longer, then of the runner. */
async function killAll(tocsin: Running) {
  const children = execFileSync('pgrep', ['-P', String(tocsin.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
  for (const pid of children) process.kill(pid, 'SIGKILL')
  await tocsin.kill()
}

/** Adds monitors of something broken; kills everything `delayMs` after the first failed check was answered. */
async function breakAndKill(tocsin: Running, round: number, delayMs: number): Promise<string[]> {
  const paths = Array.from({ length: MONITORS_PER_KILL }, (_, i) => `/${round}-${i}`)
  const failed = Promise.race(paths.map((path) => new Promise<void>((ok) => asked.set(path, ok))))
  const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}`
  const made = await Promise.all(
    paths.map((path) =>
      tocsin.api('POST', '/api/uptime/monitors', { url: url + path, pronounceable_name: `Broken ${path}`, check_frequency: 10 }),
    ),
  )
  await failed
  await new Promise((done) => setTimeout(done, delayMs))
  await killAll(tocsin)
  return made.map((m) => m.body.id)
}

test('after 20 SIGKILLs between the failed check and the receipt, every page is in the mailbox once, or its receipt says possibly twice', async () => {
  const monitors: string[] = []
  for (let round = 0; round < KILLS; round++)
    monitors.push(...(await breakAndKill(await start(), round, ((round + Math.random()) * WINDOW_MS) / KILLS)))

  const tocsin = await start()
  try {
    const pagesOf = async () => {
      const { data } = (await tocsin.api('GET', '/api/incidents?per_page=250')).body as { data: Listed[] }
      const pages = await Promise.all(data.map(async (i) => (await tocsin.api('GET', `/api/incidents/${i.id}/pages`)).body as PageBody[]))
      return { data, pages: pages.flat() }
    }
    const { data, pages } = await until('every broken monitor has an incident whose pages left', 45_000, async () => {
      const now = await pagesOf()
      return now.data.length >= monitors.length && now.pages.length && now.pages.every((p) => p.state === 'accepted') && now
    })
    // one open incident per monitor, none lost, none double
    expect(data.map((i) => i.monitor_id).sort()).toEqual([...monitors].sort())
    const mails = ((await (await fetch(`${tocsin.url}/mailbox.json`)).json()) as { id: string }[]).map((m) => m.id)
    const times = new Map(pages.map((p) => [p.id, mails.filter((id) => id === p.id).length]))
    expect(pages.filter((p) => times.get(p.id) === 0)).toEqual([])
    expect(pages.filter((p) => times.get(p.id)! > 1 && !p.possibly_twice)).toEqual([])
    expect(new Set(mails).size).toBe(pages.length)
    console.log(
      `${KILLS} kills, ${pages.length} pages: ${pages.filter((p) => p.possibly_twice).length} possibly twice, ${pages.filter((p) => times.get(p.id)! > 1).length} really`,
    )
  } finally {
    await tocsin.stop()
  }
}, 180_000)
