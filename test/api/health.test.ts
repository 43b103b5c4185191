import { expect, test } from 'vitest'
import { aTeam, call } from '../given.ts'

test('health answers strangers', async () => {
  const r = await call('/api/health')
  expect(r.status).toBe(200)
  expect(await r.json()).toMatchObject({ status: 'ok', parts: { database: 'up', clickhouse: 'up' } })
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
