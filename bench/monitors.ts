import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, query } from '../local/clickhouse.ts'
import { start } from '../local/tocsin.ts'
import { nextTurn } from '../shared/uptime/watch.ts'
import { type Bench, type Figure, quantile } from './bench.ts'
import { cpuMs } from './bundle.ts'

const MONITORS = Number(process.env.BENCH_MONITORS ?? 10_000)
const PERIOD_S = 30
const SETTLE_MS = 45_000
const WINDOW_MS = 90_000
const TOKEN = 'bench-token-0123456789abcdef0123456789abcdef'

/**
 * 10,000 monitors every 30 s: real GETs to a local server through MonitorShard, Probe and Check of the shipped bundle.
 * Budgets: rows in ClickHouse = checks due ± 0.1 %, jitter p99 < 1 s, ≤ 30 % of a core, a page of the list p95 < 200 ms.
 */
export const bench: Bench = {
  name: 'monitors',
  async run() {
    const state = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const target = await startTarget()
    const tocsin = await start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {} })
    try {
      const api = caller(tocsin.url)
      const began = performance.now()
      const ids = await create(api, target.url)
      const createdS = (performance.now() - began) / 1000
      await sleep(SETTLE_MS)

      const [pid] = workerds() as [number]
      const from = Date.now()
      const [cpu, askedBefore] = [cpuMs(pid), await target.asked()]
      const pages: number[] = []
      while (Date.now() < from + WINDOW_MS) {
        const at = performance.now()
        const page = 1 + (pages.length % 20)
        const { status } = await api('GET', `/api/uptime/monitors?per_page=50&page=${page}`)
        if (status !== 200) throw new Error(`the list answered ${status}`)
        pages.push(performance.now() - at)
        await sleep(1000)
      }
      const to = Date.now()
      const core = (cpuMs(pid) - cpu) / (to - from)
      const asked = await target.asked()
      const summaries: number[] = []
      for (let i = 0; i < 20; i++) {
        const at = performance.now()
        await api('GET', `/api/uptime/monitors/summary?ids=${ids.slice(50 * i, 50 * i + 50).join()}`)
        summaries.push(performance.now() - at)
      }
      // what was checked last is still on its way
      await sleep(5000)
      const { due, found, late } = await compare(tocsin.clickhouse, ids, from, to)
      return [
        { metric: `${MONITORS} monitors made over the API`, value: createdS, unit: 's' },
        { metric: 'checks due in the window', value: due, unit: 'checks' },
        { metric: 'rows of them in ClickHouse', value: found, unit: 'rows', baseline: due, ratio: found / due },
        { metric: 'requests that the target saw', value: asked - askedBefore, unit: 'requests' },
        { metric: 'start of a check after it was due, p50', value: quantile(late, 0.5), unit: 'ms' },
        {
          metric: 'start of a check after it was due, p99',
          value: quantile(late, 0.99),
          unit: 'ms',
          baseline: 1000,
          ratio: quantile(late, 0.99) / 1000,
        },
        { metric: 'workerd, share of a core', value: core, unit: 'cores', baseline: 0.3, ratio: core / 0.3 },
        { metric: 'workerd, CPU per check', value: (core * (to - from)) / due, unit: 'ms' },
        { metric: 'workerd, resident memory', value: residentMb(pid), unit: 'MB' },
        {
          metric: 'a page of 50 of the list, p95',
          value: quantile(pages, 0.95),
          unit: 'ms',
          baseline: 200,
          ratio: quantile(pages, 0.95) / 200,
        },
        { metric: 'summaries of 50 monitors, p95', value: quantile(summaries, 0.95), unit: 'ms' },
      ] satisfies Figure[]
    } finally {
      await tocsin.stop()
      target.stop()
      rmSync(state, { recursive: true, force: true, maxRetries: 10 })
    }
  },
}

type Api = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: { id: string } }>
const caller =
  (url: string): Api =>
  async (method, path, body) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const ask = () => fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    // once more: fetch reuses a connection that the runner may just have closed
    const r = await ask().catch(ask)
    return { status: r.status, body: (await r.json()) as { id: string } }
  }

/** A page that is always fine, in a process of its own: this one also serves the mailbox. `/asked` counts. */
async function startTarget() {
  const code = `let asked = 0
    require('node:http').createServer((q, s) => { if (q.url === '/asked') return s.end(String(asked)); asked++; s.end('fine') })
      .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${String(port).trim()}`
  return { url, asked: async () => Number(await (await fetch(`${url}/asked`)).text()), stop: () => child.kill() }
}

async function create(api: Api, target: string): Promise<string[]> {
  const ids: string[] = []
  let next = 0
  const one = async () => {
    for (let i = next++; i < MONITORS; i = next++) {
      const body = { url: `${target}/${i}`, name: `Shop ${i}`, check_frequency: PERIOD_S }
      const made = await api('POST', '/api/uptime/monitors', body)
      if (made.status !== 201) throw new Error(`POST answered ${made.status}: ${JSON.stringify(made.body)}`)
      ids.push(made.body.id)
    }
  }
  await Promise.all(Array.from({ length: 8 }, one))
  return ids
}

/** Every turn that was due in `[from, to)` against the rows: how many there are, and how long after it was due each check began. */
async function compare(clickhouse: string, ids: string[], from: number, to: number) {
  const rows = await query(
    clickhouse,
    `SELECT monitor, toUnixTimestamp64Milli(at) FROM tocsin.checks WHERE at >= fromUnixTimestamp64Milli(${from - 1000}) AND at < fromUnixTimestamp64Milli(${to + 10_000}) FORMAT TSVRaw`,
  )
  const seen = new Map<string, number[]>()
  for (const line of rows.trim().split('\n')) {
    const [monitor, at] = line.split('\t') as [string, string]
    seen.set(monitor, [...(seen.get(monitor) ?? []), Number(at)])
  }
  let [due, found] = [0, 0]
  const late: number[] = []
  for (const id of ids)
    for (
      let turn = nextTurn({ id, check_frequency: PERIOD_S }, from);
      turn < to;
      turn = nextTurn({ id, check_frequency: PERIOD_S }, turn)
    ) {
      due++
      // a step of the wheel early at most
      const at = seen.get(id)?.find((t) => t >= turn - 250 && t < turn + (PERIOD_S * 1000) / 2)
      if (at === undefined) continue
      found++
      late.push(at - turn)
    }
  return { due, found, late }
}

/** Processes of workerd that this process started. */
const workerds = (): number[] =>
  readdirSync('/proc')
    .filter((d) => /^\d+$/.test(d))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return stat.includes('(workerd)') && Number(stat.split(') ')[1]!.split(' ')[1]) === process.pid
      } catch {
        return false
      }
    })

const residentMb = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
