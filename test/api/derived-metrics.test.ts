import { expect, test } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { derivedRow } from '../../shared/metrics/derived/rows.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { SeriesCache } from '../../shared/metrics/series-cache.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { aTeam, call, env } from '../given.ts'
import { aSource } from '../ingest/given.ts'

const END = Math.floor(Date.now() / 60_000) * 60_000
const ms = (before: number) => new Date(END - before).toISOString()

async function rule(api: Awaited<ReturnType<typeof aTeam>>['api'], body: object) {
  const r = await api('POST', '/api/logs/derived-metrics', body)
  expect([r.status, r.body.errors]).toEqual([201, undefined])
  return r.body
}

/** The answer to a query when it is not empty, or what it is after ten seconds. */
async function asked(key: string, query: string, time = END) {
  for (const until = Date.now() + 10_000; ; ) {
    const params = new URLSearchParams({ query, time: String(time / 1000) })
    const r = await call(`/prometheus/api/v1/query?${params}`, { headers: { authorization: `Bearer ${key}` } })
    const found = ((await r.json()) as any).data.result.map((s: any) => [s.metric, s.value[1]])
    if (found.length || Date.now() > until) return found
    await new Promise((done) => setTimeout(done, 100))
  }
}

test('lines become series: counted, summed, averaged and as a quantile, by group, while they arrive', async () => {
  const s = await aSource()
  await rule(s.api, { name: 'shop_errors_total', filter: 'level:error', group_by: ['service', 'http.status'], aggregate: 'COUNT' })
  await rule(s.api, { name: 'shop_bytes_total', aggregate: 'sum', field: 'bytes' })
  await rule(s.api, { name: 'shop_ms_mean', aggregate: 'avg', field: 'ms', group_by: ['service'] })
  await rule(s.api, { name: 'shop_ms', aggregate: 'quantile', field: 'ms', quantile: 0.9 })
  const lines = Array.from({ length: 20 }, (_, i) => ({
    dt: ms(30_000 - i * 10),
    level: i % 4 ? 'info' : 'error',
    service: i % 2 ? 'web' : 'cart',
    bytes: 100,
    ms: i + 1,
    http: { status: i % 8 ? 502 : 500 },
  }))
  // two uploads: their parts of an interval are added up
  for (const part of [lines.slice(0, 9), lines.slice(9)])
    expect((await s.send('/', JSON.stringify(part), { 'content-type': 'application/json' })).status).toBe(202)
  await s.stored('logs', 20)
  await s.stored('derived_points', 5, 'at')
  expect(await asked(s.key, 'increase(shop_errors_total[1m])')).toEqual([
    [{ http_status: '500', service: 'cart' }, '3'],
    [{ http_status: '502', service: 'cart' }, '2'],
  ])
  expect(await asked(s.key, 'shop_bytes_total')).toEqual([[{ __name__: 'shop_bytes_total' }, '2000']])
  expect(await asked(s.key, 'shop_ms_mean')).toEqual([
    [{ __name__: 'shop_ms_mean', service: 'cart' }, '10'],
    [{ __name__: 'shop_ms_mean', service: 'web' }, '11'],
  ])
  const [[labels, value]] = await asked(s.key, 'shop_ms')
  expect(labels).toEqual({ __name__: 'shop_ms', quantile: '0.9' })
  expect(Number(value) / 18).toBeCloseTo(1, 1.7)
  const sql = await s.api('POST', '/api/logs/query', {
    query: "SELECT name, sum(value) AS v FROM metrics WHERE name LIKE 'shop_%' GROUP BY name ORDER BY name",
    from: ms(3_600_000),
    to: new Date(END + 60_000).toISOString(),
  })
  expect(sql.body.data).toEqual([
    { name: 'shop_bytes_total', v: 2000 },
    { name: 'shop_errors_total', v: 5 },
    { name: 'shop_ms_mean', v: 21 },
  ])
  const r = await call('/prometheus/api/v1/metadata?metric=shop_errors_total', { headers: { authorization: `Bearer ${s.key}` } })
  expect(((await r.json()) as any).data).toEqual({ shop_errors_total: [{ type: 'counter', unit: '', help: 'Derived from log lines.' }] })
})

test('a block that is sent again counts once', async () => {
  const { team, key } = await aTeam()
  const origin = { team, source: newId(), retentionDays: 3000 }
  const made = { id: 'r', name: 'again_total', description: '', group_by: [], aggregate: 'count' as const, field: null, quantile: null }
  const labels = Labels.of({ __name__: 'again_total' })
  const series = new SeriesCache(1).get(team, labels)
  const point = derivedRow(origin, made, series, { labels, at: END, lines: 7, total: 0, buckets: new Map() })
  const day = new Date(END).toISOString().slice(0, 10)
  const row = `${JSON.stringify({ team, source_id: origin.source, retention_days: 3000, day, fingerprint: series.fingerprint, name: 'again_total', labels: {} })}\n`
  const ch = clickhouseOf(env)
  const token = newId()
  expect((await insert(ch, 'series', row, newId())).outcome).toBe('ok')
  for (let i = 0; i < 3; i++) expect((await insert(ch, 'derived_points', point, token)).outcome).toBe('ok')
  expect(await asked(key, 'again_total')).toEqual([[{ __name__: 'again_total' }, '7']])
  await insert(ch, 'derived_points', point, newId())
  expect(await asked(key, 'again_total')).toEqual([[{ __name__: 'again_total' }, '14']])
})

test('a source with derived_metrics_enabled off, another source and another team have none of it', async () => {
  const s = await aSource()
  expect((await s.api('GET', `/api/logs/sources/${s.source}`)).body.derived_metrics_enabled).toBe(true)
  const other = await s.api('POST', '/api/logs/sources', { name: 'Other' })
  await rule(s.api, { name: 'only_other_total', source_ids: [other.body.id] })
  await rule(s.api, { name: 'any_total' })
  await s.api('PATCH', `/api/logs/sources/${s.source}`, { derived_metrics_enabled: false })
  await s.send('/', JSON.stringify({ dt: ms(30_000), message: 'off' }), { 'content-type': 'application/json' })
  await call('/', {
    method: 'POST',
    headers: { authorization: `Bearer ${other.body.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dt: ms(30_000), message: 'on' }),
  })
  await s.stored('logs', 2)
  expect(await asked(s.key, 'only_other_total')).toEqual([[{ __name__: 'only_other_total' }, '1']])
  expect(await asked(s.key, 'any_total')).toEqual([[{ __name__: 'any_total' }, '1']])
  const stranger = await aTeam()
  expect((await stranger.api('GET', '/api/logs/derived-metrics')).body.data).toEqual([])
})

test('a name is given once; a filter that cannot be read is refused with its place; deleted, it is gone', async () => {
  const { api } = await aTeam()
  const made = await rule(api, { name: 'twice_total', filter: 'level:error' })
  expect((await api('POST', '/api/logs/derived-metrics', { name: 'twice_total' })).status).toBe(409)
  const wrong = await api('POST', '/api/logs/derived-metrics', { name: 'x', filter: 'level:(' })
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'filter'])
  expect((await api('POST', '/api/logs/derived-metrics', { name: 'y', source_ids: [newId()] })).status).toBe(404)
  expect((await api('GET', `/api/logs/derived-metrics/${made.id}`)).body).toEqual(made)
  expect((await api('DELETE', `/api/logs/derived-metrics/${made.id}`)).status).toBe(204)
  expect((await api('GET', `/api/logs/derived-metrics/${made.id}`)).status).toBe(404)
  expect((await api('GET', '/api/logs/derived-metrics')).body.data).toEqual([])
})
