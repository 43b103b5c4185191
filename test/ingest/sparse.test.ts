import { expect, test } from 'vitest'
import { clickhouseOf, sendRows } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { samplesRow } from '../../shared/metrics/rows.ts'
import { SeriesCache } from '../../shared/metrics/series-cache.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { env } from '../given.ts'

const N = 5000

test('columns that are mostly zeros come out in the order of the others: stale markers and starts stay at their samples', async () => {
  const team = newId()
  const ch = clickhouse(clickhouseOf(env))
  const series = new SeriesCache(10).get(team, Labels.of({ __name__: 'sparse', team }))
  const first = Date.now() - N * 1000
  const isMarked = (i: number) => i % 97 === 13
  const samples = Array.from({ length: N }, (_, i) => ({
    series,
    at: first + i * 1000,
    value: isMarked(i) ? ('stale' as const) : i,
    start: isMarked(i) ? first + i : 0,
  }))
  await sendRows(env, 'samples', samplesRow({ team, source: newId(), retentionDays: 3652 }, samples), 1)
  const read = () =>
    ch.rows<{ kinds: number[]; starts: number[] }>(
      'SELECT groupArray(kind) AS kinds, groupArray(toUnixTimestamp64Milli(start)) AS starts FROM tocsin.samples WHERE team = {team:UUID} GROUP BY fingerprint HAVING count() = {n:UInt32}',
      { team, n: N },
    )
  await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBe(1)
  // merging is when ClickHouse would choose to keep them sparsely
  await fetch(`${env.CLICKHOUSE_URL}/`, { method: 'POST', body: 'OPTIMIZE TABLE tocsin.samples FINAL' }).then((r) => r.text())
  const [found] = await read()
  expect(found!.kinds.flatMap((kind, i) => (kind ? [i] : []))).toEqual(Array.from({ length: N }, (_, i) => i).filter(isMarked))
  expect(found!.starts.flatMap((start, i) => (start ? [start - first - i] : []))).toEqual(samples.filter((s) => s.start).map(() => 0))
})
