import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, query, startClickHouse } from '../local/clickhouse.ts'
import { migrateClickHouse } from '../local/clickhouse-migrate.ts'
import { start } from '../local/tocsin.ts'
import type { Bench, Figure } from './bench.ts'
import { troubledProxy } from './troubled-proxy.ts'

const TOKEN = 'bench-token-0123456789abcdef0123456789abcdef'
const EVENTS = 50
const WRITERS = 4
/** A pause between two uploads of a writer: the audit is about trouble, not about load. */
const PAUSE_MS = 20

/** A writer sends numbered events while the Worker is killed (-9) and ClickHouse is stopped, restarted, made slow and made to lose its answers. Acknowledged must be stored, nothing twice. */
export const bench: Bench = {
  name: 'loss',
  async run() {
    const ledger = await audit(Number(process.env.BENCH_SECONDS ?? 180) * 1000, (line) => console.error(line))
    return figures(ledger)
  },
}

export type Ledger = {
  /** Events whose upload was answered 2xx, and those whose upload was refused or had no answer. */
  acknowledged: number
  refused: number
  /** Acknowledged events that ClickHouse has not; events it has more than once; events it has although nobody was told so. */
  lost: number
  doubled: number
  unasked: number
  stored: number
  kills: number
  outages: number
  /** From the end of the trouble until everything was stored. */
  settleMs: number
}

