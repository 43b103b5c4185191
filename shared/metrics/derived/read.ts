import type { Warehouse } from '../../warehouse/clickhouse.ts'
import type { Series } from '../promql/series.ts'
import type { Rows } from '../selection.ts'
import { quantileOf } from './buckets.ts'
import { INTERVAL_MS } from './points.ts'
import type { Aggregate } from './schema.ts'

export type DerivedColumns = Omit<Series, 'labels'>
type Row = { f: string; aggregate: Aggregate; quantile: number; t: number; n: number; s: number; b: [number, number][] }
const ROWS_MAX = 1_000_000

/**
 * The derived metrics of a selection by fingerprint. Counts and sums are of one interval each and say so by their start time: rate()
 * and increase() read them as a counter that begins anew every time.
 */
export async function readDerived(ch: Warehouse, { where, params }: Rows, count: (samples: number) => void, timeoutMs: number) {
  const rows = await ch.rows<Row>(
    `SELECT toString(fingerprint) AS f, aggregate, quantile, toUnixTimestamp64Milli(at) AS t, sum(lines) AS n, sum(total) AS s,
      CAST(sumMap(buckets), 'Array(Tuple(Int32, UInt64))') AS b
    FROM tocsin.derived_points WHERE ${where} GROUP BY fingerprint, aggregate, quantile, at ORDER BY fingerprint, at`,
    params,
    { maxRows: ROWS_MAX, maxBytes: 200_000_000, timeoutMs },
  )
  const found = new Map<bigint, DerivedColumns>()
  for (let from = 0; from < rows.length; ) {
    let to = from
    while (to < rows.length && rows[to]?.f === rows[from]?.f) to++
    const its = rows.slice(from, to)
    count(its.length)
    found.set(BigInt(its[0]?.f ?? 0), columnsOf(its))
    from = to
  }
  return found
}

const columnsOf = (rows: readonly Row[]): DerivedColumns => ({
  times: Float64Array.from(rows, (row) => row.t),
  values: Float64Array.from(rows, pointOf),
  kinds: null,
  histograms: null,
  starts: rows.some(isGrowth) ? Float64Array.from(rows, (row) => (isGrowth(row) ? row.t - INTERVAL_MS : 0)) : null,
})

const isGrowth = ({ aggregate }: Row) => aggregate === 'count' || aggregate === 'sum'

function pointOf({ aggregate, quantile, n, s, b }: Row): number {
  switch (aggregate) {
    case 'count':
      return n
    case 'sum':
      return s
    case 'avg':
      return s / n
    case 'quantile':
      return quantileOf(b, quantile)
    default:
      return aggregate satisfies never
  }
}
