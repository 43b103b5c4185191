import type { Point } from '../shared/metrics/alerts/series.ts'
import { Labels } from '../shared/metrics/promql/labels.ts'
import { samplesRow, seriesRow } from '../shared/metrics/rows.ts'
import { SeriesCache } from '../shared/metrics/series-cache.ts'
import type { Env } from './env.ts'
import { sendRows } from './transport.ts'

/** Recorded samples live as long as SEED.md keeps metrics: 13 months. */
const RETENTION_DAYS = 395
const DAYS_MAX = 50_000
const cache = new SeriesCache(20_000)
const days = new Set<string>()

/** ALERTS and ALERTS_FOR_STATE on their way to ClickHouse; the labels of a series go along once a day. */
export async function sendPoints(
  env: Env,
  team: string,
  blocks: readonly { source: string; at: number; points: Point[] }[],
): Promise<void> {
  let [samples, series, seriesCount] = ['', '', 0]
  const fresh = new Set<string>()
  for (const { source, at, points } of blocks) {
    const origin = { team, source, retentionDays: RETENTION_DAYS }
    const known = points.map(({ labels, value }) => ({ series: cache.get(team, Labels.of(labels)), at, value, start: 0 }))
    samples += samplesRow(origin, known)
    const day = new Date(at).toISOString().slice(0, 10)
    for (const { series: one } of known) {
      const key = `${day} ${source} ${one.fingerprint}`
      if (days.has(key) || fresh.has(key)) continue
      fresh.add(key)
      series += seriesRow(origin, one, day)
      seriesCount++
    }
  }
  if (seriesCount) await sendRows(env, 'series', series, seriesCount)
  await sendRows(env, 'samples', samples, blocks.length)
  if (days.size > DAYS_MAX) days.clear()
  for (const key of fresh) days.add(key)
}
