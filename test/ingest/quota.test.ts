import { expect, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { setPlan } from '../../shared/logs/plan-store.ts'
import { noPlan } from '../../shared/logs/plans.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { ingest } from '../../workers/ingest/index.ts'
import { holdToQuotas } from '../../workers/quotas.ts'
import { aTeam, env } from '../given.ts'

const held = { ...env, QUOTAS: 'on' }
/** A moment at which the cron looks. */
const due = Math.floor(Date.now() / 300_000) * 300_000
type Team = Awaited<ReturnType<typeof aTeam>>

const token = async (team: Team): Promise<string> => (await team.api('POST', '/api/logs/sources', { name: 'App' })).body.token
const send = (as: string, body: string, path = '/', settings: typeof env = held) =>
  ingest.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers: { authorization: `Bearer ${as}` }, body }), settings)
const usedUp = async (team: Team, signal: string, bytes: number, events = 0) =>
  expect(
    await insert(
      clickhouseOf(env),
      'usage',
      JSON.stringify({ team: team.team, source_id: newId(), signal, at: Math.floor(due / 1000), bytes, events, requests: 1 }),
      newId(),
    ),
  ).toEqual({ outcome: 'ok' })

test('what a team sent beyond its plan is 402 with a time to come again, other signals are taken', async () => {
  const team = await aTeam()
  await usedUp(team, 'logs', 2.9e9)
  await holdToQuotas(held, due)
  expect((await send(await token(team), '{"a":1}')).status).toBe(202)
  await usedUp(team, 'logs', 0.2e9)
  await holdToQuotas(held, due)
  const source = await token(team)
  const answer = await send(source, '{"a":1}')
  expect([answer.status, await answer.text()]).toEqual([402, expect.stringContaining('quota of logs is used up')])
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await send(source, '{"name":"x","gauge":{"value":1}}', '/metrics')).status).toBe(202)
})

test('a bundle holds more, and with overage nothing is refused', async () => {
  const team = await aTeam()
  await usedUp(team, 'logs', 51e9)
  await usedUp(team, 'metrics', 1, 2.4e9)
  for (const [plan, status] of [
    [{ bundle: 'nano', warehouse: 'standard', overage: false }, 402],
    [{ bundle: 'micro', warehouse: 'standard', overage: false }, 202],
    [{ bundle: 'nano', warehouse: 'standard', overage: true }, 202],
    [noPlan, 402],
  ] as const) {
    await setPlan(db(env.DB), team.team, plan, due)
    await holdToQuotas(held, due)
    expect((await send(await token(team), '{"a":1}')).status).toBe(status)
  }
})

test('a source that sends more than its rate is 429 with a time to come again; its neighbours are taken', async () => {
  const team = await aTeam()
  const [loud, quiet] = [await token(team), await token(team)]
  const much = `{"message":"${'x'.repeat(900_000)}"}\n`.repeat(13)
  expect((await send(loud, much)).status).toBe(202)
  const answer = await send(loud, '{"a":1}')
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(4)
  expect((await send(quiet, '{"a":1}')).status).toBe(202)
})

test.each([
  ['/_bulk', { error: { type: 'es_rejected_execution_exception' }, status: 429 }],
  ['/services/collector/event', { code: 9 }],
  ['/v1/logs', { code: 8 }],
  ['/loki/api/v1/push', null],
  ['/syslog', null],
])('a client of %s is held in its own words, with Retry-After', async (path, says) => {
  const loud = await token(await aTeam())
  expect((await send(loud, `{"message":"${'x'.repeat(900_000)}"}\n`.repeat(13))).status).toBe(202)
  const headers = { authorization: `Bearer ${loud}`, 'content-type': 'application/json' }
  const answer = await ingest.fetch(new Request(`http://localhost${path}`, { method: 'POST', headers, body: '{}' }), held)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  if (says) expect(await answer.json()).toMatchObject(says)
})

test('where quotas are off nobody is held', async () => {
  const team = await aTeam()
  await usedUp(team, 'logs', 51e9)
  await holdToQuotas(env, due)
  const source = await token(team)
  const much = `{"message":"${'x'.repeat(900_000)}"}\n`.repeat(13)
  expect((await send(source, much, '/', env)).status).toBe(202)
  expect((await send(source, '{"a":1}', '/', env)).status).toBe(202)
})

test('what came is counted: bytes as they were sent, records and requests', async () => {
  const team = await aTeam()
  const source = await token(team)
  const body = '{"message":"one"}\n{"message":"two"}\n'
  await send(source, body)
  await send(source, body)
  await vi.waitFor(
    async () =>
      expect(
        await clickhouse(clickhouseOf(env)).rows(
          'SELECT toString(signal) AS signal, sum(bytes) AS bytes, sum(events) AS events, sum(requests) AS requests FROM tocsin.usage WHERE team = {team:UUID} GROUP BY signal',
          { team: team.team },
        ),
      ).toEqual([{ signal: 'logs', bytes: 2 * body.length, events: 4, requests: 2 }]),
    { timeout: 15_000, interval: 200 },
  )
})

test('what a team sent is shown by source beside what its plan holds', async () => {
  const team = await aTeam()
  await usedUp(team, 'logs', 1000, 3)
  await usedUp(team, 'metrics', 10, 7)
  const { body } = await team.api('GET', '/api/logs/usage')
  expect(body.signals).toEqual([
    { signal: 'logs', used: 1000, quota: null, over: false },
    { signal: 'traces', used: 0, quota: null, over: false },
    { signal: 'metrics', used: 7, quota: null, over: false },
  ])
  expect(body.sources.map((s: { signal: string; bytes: number; events: number }) => [s.signal, s.bytes, s.events])).toEqual([
    ['logs', 1000, 3],
    ['metrics', 10, 7],
  ])
  expect((await (await aTeam()).api('GET', '/api/logs/usage')).body.sources).toEqual([])
})

test('holding a source to its plan asks D1 once a minute, not once a request', async () => {
  const source = await token(await aTeam())
  const asked: string[] = []
  const DB = new Proxy(env.DB, {
    get(target, name) {
      const value = Reflect.get(target, name)
      if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value
      return (sql: string) => {
        asked.push(sql)
        return target.prepare(sql)
      }
    },
  })
  for (let i = 0; i < 10; i++) expect((await send(source, '{"a":1}', '/', { ...held, DB })).status).toBe(202)
  expect(asked.filter((sql) => /over_quotas|telemetry_plans/.test(sql))).toHaveLength(1)
})
