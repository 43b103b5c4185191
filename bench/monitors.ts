import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, query } from '../local/clickhouse.ts'
import { start } from '../local/tocsin.ts'
import { newId } from '../shared/ids.ts'
import { shardOf } from '../shared/uptime/regions.ts'
import { nextTurn } from '../shared/uptime/watch.ts'
import { type Bench, type Figure, quantile } from './bench.ts'
import { children, cpuMs, endChildren, Late, phase, residentMb } from './phases.ts'

const MONITORS = Number(process.env.BENCH_MONITORS ?? 10_000)
const WINDOW_S = Number(process.env.BENCH_WINDOW_S ?? 90)
const PERIOD_S = Number(process.env.BENCH_PERIOD_S ?? 30)
/** After the last monitor was checked once: what was made in a rush has then come to its own place in the period. */
const SETTLE_S = 35
export const TOKEN = 'bench-token-0123456789abcdef0123456789abcdef'
/** An answer that takes longer counts as this long. */
const ANSWER_MS_MAX = 10_000

/**
 * 10,000 monitors every 30 s: real GETs to a local server through MonitorShard, Probe and Check of the shipped bundle.
 * Budgets: rows in ClickHouse = checks due ± 0.1 %, jitter p99 < 1 s, ≤ 30 % of a core, a page of the list p95 < 200 ms.
 * It always ends: a phase that takes too long is named, what was measured until then is printed, and every process is ended.
 */
export const bench: Bench = {
  name: 'monitors',
  async run() {
    const state = mkdtempSync(join(tmpdir(), 'tocsin-bench-'))
    const figures: Figure[] = []
    let stop = async () => {}
    try {
      const target = await startTarget()
      const tocsin = await phase(
        'start',
        60,
        () => 'no answer yet',
        async () => start({ port: await freePort(), state, demo: false, token: TOKEN, say: () => {} }),
      )
      stop = tocsin.stop
      // Miniflare's own handlers would leave its processes behind
      for (const signal of ['SIGINT', 'SIGTERM'] as const)
        process.removeAllListeners(signal).once(signal, () => {
          endChildren()
          process.exit(1)
        })
      await measure(tocsin, target, figures)
    } catch (e) {
      if (!(e instanceof Late)) throw e
      console.error(`  ${e.message}`)
      figures.push({ metric: `NOT WHOLE: ${e.message}`, value: Number.NaN, unit: '' })
    } finally {
      await phase('stop', 15, () => 'still running', stop).catch(() => {})
      endChildren()
      rmSync(state, { recursive: true, force: true, maxRetries: 10 })
    }
    return figures
  },
}

type Tocsin = Awaited<ReturnType<typeof start>>
/** What is used of D1's binding. */
export type D1 = { prepare(sql: string): { bind(...values: unknown[]): { run(): Promise<unknown> }; first<T>(): Promise<T | null> } }
type Target = Awaited<ReturnType<typeof startTarget>>

async function measure(tocsin: Tocsin, target: Target, figures: Figure[]): Promise<void> {
  const api = caller(tocsin.url)
  const db = (await tocsin.mf.getD1Database('DB')) as unknown as D1
  const ids = await phase(
    'make',
    60,
    () => `${MONITORS} monitors in D1`,
    () => make(api, db, target.url),
  )

  let behind = Number.NaN
  await phase(
    'told',
    400,
    () => `the outbox is ${(behind / 1000).toFixed(0)} s late`,
    async (signal) => {
      // every write of a team drains its outbox, 500 pokes each. Not asked through Miniflare's D1: those calls stop this process's clock
      const group = await api('POST', '/api/uptime/monitor-groups', { name: 'Bench' })
      for (let quiet = 0; quiet < 3 && !signal.aborted; ) {
        await api('PATCH', `/api/uptime/monitor-groups/${group.body.id}`, { name: 'Bench' }).catch(() => null)
        behind = await health(tocsin.url)
          .then((h) => h.outbox_age_ms)
          .catch(() => behind)
        quiet = behind === 0 ? quiet + 1 : 0
        await sleep(500)
      }
    },
  )
  let pending = MONITORS
  await phase(
    'first checks',
    120,
    () => `${pending} not checked yet`,
    async (signal) => {
      // on a busy machine a few wait for their turn: the window tells
      while (pending > MONITORS / 50 && !signal.aborted) {
        const { body } = await api('GET', '/api/uptime/monitors/counts').catch(() => ({ body: {} }))
        pending = (body as { pending?: number }).pending ?? pending
        await sleep(1000)
      }
    },
  )
  await sleep(SETTLE_S * 1000)

  const [pid] = children('workerd') as [number]
  const from = Date.now()
  const [cpu, askedBefore] = [cpuMs(pid), await target.asked()]
  const pages: number[] = []
  await phase(
    'window',
    WINDOW_S + 20,
    () => `${pages.length} pages of the list, the last in ${pages.at(-1)?.toFixed(0)} ms`,
    async () => {
      while (Date.now() < from + WINDOW_S * 1000) {
        pages.push(await timed(() => api('GET', `/api/uptime/monitors?per_page=50&page=${1 + (pages.length % 20)}`)))
        await sleep(1000)
      }
    },
  )
  const to = Date.now()
  const core = (cpuMs(pid) - cpu) / (to - from)
  const memory = residentMb(pid)
  const page = quantile(pages, 0.95)
  figures.push(
    { metric: 'workerd, share of a core', value: core, unit: 'cores', baseline: 0.3, ratio: core / 0.3 },
    { metric: 'workerd, resident memory', value: memory, unit: 'MB' },
    { metric: 'a page of 50 of the list, p50', value: quantile(pages, 0.5), unit: 'ms' },
    { metric: 'a page of 50 of the list, p95', value: page, unit: 'ms', baseline: 200, ratio: page / 200 },
    { metric: 'requests that the target saw', value: (await target.asked()) - askedBefore, unit: 'requests' },
  )
  const summaries: number[] = []
  for (let i = 0; i < Math.min(20, MONITORS / 50); i++)
    summaries.push(await timed(() => api('GET', `/api/uptime/monitors/summary?ids=${ids.slice(50 * i, 50 * i + 50).join()}`)))
  figures.push({ metric: 'summaries of 50 monitors, p95', value: quantile(summaries, 0.95), unit: 'ms' })

  // what was checked last is still on its way
  await sleep(5000)
  const { due, found, late } = await phase(
    'rows',
    60,
    () => 'reading',
    () => compare(tocsin.clickhouse, ids, from, to),
  )
  const p99 = quantile(late, 0.99)
  figures.push(
    { metric: 'checks due in the window', value: due, unit: 'checks' },
    { metric: 'rows of them in ClickHouse', value: found, unit: 'rows', baseline: due, ratio: found / due },
    { metric: 'workerd, CPU per check', value: (core * (to - from)) / due, unit: 'ms' },
    { metric: 'start of a check after it was due, p50', value: quantile(late, 0.5), unit: 'ms' },
    { metric: 'start of a check after it was due, p99', value: p99, unit: 'ms', baseline: 1000, ratio: p99 / 1000 },
  )
}

