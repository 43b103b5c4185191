import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../local/clickhouse.ts'
import { TOKEN, until } from './runner.ts'

const KILLS = 20
/** From the first failed check to the receipt it takes about 100 ms here; some kills fall after it. */
const WINDOW_MS = 200
const MONITORS_PER_KILL = 3

const state = mkdtempSync(join(tmpdir(), 'tocsin-crash-'))
let target: Server
let port: number
const started: ChildProcess[] = []
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
afterAll(async () => {
  target.close()
  for (const child of started.filter((c) => c.exitCode === null && !c.signalCode)) {
    const gone = once(child, 'exit')
    // an orderly end takes ClickHouse and workerd along; one that never began has none
    child.kill('SIGTERM')
    await gone
  }
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

type Listed = { id: string; monitor_id: string | null }
type PageBody = { id: string; state: string; possibly_twice: boolean }

/** The local runner, loaded and waiting for its turn with the one state folder. */
function standBy() {
  const env = { ...process.env, TOCSIN_PORT: String(port), TOCSIN_STATE: state, TOCSIN_TOKEN: TOKEN, TOCSIN_DEMO: '0' }
  const child = spawn(process.execPath, ['--import', './test/process/standby.ts', 'local/start.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env,
  })
  started.push(child)
  const ready = new Promise<void>((ok, fail) => {
    createInterface(child.stdout).on('line', (line) => line.startsWith('Tocsin is ready') && ok())
    child.once('exit', () => fail(new Error('Tocsin ended before it was ready')))
  })
  ready.catch(() => {})
  return {
    begin() {
      child.stdin.end('go\n')
      return ready
    },
    /** kill -9 of workerd first, so that nothing goes on a moment longer, then of ClickHouse and the runner. */
    async kill() {
      const gone = once(child, 'exit')
      for (const pid of childrenOf(child.pid!)) process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      await gone
    },
  }
}
type Runner = ReturnType<typeof standBy>

const childrenOf = (pid: number) =>
  execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' }).trim().split('\n').map(Number) // biome-ignore format: one thought

async function api(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const r = await fetch(`http://localhost:${port}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  return r.json() as Promise<any>
}

/** Adds monitors of something broken; kills everything `delayMs` after the first failed check was answered. */
async function breakAndKill(tocsin: Runner, round: number, delayMs: number): Promise<string[]> {
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
  await tocsin.kill()
  return made.map((m) => m.id)
}

test('after 20 SIGKILLs between the failed check and the receipt, every page is in the mailbox once, or its receipt says possibly twice', async () => {
  const monitors: string[] = []
  let tocsin = standBy()
  for (let round = 0; round < KILLS; round++) {
    await tocsin.begin()
    const next = standBy()
    monitors.push(...(await breakAndKill(tocsin, round, ((round + Math.random()) * WINDOW_MS) / KILLS)))
    tocsin = next
  }
  await tocsin.begin()

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
