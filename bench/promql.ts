import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, query } from '../local/clickhouse.ts'
import { demo } from '../shared/auth/demo.ts'
import { queryRange } from '../shared/metrics/promql/query.ts'
import type { Series, Storage } from '../shared/metrics/promql/series.ts'
import { clickhouseStorage } from '../shared/metrics/select.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'
import { runTocsin, TOKEN, until } from '../test/process/runner.ts'
import type { Bench, Figure } from './bench.ts'
import { requests, type Written, write } from './remote-write.ts'

/** 10,000 of each metric is the budget's; fewer for a quick look. */
const SERIES = Number(process.env.SERIES ?? 10_000)
const POINTS = 360
const INTERVAL_MS = 10_000
const SLICE = 6
const TRIES = 7

const expressions = {
  'sum by (job) (rate)': 'sum by (job) (rate(wide_requests_total[5m]))',
  histogram_quantile: 'histogram_quantile(0.9, sum by (le) (rate(wide_latency_bucket[5m])))',
  topk: 'topk(5, sum by (instance) (increase(wide_requests_total[5m])))',
  max_over_time: 'sum by (job) (max_over_time(wide_requests_total[5m]))',
  subquery: 'max by (job) (max_over_time(rate(wide_requests_total[5m])[10m:1m]))',
  'join with on()': 'sum(rate(wide_requests_total[5m]) / on (instance, path) rate(wide_errors_total[5m]))',
}
/** `ONLY=sum` asks the expressions whose name begins so, and writes only the metrics they read. */
const chosen = Object.entries(expressions).filter(([name]) => name.startsWith(process.env.ONLY ?? ''))

/**
 * Range queries of an hour over SERIES series with a sample every 10 s, written by remote write; the join reads as many again. Beside
 * them what Prometheus (PROMETHEUS_BIN) takes for the same on the same samples, in turn with ours: best of TRIES, because both share
 * the machine with whatever else runs.
 */
export const bench: Bench = {
  name: 'promql',
  async run() {
    const tocsin = await runTocsin()
    const prometheus = process.env.PROMETHEUS_BIN ? await startPrometheus(process.env.PROMETHEUS_BIN) : null
    if (!prometheus) console.log('PROMETHEUS_BIN is not set: no figures of Prometheus beside ours.')
    try {
      const url = clickhouseUrl(tocsin.state)
      const end = Math.floor(Date.now() / 60_000) * 60_000
      const made = await tocsin.api('POST', '/api/logs/sources', { name: 'bench', metrics_retention_days: 3000 })
      const figures: Figure[] = []
      const bodies = () => requests(series(), POINTS, INTERVAL_MS, end, SLICE)
      const authorization = { authorization: `Bearer ${made.body.token}` }
      const ours = await write(`${tocsin.url}/api/v1/write`, authorization, bodies())
      const theirs = prometheus && (await write(`${prometheus.url}/api/v1/write`, {}, bodies()))
      figures.push({ metric: 'remote write', value: ours, unit: 'samples/s', ...beside(ours, theirs) })
      const all = series().length * POINTS
      await until('all samples are stored', 300_000, async () => Number(await query(url, 'SELECT count() FROM tocsin.samples')) >= all)
      await query(url, 'OPTIMIZE TABLE tocsin.samples FINAL')
      const bytes = await query(url, "SELECT sum(data_compressed_bytes) / sum(rows) FROM system.parts WHERE table = 'samples' AND active")
      figures.push({ metric: 'stored, counters of these', value: Number(bytes), unit: 'bytes/sample' })
      for (const [name, expr] of chosen)
        for (const step of [60, 15]) {
          const times = { start: end - 3_600_000, end, step: step * 1000 }
          const storage = kept(url)
          const [inside] = await best([() => queryRange(expr, times, storage)])
          const authorization = { authorization: `Bearer ${TOKEN}` }
          const [outside, reference] = await best([
            () => asked(`${tocsin.url}/prometheus`, authorization, expr, times),
            ...(prometheus ? [() => asked(prometheus.url, {}, expr, times)] : []),
          ])
          figures.push({ metric: `${name}, ${step} s: evaluation`, value: inside!, unit: 'ms' })
          figures.push({ metric: `${name}, ${step} s: end to end`, value: outside!, unit: 'ms', ...beside(outside!, reference) })
        }
      return figures
    } finally {
      await prometheus?.stop()
      await tocsin.stop()
    }
  },
}