export async function audit(ms: number, say: (line: string) => void = () => {}): Promise<Ledger> {
  const dir = mkdtempSync(join(tmpdir(), 'tocsin-loss-'))
  const began = performance.now()
  const told = (line: string) => say(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`)
  let clickhouse = await startClickHouse(join(dir, 'clickhouse'))
  await migrateClickHouse(clickhouse.url, 'clickhouse-migrations')
  const proxy = await troubledProxy(clickhouse.url)
  const [port, state] = [await freePort(), join(dir, 'state')]
  let worker = await runWorker(port, state, proxy.url)
  const acked: number[] = []
  const counts = { refused: 0, kills: 0, outages: 0 }
  try {
    const token = await aSource(port)
    let next = 0
    let writing = true
    const writer = async () => {
      while (writing) {
        const first = next
        next += EVENTS
        if (await send(port, token, first).catch(() => false)) for (let i = 0; i < EVENTS; i++) acked.push(first + i)
        else {
          counts.refused += EVENTS
          await sleep(10 * PAUSE_MS)
        }
        await sleep(PAUSE_MS)
      }
    }
    const writers = Array.from({ length: WRITERS }, writer)
    const killWorker = async () => {
      told('the Worker is killed (-9)')
      await worker.kill()
      counts.kills += 1
      worker = await runWorker(port, state, proxy.url)
      told('the Worker is back')
    }
    const stopClickHouse = async (forMs: number) => {
      told('ClickHouse is killed (-9)')
      process.kill(clickhouse.pid, 'SIGKILL')
      counts.outages += 1
      await sleep(forMs)
      clickhouse = await startClickHouse(join(dir, 'clickhouse'))
      proxy.to(clickhouse.url)
      told('ClickHouse is back')
    }
    const trouble = async (how: Parameters<typeof proxy.trouble>[0], forMs: number) => {
      told(`ClickHouse: ${how}`)
      counts.outages += 1
      proxy.trouble(how)
      await sleep(forMs)
      proxy.trouble('none')
    }
    const end = Date.now() + ms
    const step = Math.max(1500, ms / 12)
    await sleep(step)
    // on a slow machine too: one kill, and two troubles of ClickHouse
    for (let round = 0; round < 3 || Date.now() < end; round++) {
      const acts = [
        killWorker,
        () => trouble('loses its answers', step),
        () => stopClickHouse(step),
        () => trouble('is slow', step),
        () => Promise.all([trouble('loses its answers', step), sleep(step / 2).then(killWorker)]),
        () => Promise.all([stopClickHouse(step), sleep(step / 3).then(killWorker)]),
      ]
      await acts[round % acts.length]!()
      await sleep(step / 2)
    }
    writing = false
    await Promise.all(writers)
    told('no more trouble, no more events')
    const quietAt = Date.now()
    const stored = await settled(clickhouse.url, acked)
    return { ...counts, ...stored, acknowledged: acked.length, settleMs: Date.now() - quietAt }
  } finally {
    await worker.stop()
    proxy.close()
    await clickhouse.stop()
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

const figures = (l: Ledger): Figure[] => [
  { metric: 'kills -9 of the Worker', value: l.kills, unit: 'times' },
  { metric: 'troubles of ClickHouse', value: l.outages, unit: 'times' },
  { metric: 'acknowledged', value: l.acknowledged, unit: 'events' },
  { metric: 'of them stored', value: l.acknowledged - l.lost, unit: 'events', baseline: l.acknowledged, ratio: (l.acknowledged - l.lost) / l.acknowledged },
  { metric: 'lost', value: l.lost, unit: 'events' },
  { metric: 'duplicates', value: l.doubled, unit: 'events' },
  { metric: 'refused or without an answer', value: l.refused, unit: 'events' },
  { metric: 'of these stored all the same', value: l.unasked, unit: 'events' },
  { metric: 'after the last event until all was stored', value: l.settleMs, unit: 'ms' },
] // biome-ignore format: a table

/** What ClickHouse has, once every acknowledged event is there or a minute has passed, and two seconds later again. */
async function settled(url: string, acked: number[]) {
  const read = async () => {
    const text = await query(url, "SELECT toUInt64(substring(message, 4)) AS n, count() FROM tocsin.logs WHERE startsWith(message, 'no ') GROUP BY n FORMAT TSV") // biome-ignore format: one thought
    return new Map(text.split('\n').filter(Boolean).map((line) => line.split('\t').map(Number) as [number, number])) // biome-ignore format: one thought
  }
  const missing = (found: Map<number, number>) => acked.filter((n) => !found.has(n)).length
  for (const end = Date.now() + 60_000; missing(await read()) && Date.now() < end; ) await sleep(200)
  await sleep(2000)
  const found = await read()
  const told = new Set(acked)
  return {
    lost: missing(found),
    doubled: [...found.values()].reduce((n, count) => n + count - 1, 0),
    unasked: [...found.keys()].filter((n) => !told.has(n)).length,
    stored: found.size,
  }
}

async function aSource(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/logs/sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: '{"name":"Loss","retention_days":3652}',
  })
  return ((await answer.json()) as { token: string }).token
}

const agent = new Agent({ keepAlive: true, maxSockets: WRITERS })
/** True for 2xx. */
function send(port: number, token: string, first: number): Promise<boolean> {
  const body = Array.from({ length: EVENTS }, (_, i) => `{"message":"no ${first + i}","level":"info"}\n`).join('')
  return new Promise((ok, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) }
    const asked = request({ agent, host: '127.0.0.1', port, method: 'POST', path: '/', headers, timeout: 20_000 }, (answer) => {
      answer.resume().on('end', () => ok((answer.statusCode ?? 500) < 300))
    })
    asked.on('error', fail).on('timeout', () => asked.destroy(new Error('no answer')))
    asked.end(body)
  })
}

/** The local runner as a process of its own, whose Worker speaks to `clickhouse`. */
async function runWorker(port: number, state: string, clickhouse: string) {
  const child = spawn(process.execPath, [resolve(import.meta.filename), String(port), state, clickhouse], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface(child.stdout!)
  await new Promise<void>((ok, fail) => {
    lines.on('line', (line) => line === 'ready' && ok())
    child.once('exit', () => fail(new Error('Tocsin ended before it was ready')))
  })
  return {
    /** workerd first, so that nothing goes on a moment longer. */
    async kill() {
      const gone = once(child, 'exit')
      for (const pid of childrenOf(child)) process.kill(pid, 'SIGKILL')
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

const childrenOf = (child: ChildProcess) =>
  execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).trim().split('\n').map(Number) // biome-ignore format: one thought

// run by itself it is the child of the audit: the whole stack, but with the audit's ClickHouse
if (import.meta.main) {
  const [port, state, CLICKHOUSE_URL] = process.argv.slice(2) as [string, string, string]
  const tocsin = await start({ port: Number(port), state, demo: false, token: TOKEN, say: () => {}, settings: { CLICKHOUSE_URL } })
  process.removeAllListeners('SIGTERM')
  process.once('SIGTERM', () => void tocsin.stop().then(() => process.exit(0)))
  console.log('ready')
}
