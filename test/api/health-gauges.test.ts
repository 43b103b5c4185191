import { beforeAll, expect, inject, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { SYSTEM, takeGauges } from '../../workers/gauges.ts'
import { aTeam, call, env } from '../given.ts'

const target = inject('target')
const health = async () => (await call('/api/health')).json<any>()
beforeAll(async () => {
  const team = await aTeam()
  await fetch(`${target}/gauges`, { method: 'PUT', body: '[{}]' })
  const made = await team.api('POST', '/api/uptime/monitors', { url: `${target}/gauges`, check_frequency: 5 })
  await vi.waitFor(async () => expect((await team.api('GET', `/api/uptime/monitors/${made.body.id}`)).body.status).toBe('up'), 15_000)
})

test('health tells what the minute’s cron measured, and says when; before that it says nothing', async () => {
  expect(await health()).toMatchObject({ measured_at: null, shard_lag_ms: null, checks_lost_24h: null })
  const at = Date.now()
  await takeGauges(env, at)
  const told = await health()
  expect(told).toMatchObject({ status: 'ok', parts: { checks: 'up' }, measured_at: new Date(at).toISOString(), checks_lost_24h: 0 })
  expect(told.shard_lag_ms).toBeLessThan(5000)
  expect(told.spool_rows).toBeGreaterThanOrEqual(0)
})

test('gauges that nobody takes any more are told as such', async () => {
  await takeGauges(env, Date.now() - 4 * 60_000)
  expect(await health()).toMatchObject({ status: 'degraded', parts: { checks: 'degraded', paging: 'up' } })
  await takeGauges(env, Date.now())
  expect(await health()).toMatchObject({ status: 'ok' })
})

test('they are metrics of the system team, by the same way as everybody’s', async () => {
  const ch = clickhouse(clickhouseOf(env))
  const stored = () =>
    ch.rows<{ name: string; value: number }>(
      `SELECT s.name AS name, m.value AS value FROM tocsin.samples AS m JOIN tocsin.series AS s ON s.team = m.team AND s.fingerprint = m.fingerprint
       WHERE m.team = {team:UUID}`,
      { team: SYSTEM.team },
    )
  await vi.waitFor(async () => {
    const rows = await stored()
    expect(new Set(rows.map((r) => r.name))).toContain('tocsin_shard_lag_ms')
    expect(rows.find((r) => r.name === 'tocsin_monitors')?.value).toBeGreaterThan(0)
  }, 15_000)
})