const beside = (value: number, baseline: number | null | undefined) => (baseline ? { baseline, ratio: value / baseline } : {})

/** Counters that grow by a little more or less than one each time: `wide_requests_total` and `wide_errors_total`, and buckets of a histogram. */
function series(): Written[] {
  const labels = (n: number) => [['instance', `host-${n % 100}`], ['job', `job-${n % 10}`]] as const // biome-ignore format: a pair
  const path = (n: number) => ['path', String(Math.floor(n / 100))] as const
  const le = ['0.1', '0.5', '1', '5', '+Inf']
  const grows = (n: number) => (i: number) => i * (1 + ((n % 7) * ((n % 5) + 1)) / 3)
  return Array.from({ length: SERIES }, (_, n): Written[] => [
    { labels: [['__name__', 'wide_requests_total'], ...labels(n), path(n)], value: grows(n) },
    { labels: [['__name__', 'wide_errors_total'], ...labels(n), path(n)], value: grows(n + 1) },
    {
      labels: [['__name__', 'wide_latency_bucket'], ...labels(Math.floor(n / 5)), ['le', le[n % 5]!], path(Math.floor(n / 5))],
      value: (i) => i * ((n % 5) + 1),
    },
  ])
    .flat()
    .filter(({ labels: [named] }) => chosen.some(([, expr]) => expr.includes(named?.[1] ?? '')))
}

async function startPrometheus(bin: string) {
  const dir = mkdtempSync(join(tmpdir(), 'prometheus-'))
  const port = await freePort()
  writeFileSync(join(dir, 'prometheus.yml'), 'storage:\n  tsdb:\n    out_of_order_time_window: 6h\n')
  const args = [`--config.file=${dir}/prometheus.yml`, `--storage.tsdb.path=${dir}/data`, `--web.listen-address=127.0.0.1:${port}`]
  const child = spawn(bin, [...args, '--web.enable-remote-write-receiver', '--log.level=error'], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await until('Prometheus is ready', 30_000, async () => (await fetch(`${url}/-/ready`)).ok)
  return {
    url,
    async stop() {
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The server of a runner listens on a port it chose itself; its command line says which. */
export function clickhouseUrl(state: string): string {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let words: string[] = []
    try {
      words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    } catch {
      continue
    }
    const data = words.findIndex((word) => word.startsWith(`${state}/clickhouse/`))
    if (words.some((word) => word.endsWith('clickhouse-server.ts')) && data > 0) return `http://127.0.0.1:${words[data + 1]}`
  }
  throw new Error('The ClickHouse of the runner was not found')
}

/** Reads once and keeps what it read: what is left is the evaluation. */
function kept(url: string): Storage {
  const limits = { samplesMax: 1e9, seriesMax: 1e6, deadlineAt: Number.POSITIVE_INFINITY, now: Date.now }
  const storage = clickhouseStorage(clickhouse({ url, user: 'default', password: '' }), demo.team, limits)
  const reads = new Map<string, Promise<readonly Series[]>>()
  return {
    select(matchers, from, to, hints) {
      const key = `${matchers.map((m) => m.name + m.op + m.value)} ${from} ${to}`
      const read = reads.get(key) ?? storage.select(matchers, from, to, hints)
      reads.set(key, read)
      return read
    },
  }
}

/** The shortest of TRIES runs of each, in turns, after one that does not count. */
async function best(runs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const shortest = runs.map(() => Number.POSITIVE_INFINITY)
  for (let i = 0; i <= TRIES; i++)
    for (const [n, run] of runs.entries()) {
      const began = performance.now()
      await run()
      if (i > 0) shortest[n] = Math.min(shortest[n]!, performance.now() - began)
    }
  return shortest
}

type Times = { start: number; end: number; step: number }

async function asked(url: string, headers: Record<string, string>, expr: string, { start, end, step }: Times): Promise<void> {
  const r = await fetch(`${url}/api/v1/query_range`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({ query: expr, start: String(start / 1000), end: String(end / 1000), step: String(step / 1000) }),
  })
  const text = await r.text()
  if (!r.ok || text.includes('"result":[]')) throw new Error(`${expr}: ${r.status} ${text.slice(0, 300)}`)
}
