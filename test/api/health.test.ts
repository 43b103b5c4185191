import { expect, test } from 'vitest'
import { db } from '../../shared/db.ts'
import { pageGauges } from '../../shared/incidents/table.ts'
import { api } from '../../workers/api/index.ts'
import { aTeam, call, env } from '../given.ts'

const ask = async (more: object = {}) => {
  const ctx = { waitUntil() {}, passThroughOnException() {}, props: {} } as unknown as ExecutionContext
  const r = await api.fetch(new Request('http://localhost/api/health'), { ...env, ...more }, ctx)
  return { status: r.status, body: await r.json() }
}

test('health answers strangers', async () => {
  const r = await call('/api/health')
  expect(r.status).toBe(200)
  expect(await r.json()).toMatchObject({ status: 'ok', parts: { database: 'up', clickhouse: 'up', paging: 'up' } })
})

test('without ClickHouse it is degraded and still 200: only history is missing', async () => {
  expect(await ask({ CLICKHOUSE_URL: 'http://127.0.0.1:1' })).toMatchObject({
    status: 200,
    body: { status: 'degraded', parts: { clickhouse: 'down' } },
  })
})

test('without its database it is 503 and says so', async () => {
  const fails = () => {
    throw new Error('down')
  }
  const broken = { prepare: fails, batch: fails }
  expect(await ask({ DB: broken })).toMatchObject({ status: 503, body: { status: 'down', parts: { database: 'down' } } })
})

test('a page that should have left over a minute ago is 503', async () => {
  const { team } = await aTeam()
  const set = (oldest_unsent_at: number) =>
    db(env.DB)
      .insert(pageGauges)
      .values({ team, oldest_unsent_at })
      .onConflictDoUpdate({ target: pageGauges.team, set: { oldest_unsent_at } })
  await set(Date.now() - 30_000)
  expect((await ask()).status).toBe(200)
  await set(Date.now() - 61_000)
  expect(await ask()).toMatchObject({ status: 503, body: { parts: { paging: 'down' } } })
  await db(env.DB).delete(pageGauges)
  expect((await ask()).status).toBe(200)
})

test('everything else asks who is asking, in our problem shape', async () => {
  const r = await call('/api/live')
  expect(r.status).toBe(401)
  expect(r.headers.get('content-type')).toBe('application/problem+json')
  expect(await r.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
})

test('an unknown path is our 404, not the dashboard', async () => {
  const { api } = await aTeam()
  expect(await api('GET', '/api/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } })
})
