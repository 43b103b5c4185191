import type { ClassicBucket } from './classic.ts'
import { CUSTOM_SCHEMA, compact, type Histogram, NO_BUCKETS } from './histogram.ts'

/** A classic histogram at one moment, gathered from its _bucket, _count and _sum series. */
export type ClassicHistogram = { buckets: ClassicBucket[]; count: number | null; sum: number | null }

/** The native histogram with custom buckets that says the same; `null` where the counts contradict each other. */
export function fromClassic({ buckets, count, sum }: ClassicHistogram): Histogram | null {
  const sorted = [...buckets].sort((a, b) => a.upper - b.upper)
  const last = sorted.at(-1)
  const total = count ?? last?.count ?? 0
  if (last?.upper !== Number.POSITIVE_INFINITY) sorted.push({ upper: Number.POSITIVE_INFINITY, count: total })
  let before = 0
  const counts: number[] = []
  for (const b of sorted) {
    if (b.count < before) return null
    counts.push(b.count - before)
    before = b.count
  }
  if (before !== total) return null
  return compact({
    schema: CUSTOM_SCHEMA,
    count: total,
    sum: sum ?? 0,
    zeroThreshold: 0,
    zeroCount: 0,
    positive: { index: counts.map((_, i) => i), count: counts },
    negative: NO_BUCKETS,
    bounds: sorted.slice(0, -1).map((b) => b.upper),
    hint: 'unknown',
  })
}
