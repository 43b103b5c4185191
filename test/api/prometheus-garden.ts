import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { matcher } from '../../shared/metrics/promql/matcher.ts'
import type { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { MemoryStorage as Memory, type StoredSample } from '../../shared/metrics/promql/memory.ts'
import { loadScript } from '../../shared/metrics/promql/script/run-script.ts'
import { HISTOGRAM, STALE } from '../../shared/metrics/promql/series.ts'
import { histogramRow, samplesRow, seriesRow } from '../../shared/metrics/rows.ts'
import { SeriesCache } from '../../shared/metrics/series-cache.ts'
import { insert, type TableName } from '../../shared/warehouse/insert.ts'
import { env } from '../given.ts'

/** A whole minute of UTC, so that scripts, which begin at 0, keep their phase. */
export const T0 = Date.UTC(2026, 10, 20, 23, 50)

/** The series of a script's `load` commands, `T0` later. */
export async function planted(script: string): Promise<MemoryStorage> {
  const at0 = await loadScript(script).select([matcher('__name__', '=~', '.*')], 0, T0)
  const later = new Memory()
  for (const { labels, times, values, kinds, histograms, starts } of at0)
    later.append(
      labels,
      [...times].map((at, i): StoredSample => {
        const start = starts?.[i] ? { start: T0 + starts[i] } : {}
        return { at: T0 + at, value: kinds?.[i] === STALE ? 'stale' : (histograms?.[i] ?? (values[i] as number)), ...start }
      }),
    )
  return later
}

/** The same samples in ClickHouse, as the doors make rows of them. */
export async function stored(team: string, memory: MemoryStorage, source = newId()): Promise<void> {
  const origin = { team, source, retentionDays: 3000 }
  const cache = new SeriesCache(10_000)
  const rows: Partial<Record<TableName, string>> = { series: '', histograms: '', samples: '' }
  for (const { labels, times, values, kinds, histograms, starts } of await memory.select([matcher('__name__', '=~', '.*')], 0, 8e15)) {
    const series = cache.get(team, labels)
    const days = new Set([...times].map((at) => new Date(at).toISOString().slice(0, 10)))
    for (const day of days) rows.series += seriesRow(origin, series, day)
    const floats = [...times.keys()].filter((i) => kinds?.[i] !== HISTOGRAM)
    const sample = (i: number) => ({
      series, at: times[i] as number, value: kinds?.[i] === STALE ? ('stale' as const) : (values[i] as number), start: starts?.[i] ?? 0,
    }) // biome-ignore format: a row
    if (floats.length) rows.samples += samplesRow(origin, floats.map(sample))
    histograms?.forEach((h, i) => {
      if (h) rows.histograms += histogramRow(origin, series, times[i] as number, h, starts?.[i] ?? 0)
    })
  }
  for (const [table, ndjson] of Object.entries(rows)) if (ndjson) await put(table as TableName, ndjson)
}

export async function put(table: TableName, ndjson: string): Promise<void> {
  const done = await insert(clickhouseOf(env), table, ndjson, newId())
  if (done.outcome !== 'ok') throw new Error(`${table}: ${done.why}`)
}
