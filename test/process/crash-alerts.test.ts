import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, startClickHouse } from '../../local/clickhouse.ts'
import { killable } from './killable.ts'
import { TOKEN, until } from './runner.ts'

const ALERTS = 8
/** Kills while the alerts become pending and fire, and again while they end. */
const KILLS = 4

const state = mkdtempSync(join(tmpdir(), 'tocsin-crash-alerts-'))
let clickhouse: Awaited<ReturnType<typeof startClickHouse>>
let tocsin: Awaited<ReturnType<typeof killable>> | undefined
let port: number

beforeAll(async () => {
  port = await freePort()
  clickhouse = await startClickHouse(join(state, 'clickhouse'))
})
afterAll(async () => {
  await tocsin?.stop()
  await clickhouse.stop()
  rmSync(state, { recursive: true, force: true, maxRetries: 5 })
})

const begin = () => killable({ port, state, clickhouse: clickhouse.url })

async function api(method: string, path: string, body?: unknown, token = TOKEN) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', connection: 'close' }
  const r = await fetch(`http://localhost:${port}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await r.text()
  return text ? JSON.parse(text) : null
}

/** Waits a little, kills, begins again; the moments differ from time to time. */
async function killed(times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await new Promise((done) => setTimeout(done, 500 + Math.random() * 4000))
    await tocsin!.kill()
    tocsin = await begin()
  }
}

type Alert = { id: string; state: string }
type Change = { from: string; to: string; at: string; active_at: string }

test('under kill -9 at any moment no transition of an alert is lost, false or told twice, and each has one incident', async () => {
  tocsin = await begin()
  const source = await api('POST', '/api/logs/sources', { name: 'tanks', ingestion_method: 'HTTP' })
  const set = (value: number) => api('POST', '/api/metrics/ingest', Array.from({ length: ALERTS }, (_, i) => ({ name: 'level', gauge: { value }, tags: { tank: `t${i}` } })), source.token) // biome-ignore format: one body
  const isStored = (value: number) =>
    until(`every tank is at ${value}`, 20_000, async () => {
      const { data } = await api('GET', '/prometheus/api/v1/query?query=level')
      return data.result.length === ALERTS && data.result.every((r: { value: [number, string] }) => r.value[1] === String(value))
    })
  await set(95)
  await isStored(95)
  const made: Alert[] = await Promise.all(
    Array.from({ length: ALERTS }, (_, i) => api('POST', '/api/metrics/alerts', { name: `Tank ${i}`, query: `level{tank="t${i}"} > 90`, for: 10, check_period: 10 })),
  ) // biome-ignore format: one list
  const are = (wanted: string) =>
    until(`every alert is ${wanted}`, 60_000, async () => {
      const { data } = (await api('GET', '/api/metrics/alerts')) as { data: Alert[] }
      return data.length === ALERTS && data.every((a) => a.state === wanted)
    })
  await killed(KILLS)
  await are('FIRING')
  await set(20)
  await isStored(20)
  await killed(KILLS)
  await are('INACTIVE')

  const incidents = await until('every incident is resolved', 30_000, async () => {
    const { data } = await api('GET', '/api/incidents?per_page=250')
    return data.every((i: { status: string }) => i.status === 'RESOLVED') && data
  })
  expect(incidents.map((i: { alert_id: string }) => i.alert_id).sort()).toEqual(made.map((a) => a.id).sort())
  for (const { id } of made) {
    const history = await until('its history is written', 30_000, async () => {
      const { data } = (await api('GET', `/api/metrics/alerts/${id}/history`)) as { data: Change[] }
      return data.length >= 3 && data
    })
    expect(history.map((t) => `${t.from} ${t.to}`)).toEqual(['FIRING INACTIVE', 'PENDING FIRING', 'INACTIVE PENDING'])
    // `for` is over when it was over by the alert's own clock, whoever was away meanwhile
    expect(Date.parse(history[1]!.at) - Date.parse(history[1]!.active_at)).toBe(10_000)
    expect(new Set(history.map((t) => t.active_at)).size).toBe(1)
  }
}, 240_000)