const health = async (url: string) =>
  (await (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) })).json()) as { outbox_age_ms: number }

const timed = async (work: () => Promise<{ status: number }>): Promise<number> => {
  const at = performance.now()
  const { status } = await work().catch(() => ({ status: 0 }))
  if (status !== 200 && status !== 0) throw new Error(`the API answered ${status}`)
  return status ? performance.now() - at : ANSWER_MS_MAX
}

type Api = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: { id: string } }>
export const caller =
  (url: string): Api =>
  async (method, path, body) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
    const signal = AbortSignal.timeout(ANSWER_MS_MAX)
    const ask = () => fetch(url + path, { method, headers, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    // once more: fetch reuses a connection that the runner may just have closed
    const r = await ask().catch(ask)
    return { status: r.status, body: (await r.json()) as { id: string } }
  }

/** A page that is always fine, in a process of its own: this one also serves the mailbox. `/asked` counts. Ends with this process. */
async function startTarget() {
  const code = `let asked = 0
    process.stdin.on('end', () => process.exit()).resume()
    require('node:http').createServer((q, s) => { if (q.url === '/asked') return s.end(String(asked)); asked++; s.end('fine') })
      .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  const child = spawn(process.execPath, ['-e', code], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const url = `http://127.0.0.1:${String(port).trim()}`
  return { url, asked: async () => Number(await (await fetch(`${url}/asked`)).text()) }
}

/**
 * One monitor over the API, the others in D1 as copies of it, each with the poke that its creation would have left in the outbox; paused
 * ones need none.
 */
export async function make(api: Api, db: D1, target: string, paused = false): Promise<string[]> {
  const body = { url: `${target}/0`, name: 'Shop 0', check_frequency: PERIOD_S, paused }
  const first = await api('POST', '/api/uptime/monitors', body)
  if (first.status !== 201) throw new Error(`POST answered ${first.status}: ${JSON.stringify(first.body)}`)
  const ids = [first.body.id, ...Array.from({ length: MONITORS - 1 }, () => newId())]
  const columns = (await db.prepare("SELECT group_concat(name) AS names FROM pragma_table_info('monitors')").first<{ names: string }>())!
    .names
  const same = columns.split(',').filter((c) => !['number', 'id', 'shard', 'url', 'name'].includes(c))
  for (let from = 1; from < MONITORS; from += 1000) {
    const made = JSON.stringify(
      ids.slice(from, from + 1000).map((id, i) => ({ id, shard: shardOf(id), url: `${target}/${from + i}`, name: `Shop ${from + i}` })),
    )
    const new_ = "value ->> 'id', value ->> 'shard', value ->> 'url', value ->> 'name'"
    await db
      .prepare(
        `INSERT INTO monitors (id, shard, url, name, ${same}) SELECT ${new_}, ${same.map((c) => `m.${c}`)} FROM json_each(?), monitors AS m WHERE m.id = ?`,
      )
      .bind(made, ids[0])
      .run()
    if (paused) continue
    await db
      .prepare(
        `INSERT INTO outbox (id, team, kind, ref, due_at, tries) SELECT value ->> 'id', m.team, 'monitor', value ->> 'id', ?, 0 FROM json_each(?), monitors AS m WHERE m.id = ?`,
      )
      .bind(Date.now(), made, ids[0])
      .run()
  }
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
