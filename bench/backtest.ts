import { query } from '../local/clickhouse.ts'
import { demo } from '../shared/auth/demo.ts'
import { runTocsin, TOKEN } from '../test/process/runner.ts'
import { type Bench, type Figure, median } from './bench.ts'
import { clickhouseUrl } from './promql.ts'

const SERIES = 10
const DAYS = 30
const EVERY_MS = 15_000
const POINTS = (DAYS * 86_400_000) / EVERY_MS
const TRIES = 3

/** What a person waits for before saving an alert: 30 days replayed every minute, over counters sampled every 15 s. Budget 60 s. */
export const bench: Bench = {
  name: 'backtest',
  async run() {
    const tocsin = await runTocsin()
    try {
      await fill(clickhouseUrl(tocsin.state), Math.floor(Date.now() / 60_000) * 60_000)
      const threshold = { condition: 'GT', threshold: 2.2, for: 300 }
      const anomaly = { use_anomaly_detection: true, anomaly_training_range_days: 7, for: 300 }
      return [
        ...(await timed(tocsin.url, 'a gauge, one series', { query: 'bench_gauge{host="0"}', ...threshold })),
        ...(await timed(tocsin.url, `a rate, ${SERIES} series`, { query: 'rate(bench_total[5m])', ...threshold })),
        ...(await timed(tocsin.url, 'an aggregation', { query: 'sum(rate(bench_total[5m]))', ...threshold })),
        ...(await timed(tocsin.url, 'an anomaly, one series', { query: 'bench_gauge{host="0"}', ...anomaly })),
      ]
    } finally {
      await tocsin.stop()
    }
  },
}

async function timed(url: string, name: string, body: object): Promise<Figure[]> {
  const took: number[] = []
  let evaluations = 0
  for (let i = 0; i < TRIES; i++) {
    const began = performance.now()
    const r = await fetch(`${url}/api/metrics/alerts/backtest`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const answer = (await r.json()) as { evaluations?: number; series?: number; detail?: string }
    if (!answer.series) throw new Error(`${name}: ${r.status} ${answer.detail}`)
    evaluations = answer.evaluations ?? 0
    took.push((performance.now() - began) / 1000)
  }
  return [{ metric: `${name}: 30 days`, value: median(took), unit: 's', baseline: 60, ratio: median(took) / 60 }, { metric: `${name}: evaluations`, value: evaluations, unit: '' }] // biome-ignore format: two figures
}

/** `bench_gauge` goes up and down each day, `bench_total` grows by about as much. */
async function fill(url: string, end: number): Promise<void> {
  const own = `toUUID('${demo.team}') AS team, toUUID('${demo.team}') AS source_id, toUInt16(3000) AS retention_days`
  for (const [i, name] of ['bench_gauge', 'bench_total'].entries()) {
    await query(
      url,
      `INSERT INTO tocsin.series (team, source_id, retention_days, name, fingerprint, day, labels)
      SELECT ${own}, '${name}', sipHash64(toUInt64(number % ${SERIES}), ${i}), toDate(fromUnixTimestamp64Milli(${end}, 'UTC')) - intDiv(number, ${SERIES}), map('host', toString(number % ${SERIES}))
      FROM numbers(${SERIES * (DAYS + 1)})`,
    )
    const phase = `(number % ${POINTS}) * ${EVERY_MS} / 86400000 * 2 * pi()`
    const value = i ? `(number % ${POINTS}) * ${EVERY_MS / 1000} + 40000 * sin(${phase})` : `1 + sin(${phase}) + 0.1 * randNormal(0, 1)`
    await query(
      url,
      `INSERT INTO tocsin.samples (team, source_id, retention_days, fingerprint, at, kind, value, start)
      SELECT ${own}, sipHash64(intDiv(number, ${POINTS}), ${i}), fromUnixTimestamp64Milli(${end} - (${POINTS} - 1 - number % ${POINTS}) * ${EVERY_MS}, 'UTC'), 0, ${value}, fromUnixTimestamp64Milli(0, 'UTC')
      FROM numbers(${SERIES * POINTS})`,
    )
  }
}
