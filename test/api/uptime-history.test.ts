import { createExecutionContext } from 'cloudflare:test'
import { expect, inject, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { DAY, HOUR, iso, MINUTE } from '../../shared/time.ts'
import { insert, type TableName } from '../../shared/warehouse/insert.ts'
import { api as door } from '../../workers/api/index.ts'
import { aTeam, base, env } from '../given.ts'

const target = inject('target')
const path = '/api/uptime/monitors'
const answers = (name: string, ...list: object[]) => fetch(`${target}/${name}`, { method: 'PUT', body: JSON.stringify(list) })

const put = async (table: TableName, rows: object[]) =>
  expect((await insert(clickhouseOf(env), table, rows.map((r) => JSON.stringify(r)).join('\n'), newId())).outcome).toBe('ok')

/** A paused monitor, so that nothing but what a test writes is in its history. */
async function aMonitor() {
  const given = await aTeam()
  const { id } = (await given.api('POST', path, { url: 'https://a.example.com', paused: true })).body
  const check = (at: number, region: string, more: object = {}) => ({
    team: given.team, monitor: id, at: iso(at), region, colo: '', outcome: 'up', error: '', status: 200, ttfb_ms: 80, total_ms: 100, bytes: 5, round: '', verdict: 'up',
    why: [`${region}: 200`], excerpt: '', ...more,
  }) // biome-ignore format: a row
  const state = (at: number, s: string, incident = '') => ({ team: given.team, monitor: id, at: iso(at), state: s, incident, seq: at })
  return { ...given, id, check, state }
}

test('checks come newest first, by page and by filter, with their trace', async () => {
  const { api, id, check } = await aMonitor()
  const at = Math.floor(Date.now() / 1000) * 1000 - HOUR
  const failed = {
    outcome: 'down',
    error: 'status',
    status: 503,
    round: 'r1',
    verdict: 'validating',
    why: ['eu: 503', '1 region failed; asking all 4 now'],
    excerpt: 'oops',
  }
  await put('checks', [
    check(at, 'us'),
    check(at, 'eu', failed),
    check(at + 10_000, 'as', { status: 0, ttfb_ms: null, outcome: 'down', error: 'timeout' }),
    check(at + 20_000, 'au'),
  ])
  const all = (await api('GET', `${path}/${id}/checks`)).body
  expect(all.data.map((x: any) => x.region)).toEqual(['au', 'as', 'us', 'eu'])
  expect(all.data[3]).toEqual({
    id: `${at}-eu`, at: iso(at), region: 'eu', colo: null, outcome: 'down', error: 'status', status_code: 503, response_time_ms: 100, ttfb_ms: 80, bytes: 5,
    round_id: 'r1', verdict: 'validating', why: ['eu: 503', '1 region failed; asking all 4 now'], excerpt: 'oops',
  }) // biome-ignore format: a row
  expect(all.data[1]).toMatchObject({ status_code: null, ttfb_ms: null, error: 'timeout', round_id: null })
  const regions: string[] = []
  for (let next: string | null = `${base}${path}/${id}/checks?per_page=1`; next; ) {
    const page: any = (await api('GET', next.slice(base.length))).body
    regions.push(...page.data.map((x: any) => x.region))
    next = page.pagination.next
  }
  expect(regions).toEqual(['au', 'as', 'us', 'eu'])
  const names = async (query: string) => (await api('GET', `${path}/${id}/checks?${query}`)).body.data.map((x: any) => x.region)
  expect(await names('outcome=DOWN')).toEqual(['as', 'eu'])
  expect(await names('region=us')).toEqual(['us'])
  expect(await names(`from=${encodeURIComponent(iso(at + 10_000))}&to=${encodeURIComponent(iso(at + 20_000))}`)).toEqual(['as'])
  for (const query of ['cursor=nonsense', 'cursor=1-mars', 'from=yesterday', 'region=mars', 'outcome=maybe', 'per_page=1000', 'nonsense=1'])
    expect([query, (await api('GET', `${path}/${id}/checks?${query}`)).status]).toEqual([query, 422])
})

test('availability is time between changes of state, from what held at the beginning', async () => {
  const { api, id, state } = await aMonitor()
  const to = Date.now()
  const from = to - 100 * MINUTE
  const inc = newId()
  await put('monitor_states', [
    state(from - DAY, 'up'),
    state(from + 10 * MINUTE, 'validating'),
    state(from + 20 * MINUTE, 'down', inc),
    state(from + 45 * MINUTE, 'validating', inc),
    state(from + 50 * MINUTE, 'up'),
    state(from + 60 * MINUTE, 'maintenance'),
    state(from + 80 * MINUTE, 'up'),
  ])
  const query = `from=${encodeURIComponent(iso(from))}&to=${encodeURIComponent(iso(to))}`
  expect((await api('GET', `${path}/${id}/availability?${query}`)).body).toMatchObject({
    availability: 0.625,
    up_seconds: 50 * 60,
    down_seconds: 30 * 60,
    excluded_seconds: 20 * 60,
    incidents: 1,
  })
  const days = (await api('GET', `${path}/${id}/days?days=3&timezone=Europe/Paris`)).body.data
  expect(days).toHaveLength(3)
  expect(days.at(-1).state === 'down' || days.at(-2).state === 'down').toBe(true)
  const summary = (await api('GET', `${path}/summary?ids=${id},${newId()}`)).body.data
  expect(summary).toHaveLength(1)
  expect(summary[0].bars.filter((b: string) => b === 'down').length).toBeGreaterThanOrEqual(1)
  expect(summary[0].availability_30d).toBeLessThan(1)
  expect((await api('GET', `${path}/${id}/availability?from=2020-01-01T00:00:00Z`)).status).toBe(422)
  expect((await api('GET', `${path}/${id}/availability?from=2999-01-01T00:00:00Z`)).status).toBe(422)
})

test('response times are of what answered, per region and step', async () => {
  const { api, id, check } = await aMonitor()
  const at = Math.floor(Date.now() / HOUR) * HOUR - 2 * HOUR
  await put('checks', [
    ...Array.from({ length: 100 }, (_, i) => check(at + i * 1000, 'eu', { total_ms: i + 1 })),
    check(at + 1_800_000, 'us', { total_ms: 15_000, status: 0, outcome: 'down', error: 'timeout' }),
    check(at + 1_900_000, 'us', { total_ms: 40 }),
  ])
  const query = `from=${encodeURIComponent(iso(at))}&to=${encodeURIComponent(iso(at + HOUR))}&step=1800`
  const { series, step } = (await api('GET', `${path}/${id}/response-times?${query}`)).body
  expect(step).toBe(1800)
  const [eu, us] = series
  expect([eu.region, us.region]).toEqual(['eu', 'us'])
  expect(eu.p50_ms).toBeGreaterThanOrEqual(50)
  expect(eu.p50_ms).toBeLessThanOrEqual(51)
  expect(eu).toMatchObject({ max_ms: 100, checks: 100, failed: 0, points: [{ at: iso(at), max_ms: 100, checks: 100 }] })
  expect(us).toMatchObject({ p50_ms: 40, max_ms: 40, checks: 2, failed: 1 })
  expect((await api('GET', `${path}/${id}/response-times?${query.replace('step=1800', 'step=1')}`)).status).toBe(422)
  const [summary] = (await api('GET', `${path}/summary?ids=${id}`)).body.data
  expect(summary.p95_ms).toBeGreaterThan(90)
  // how many buckets these two minutes and that half hour fall into depends on the clock
  expect(Math.max(...summary.sparkline)).toBeGreaterThan(90)
})

test('another team sees nothing of it, and an id that is none names nothing', async () => {
  const [a, b] = [await aMonitor(), await aTeam()]
  await put('checks', [a.check(Date.now() - 1000, 'eu')])
  for (const part of ['checks', 'availability', 'days', 'response-times']) {
    expect([part, (await b.api('GET', `${path}/${a.id}/${part}`)).status]).toEqual([part, 404])
    expect([part, (await a.api('GET', `${path}/no-id/${part}`)).status]).toEqual([part, 404])
  }
  expect((await b.api('POST', `${path}/${a.id}/check-now`)).status).toBe(404)
  expect((await b.api('GET', `${path}/summary?ids=${a.id}`)).body.data).toEqual([])
  expect((await a.api('GET', `${path}/summary?ids=${"1' OR 1=1"}`)).status).toBe(422)
})

test('while ClickHouse is down history says so, and everything else goes on', async () => {
  const { key, id } = await aMonitor()
  const broken = { ...env, CLICKHOUSE_URL: 'http://127.0.0.1:1' }
  const ask = (at: string) =>
    door.fetch(new Request(base + at, { headers: { authorization: `Bearer ${key}` } }), broken, createExecutionContext())
  for (const part of ['checks', 'availability', 'days', 'response-times']) {
    const r = await ask(`${path}/${id}/${part}`)
    expect([part, r.status, r.headers.get('retry-after'), ((await r.json()) as any).code]).toEqual([part, 503, '5', 'degraded'])
  }
  expect((await ask(path)).status).toBe(200)
  expect((await ask(`${path}/${id}`)).status).toBe(200)
})

test('an address is tried from every region without anything being saved', async () => {
  const { api } = await aTeam()
  const name = newId()
  await answers(name, { status: 503, body: 'token=abcdefgh' })
  const { status, body } = await api('POST', `${path}/try`, { url: `${target}/${name}`, regions: ['us', 'eu'] })
  expect(status).toBe(200)
  expect(body.results.map((r: any) => [r.region, r.outcome, r.error, r.status_code, r.excerpt])).toEqual([
    ['us', 'down', 'status', 503, 'token=•••'],
    ['eu', 'down', 'status', 503, 'token=•••'],
  ])
  expect((await api('POST', `${path}/try`, { url: 'http://127.0.0.1:1/' })).body.results[0]).toMatchObject({
    error: 'refused',
    status_code: null,
  })
  expect((await api('POST', `${path}/try`, { url: 'nonsense' })).status).toBe(422)
  expect((await api('GET', path)).body.data).toEqual([])
})

test('check now asks every region at once and writes their answers into the history', async () => {
  const { api } = await aTeam()
  const name = newId()
  await answers(name, {})
  const { id } = (await api('POST', path, { url: `${target}/${name}`, paused: true })).body
  const { body, status } = await api('POST', `${path}/${id}/check-now`)
  expect(status).toBe(200)
  expect(body.results.map((r: any) => [r.region, r.outcome, r.status_code])).toEqual([
    ['us', 'up', 200],
    ['eu', 'up', 200],
    ['as', 'up', 200],
    ['au', 'up', 200],
  ])
  const checks = await vi.waitFor(
    async () => {
      const found = (await api('GET', `${path}/${id}/checks`)).body.data
      expect(found).toHaveLength(4)
      return found
    },
    { timeout: 10_000, interval: 200 },
  )
  expect(new Set(checks.map((x: any) => x.round_id)).size).toBe(1)
  expect(checks[0]).toMatchObject({ verdict: 'paused', why: ['paused, so no verdict'] })
})
