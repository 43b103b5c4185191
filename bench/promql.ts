import { readdirSync, readFileSync } from 'node:fs'
import { query } from '../local/clickhouse.ts'
import { demo } from '../shared/auth/demo.ts'
import { queryRange } from '../shared/metrics/promql/query.ts'
import type { Series, Storage } from '../shared/metrics/promql/series.ts'
import { clickhouseStorage } from '../shared/metrics/select.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'
import { runTocsin, TOKEN } from '../test/process/runner.ts'
import { type Bench, type Figure, median } from './bench.ts'

const SERIES = Number(process.env.SERIES ?? 3_000)
const POINTS = 360
const INTERVAL_MS = 10_000
const TRIES = 5

const expressions = {
  'sum by (job) (rate)': 'sum by (job) (rate(wide_requests_total[5m]))',
  histogram_quantile: 'histogram_quantile(0.9, sum by (le) (rate(wide_latency_bucket[5m])))',
  topk: 'topk(5, sum by (instance) (increase(wide_requests_total[5m])))',
  max_over_time: 'sum by (job) (max_over_time(wide_requests_total[5m]))',
  subquery: 'max by (job) (max_over_time(rate(wide_requests_total[5m])[10m:1m]))',
  'join with on()': 'sum(rate(wide_requests_total[5m]) / on (instance, path) rate(wide_errors_total[5m]))',
}

/** Range queries of an hour over SERIES series with a sample every 10 s; the join reads as many again. */
export const bench: Bench = {
  name: 'promql',
  async run() {
    const tocsin = await runTocsin()
    try {
      const url = clickhouseUrl(tocsin.state)
      const end = Math.floor(Date.now() / 60_000) * 60_000
      await fill(url, end)
      const figures: Figure[] = []
      for (const [name, expr] of Object.entries(expressions))
        for (const step of [60, 15]) {
          const times = { start: end - 3_600_000, end, step: step * 1000 }
          const storage = kept(url)
          const inside = await timed(() => queryRange(expr, times, storage))
          const outside = await timed(() => asked(tocsin.url, expr, times))
          figures.push({ metric: `${name}, ${step} s: evaluation`, value: inside, unit: 'ms' })
          figures.push({ metric: `${name}, ${step} s: end to end`, value: outside, unit: 'ms' })
        }
      return figures
    } finally {
      await tocsin.stop()
    }
  },
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

/** Counters that grow by a little more or less than one each time: `wide_requests_total` and `wide_errors_total`, and buckets of a histogram. */
async function fill(url: string, end: number): Promise<void> {
  const own = `toUUID('${demo.team}') AS team, toUUID('${demo.team}') AS source_id, toUInt16(3000) AS retention_days`
  const wide = `map('job', concat('job-', toString(number % 10)), 'instance', concat('host-', toString(number % 100)), 'path', toString(intDiv(number, 100)))`
  const le = "['0.1', '0.5', '1', '5', '+Inf'][number % 5 + 1]"
  const metrics = [
    ['wide_requests_total', wide],
    ['wide_errors_total', wide],
    ['wide_latency_bucket', `mapUpdate(${wide}, map('le', ${le}))`],
  ] as const
  for (const [i, [name, labels]] of metrics.entries()) {
    const fingerprint = `sipHash64(number, ${i})`
    for (const day of [end - 3_900_000, end])
      await query(
        url,
        `INSERT INTO tocsin.series (team, source_id, retention_days, name, fingerprint, day, labels)
        SELECT ${own}, '${name}', ${fingerprint}, toDate(fromUnixTimestamp64Milli(${day}, 'UTC')), ${labels} FROM numbers(${SERIES})`,
      )
    await query(
      url,
      `INSERT INTO tocsin.samples (team, source_id, retention_days, fingerprint, at, kind, value, start)
      SELECT ${own}, sipHash64(intDiv(number, ${POINTS}), ${i}), fromUnixTimestamp64Milli(${end} - (${POINTS} - 1 - number % ${POINTS}) * ${INTERVAL_MS}, 'UTC'), 0,
        (number % ${POINTS}) * (1 + intDiv(number, ${POINTS}) % 7 * (intDiv(number, ${POINTS}) % 5 + 1) / 3), fromUnixTimestamp64Milli(0, 'UTC')
      FROM numbers(${SERIES * POINTS})`,
    )
  }
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

async function timed(run: () => Promise<unknown>): Promise<number> {
  await run()
  const took: number[] = []
  for (let i = 0; i < TRIES; i++) {
    const began = performance.now()
    await run()
    took.push(performance.now() - began)
  }
  return median(took)
}

async function asked(url: string, expr: string, { start, end, step }: { start: number; end: number; step: number }): Promise<void> {
  const r = await fetch(`${url}/prometheus/api/v1/query_range`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: new URLSearchParams({ query: expr, start: String(start / 1000), end: String(end / 1000), step: String(step / 1000) }),
  })
  const text = await r.text()
  if (!r.ok || text.includes('"result":[]')) throw new Error(`${expr}: ${r.status} ${text.slice(0, 300)}`)
}
