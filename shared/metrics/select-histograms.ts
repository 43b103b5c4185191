import type { Warehouse } from '../warehouse/clickhouse.ts'
import { CUSTOM_SCHEMA, type Histogram, type ResetHint, sampleWeight } from './promql/histogram/histogram.ts'
import type { Labels } from './promql/labels.ts'
import { FLOAT, HISTOGRAM, type Series } from './promql/series.ts'
import type { Selection } from './selection.ts'

/** Native histograms of one series, times ascending and distinct; `starts` 0 where not known. */
export type HistogramColumns = { times: number[]; starts: number[]; histograms: Histogram[] }

/** JSON has no word for these; the setting below makes them strings. */
type Float = number | 'nan' | 'inf' | '-inf'
type Row = {
  f: string
  t: number
  s: number
  hint: ResetHint
  schema: number
  count: Float
  sum: Float
  zero_threshold: Float
  zero_count: Float
  positive_index: number[]
  positive_count: Float[]
  negative_index: number[]
  negative_count: Float[]
  bounds: Float[]
}
const ROWS_MAX = 1_000_000

/** The native histograms of a selection by fingerprint. */
export async function readHistograms(ch: Warehouse, { where, params }: Selection, hold: (samples: number) => void, timeoutMs: number) {
  const rows = await ch.rows<Row>(
    `SELECT toString(fingerprint) AS f, toUnixTimestamp64Milli(at) AS t, toUnixTimestamp64Milli(start) AS s, hint, schema, count, sum,
      zero_threshold, zero_count, positive_index, positive_count, negative_index, negative_count, bounds
    FROM tocsin.histograms FINAL WHERE ${where} ORDER BY fingerprint, at SETTINGS output_format_json_quote_denormals = 1`,
    params,
    { maxRows: ROWS_MAX, maxBytes: 500_000_000, timeoutMs },
  )
  const found = new Map<bigint, HistogramColumns>()
  for (const row of rows) {
    const fingerprint = BigInt(row.f)
    let its = found.get(fingerprint)
    if (!its) {
      its = { times: [], starts: [], histograms: [] }
      found.set(fingerprint, its)
    }
    const histogram = histogramOf(row)
    hold(sampleWeight(histogram))
    its.times.push(row.t)
    its.starts.push(row.s)
    its.histograms.push(histogram)
  }
  return found
}

const histogramOf = (row: Row): Histogram => ({
  schema: row.schema,
  count: float(row.count),
  sum: float(row.sum),
  zeroThreshold: float(row.zero_threshold),
  zeroCount: float(row.zero_count),
  positive: { index: row.positive_index, count: row.positive_count.map(float) },
  negative: { index: row.negative_index, count: row.negative_count.map(float) },
  bounds: row.schema === CUSTOM_SCHEMA ? row.bounds.map(float) : null,
  hint: row.hint,
})

const float = (value: Float): number => {
  if (typeof value === 'number') return value
  return value.endsWith('nan') ? Number.NaN : value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** One series of both kinds in order of time; at one time the histogram counts. */
export function withHistograms(labels: Labels, floats: Omit<Series, 'labels' | 'histograms'> | undefined, of: HistogramColumns): Series {
  const taken = new Set(of.times)
  const all: { at: number; value: number; kind: number; start: number; histogram?: Histogram }[] = of.times.map((at, i) => ({
    at,
    value: Number.NaN,
    kind: HISTOGRAM,
    start: of.starts[i] ?? 0,
    histogram: of.histograms[i] as Histogram,
  }))
  floats?.times.forEach((at, i) => {
    if (!taken.has(at))
      all.push({ at, value: floats.values[i] as number, kind: floats.kinds?.[i] ?? FLOAT, start: floats.starts?.[i] ?? 0 })
  })
  all.sort((a, b) => a.at - b.at)
  return {
    labels,
    times: Float64Array.from(all, (s) => s.at),
    values: Float64Array.from(all, (s) => s.value),
    kinds: Uint8Array.from(all, (s) => s.kind),
    histograms: all.map((s) => s.histogram),
    starts: all.some((s) => s.start) ? Float64Array.from(all, (s) => s.start) : null,
  }
}
