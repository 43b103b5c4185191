import { parseSearch } from '../../shared/logs/search/parse.ts'
import { searchPredicate } from '../../shared/logs/search/predicate.ts'
import { type Line, Points } from '../../shared/metrics/derived/points.ts'
import { derivedRow } from '../../shared/metrics/derived/rows.ts'
import type { DerivedMetricRow } from '../../shared/metrics/derived/table.ts'
import { metadataRow, seriesRow } from '../../shared/metrics/rows.ts'
import { type KnownSeries, SeriesCache } from '../../shared/metrics/series-cache.ts'
import type { TableName } from '../../shared/warehouse/insert.ts'
import type { Source } from './source.ts'
import { TailedUpload } from './tail.ts'

/** Per isolate. */
const known = new SeriesCache(10_000)

/**
 * An upload whose log lines are held against the rules of derived metrics. What they make travels with the upload: one row for each
 * series and interval, in the same blocks of the same transport, so that it is counted once like the lines themselves.
 */
export class DerivedUpload extends TailedUpload {
  private readonly counting: Points[] = []
  private origin: { team: string; source: string; retentionDays: number } | undefined
  private at = 0

  override from(source: Source, at: number): void {
    super.from(source, at)
    this.origin = { team: source.team, source: source.id, retentionDays: source.metricsRetentionDays }
    this.at = at
    for (const rule of source.derived) this.counting.push(new Points(rule, predicateOf(rule)))
  }

  override async add(table: TableName, ndjson: string, count: number): Promise<void> {
    await super.add(table, ndjson, count)
    if (table !== 'logs' || !this.counting.length) return
    for (const text of ndjson.split('\n')) {
      if (!text) continue
      const line = JSON.parse(text) as Line
      for (const points of this.counting) points.add(line)
    }
  }

  override async commit(): Promise<void> {
    const told = this.counting.length ? await this.addPoints() : []
    await super.commit()
    for (const [series, day] of told) series.day = day
  }

  /** Series before their points. */
  private async addPoints(): Promise<[KnownSeries, day: string][]> {
    const origin = this.origin
    if (!origin) return []
    const told = new Map<KnownSeries, string>()
    let [series, points, metadata] = ['', '', '']
    let [newSeries, count, newMetadata] = [0, 0, 0]
    for (const { rule, ...its } of this.counting.map((c) => ({ rule: c.rule, points: c.points() }))) {
      let fresh = false
      for (const point of its.points) {
        const one = known.get(`${origin.team}/${origin.source}/${rule.id}`, point.labels)
        const day = new Date(point.at).toISOString().slice(0, 10)
        if (one.day !== day && told.get(one) !== day) {
          fresh ||= one.day === ''
          told.set(one, day)
          series += seriesRow(origin, one, day)
          newSeries += 1
        }
        points += derivedRow(origin, rule, one, point)
        count += 1
      }
      if (!fresh) continue
      const type = rule.aggregate === 'count' || rule.aggregate === 'sum' ? 'counter' : 'gauge'
      metadata += metadataRow(origin, { name: rule.name, type, unit: '', help: rule.description || 'Derived from log lines.' }, this.at)
      newMetadata += 1
    }
    if (newMetadata) await super.add('metric_metadata', metadata, newMetadata)
    if (newSeries) await super.add('series', series, newSeries)
    if (count) await super.add('derived_points', points, count)
    return [...told]
  }
}

const predicates = new Map<string, (line: Line) => boolean>()

/** A rule was read when it was made; one that can no longer be read finds nothing. */
function predicateOf({ filter }: DerivedMetricRow): (line: Line) => boolean {
  let predicate = predicates.get(filter)
  if (!predicate) {
    const parsed = parseSearch(filter)
    predicate = 'search' in parsed ? searchPredicate(parsed.search) : () => false
    if (predicates.size > 1000) predicates.clear()
    predicates.set(filter, predicate)
  }
  return predicate
}
