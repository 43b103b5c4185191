import type { MetricOrigin } from '../rows.ts'
import type { KnownSeries } from '../series-cache.ts'
import type { Point, Rule } from './points.ts'

/** A row of `derived_points`: clickhouse-migrations/0030_derived.sql. */
export function derivedRow({ team, source, retentionDays }: MetricOrigin, rule: Rule, series: KnownSeries, point: Point): string {
  return `${JSON.stringify({
    team,
    source_id: source,
    retention_days: retentionDays,
    fingerprint: series.fingerprint,
    at: new Date(point.at).toISOString(),
    aggregate: rule.aggregate,
    quantile: rule.quantile ?? 0,
    lines: point.lines,
    total: point.total,
    buckets: Object.fromEntries(point.buckets),
  })}\n`
}
