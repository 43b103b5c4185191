import type { Histogram } from './promql/histogram/histogram.ts'
import type { KnownSeries } from './series-cache.ts'

/** Where samples come from; part of every row. */
export type MetricOrigin = { team: string; source: string; retentionDays: number }
/** `at` and `start` are epoch ms; `start` is 0 when it is not known. A stale marker ends the series until its next sample. */
export type Sample = { series: KnownSeries; at: number; value: number | 'stale'; start: number }
export type Exemplar = { series: KnownSeries; at: number; value: number; traceId: string; spanId: string; labels: Record<string, string> }
export type Metadata = { name: string; type: string; unit: string; help: string }

/** What rules record and alerts write lives as long as SEED.md keeps metrics, in days: 13 months. */
export const RECORDED_RETENTION_DAYS = 395

const time = (at: number) => new Date(at).toISOString()

/** ClickHouse reads these words where JSON has no number. */
const float = (value: number): string =>
  Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : String(value)) : Number.isNaN(value) ? '"nan"' : value > 0 ? '"inf"' : '"-inf"'
const floats = (values: readonly number[]): string => `[${values.map(float).join(',')}]`
const owner = ({ team, source, retentionDays }: MetricOrigin) =>
  `"team":"${team}","source_id":"${source}","retention_days":${retentionDays}`

/** One row of `samples_in` for many samples: clickhouse-migrations/0012_metrics.sql says why. */
export function samplesRow(origin: MetricOrigin, samples: readonly Sample[]): string {
  const [fingerprints, times, values, kinds, starts]: string[][] = [[], [], [], [], []]
  for (const { series, at, value, start } of samples) {
    fingerprints!.push(`"${series.fingerprint}"`)
    times!.push(String(at))
    values!.push(value === 'stale' ? '0' : float(value))
    kinds!.push(value === 'stale' ? '1' : '0')
    starts!.push(String(start))
  }
  return `{${owner(origin)},"fingerprints":[${fingerprints}],"times":[${times}],"values":[${values}],"kinds":[${kinds}],"starts":[${starts}]}\n`
}

export function seriesRow(origin: MetricOrigin, { fingerprint, labels }: KnownSeries, day: string): string {
  const { __name__: name = '', ...others } = labels.toRecord()
  return `{${owner(origin)},"day":"${day}","fingerprint":"${fingerprint}","name":${JSON.stringify(name)},"labels":${JSON.stringify(others)}}\n`
}

export function histogramRow(origin: MetricOrigin, series: KnownSeries, at: number, h: Histogram, start: number): string {
  return `{${owner(origin)},"fingerprint":"${series.fingerprint}","at":"${time(at)}","start":"${time(start)}","hint":"${h.hint}","schema":${h.schema},"count":${float(
    h.count,
  )},"sum":${float(h.sum)},"zero_threshold":${float(h.zeroThreshold)},"zero_count":${float(h.zeroCount)},"positive_index":[${h.positive.index}],"positive_count":${floats(
    h.positive.count,
  )},"negative_index":[${h.negative.index}],"negative_count":${floats(h.negative.count)},"bounds":${floats(h.bounds ?? [])}}\n`
}

export function exemplarRow(origin: MetricOrigin, { series, at, value, traceId, spanId, labels }: Exemplar): string {
  const ids = `"trace_id":${JSON.stringify(traceId)},"span_id":${JSON.stringify(spanId)}`
  return `{${owner(origin)},"fingerprint":"${series.fingerprint}","at":"${time(at)}","value":${float(value)},${ids},"labels":${JSON.stringify(labels)}}\n`
}

export const metadataRow = ({ team, source }: MetricOrigin, metadata: Metadata, seen: number): string =>
  `${JSON.stringify({ team, source_id: source, ...metadata, seen: time(seen) })}\n`
