import type { Point } from '../shared/metrics/alerts/series.ts'
import { Labels } from '../shared/metrics/promql/labels.ts'
import { RECORDED_RETENTION_DAYS, samplesRow, seriesRow } from '../shared/metrics/rows.ts'
import { type KnownSeries, SeriesCache } from '../shared/metrics/series-cache.ts'
import type { Env } from './env.ts'
import { sendRows } from './transport.ts'

const cache = new SeriesCache(20_000)

/** ALERTS and ALERTS_FOR_STATE on their way to ClickHouse; the labels of a series go along once a day. */
export async function sendPoints(
  env: Env,
  team: string,
  blocks: readonly { source: string; at: number; points: Point[] }[],
): Promise<void> {
  let [samples, series, seriesCount] = ['', '', 0]
  const told = new Map<KnownSeries, string>()
  for (const { source, at, points } of blocks) {
    const origin = { team, source, retentionDays: RECORDED_RETENTION_DAYS }
    const known = points.map(({ labels, value }) => ({ series: cache.get(`${team}/${source}`, Labels.of(labels)), at, value, start: 0 }))
    samples += samplesRow(origin, known)
    const day = new Date(at).toISOString().slice(0, 10)
    for (const { series: one } of known) {
      if (one.day === day || told.get(one) === day) continue
      told.set(one, day)
      series += seriesRow(origin, one, day)
      seriesCount++
    }
  }
  if (seriesCount) await sendRows(env, 'series', series, seriesCount)
  await sendRows(env, 'samples', samples, blocks.length)
  for (const [one, day] of told) one.day = day
}
