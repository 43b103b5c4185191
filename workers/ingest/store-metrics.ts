import type { Histogram } from '../../shared/metrics/promql/histogram/histogram.ts'
import type { Labels } from '../../shared/metrics/promql/labels.ts'
import {
  type Exemplar,
  exemplarRow,
  histogramRow,
  type Metadata,
  type MetricOrigin,
  metadataRow,
  type Sample,
  samplesRow,
  seriesRow,
} from '../../shared/metrics/rows.ts'
import { type KnownSeries, SeriesCache } from '../../shared/metrics/series-cache.ts'
import type { Asked } from './wire.ts'

const SAMPLES_PER_ROW = 5000
const AHEAD_MS = 86_400_000
/** Per isolate; a series is some 500 bytes here. */
const known = new SeriesCache(50_000)
const knownMetadata = new Set<string>()

/** The one way of samples from any wire to the upload. What is told again to `series` before its row is stored costs a row, never a loss. */
export class MetricStore {
  counts = { samples: 0, histograms: 0, exemplars: 0 }
  private readonly asked: Asked
  private readonly origin: MetricOrigin
  private readonly owner: string
  private samples: Sample[] = []
  private readonly told: [KnownSeries, day: string][] = []
  private rows = { series: '', histograms: '', exemplars: '', metric_metadata: '' }
  private added = { series: 0, histograms: 0, exemplars: 0, metric_metadata: 0 }
  private readonly newSeries = new Set<string>()
  private readonly newMetadata: string[] = []

  constructor(asked: Asked) {
    const { team, id, metricsRetentionDays } = asked.source
    this.asked = asked
    this.origin = { team, source: id, retentionDays: metricsRetentionDays }
    this.owner = `${team}/${id}`
  }

  series(labels: Labels): KnownSeries {
    return known.get(this.owner, labels)
  }

  /** False when its time cannot be meant: before 1970 or more than a day ahead. */
  accepts(at: number): boolean {
    return at >= 0 && at <= this.asked.at + AHEAD_MS
  }

  async sample(sample: Sample): Promise<void> {
    this.tell(sample.series, sample.at)
    this.samples.push({ ...sample, start: since(sample.start, sample.at) })
    this.counts.samples += 1
    if (this.samples.length >= SAMPLES_PER_ROW) await this.flush()
  }

  async histogram(series: KnownSeries, at: number, histogram: Histogram, start: number): Promise<void> {
    this.tell(series, at)
    this.counts.histograms += 1
    await this.row('histograms', histogramRow(this.origin, series, at, histogram, since(start, at)))
  }

  async exemplar(exemplar: Exemplar): Promise<void> {
    this.counts.exemplars += 1
    await this.row('exemplars', exemplarRow(this.origin, exemplar))
  }

  async metadata(metadata: Metadata): Promise<void> {
    const key = `${this.owner}/${JSON.stringify(metadata)}`
    if (!metadata.name || knownMetadata.has(key)) return
    this.newMetadata.push(key)
    await this.row('metric_metadata', metadataRow(this.origin, metadata, this.asked.at))
  }

  /** Stores everything: series first, so that no sample stands without its labels. */
  async commit(): Promise<void> {
    await this.flush()
    await this.asked.upload.commit()
    this.asked.upload.events += this.counts.samples + this.counts.histograms
    for (const [series, day] of this.told) series.day = day
    if (knownMetadata.size > 10_000) knownMetadata.clear()
    for (const key of this.newMetadata) knownMetadata.add(key)
  }

  private tell(series: KnownSeries, at: number): void {
    const day = new Date(at).toISOString().slice(0, 10)
    if (series.day === day) return
    const key = `${day}/${series.fingerprint}`
    if (this.newSeries.has(key)) return
    this.newSeries.add(key)
    this.told.push([series, day])
    this.rows.series += seriesRow(this.origin, series, day)
    this.added.series += 1
  }

  private async row(table: keyof MetricStore['rows'], row: string): Promise<void> {
    this.rows[table] += row
    this.added[table] += 1
    if (this.rows[table].length > 500_000) await this.flush()
  }

  private async flush(): Promise<void> {
    for (const table of ['series', 'histograms', 'exemplars', 'metric_metadata'] as const) {
      if (this.added[table]) await this.asked.upload.add(table, this.rows[table], this.added[table])
      this.rows[table] = ''
      this.added[table] = 0
    }
    if (this.samples.length) await this.asked.upload.add('samples', samplesRow(this.origin, this.samples), 1)
    this.samples = []
  }
}

/** A start after its sample, or before 1970, says nothing. */
const since = (start: number, at: number): number => (start > 0 && start <= at ? Math.trunc(start) : 0)
