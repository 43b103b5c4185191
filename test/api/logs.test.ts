import { expect, test } from 'vitest'
import { aTeam } from '../given.ts'

test('a source is made, read, listed, changed and deleted', async () => {
  const { api } = await aTeam()
  const made = await api('POST', '/api/logs/sources', { name: 'Checkout logs', ingestion_method: 'vector' })
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'Checkout logs', ingestion_method: 'VECTOR', retention_days: 30, platform: 'vector' },
  })
  expect(made.body.token).toMatch(/^src_/)
  expect(made.body.api_key).toBe(made.body.token)
  const { id } = made.body
  expect((await api('GET', `/api/logs/sources/${id}`)).body).toEqual(made.body)
  expect((await api('GET', '/api/logs/sources')).body.data).toEqual([made.body])
  expect((await api('PATCH', `/api/logs/sources/${id}`, { retention_days: 7 })).body.retention_days).toBe(7)
  expect((await api('DELETE', `/api/logs/sources/${id}`)).status).toBe(204)
  expect((await api('GET', `/api/logs/sources/${id}`)).status).toBe(404)
})

test('a source says where its data is kept; a place that is none is named, and it cannot be moved', async () => {
  const team = await aTeam()
  const made = await team.api('POST', '/api/logs/sources', { name: 'App', data_region: 'default' })
  expect(made).toMatchObject({ status: 201, body: { data_region: 'default' } })
  expect(await team.api('POST', '/api/logs/sources', { name: 'App', data_region: 'moon' })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'data_region' }] },
  })
  expect((await team.api('PATCH', `/api/logs/sources/${made.body.id}`, { data_region: 'default' })).status).toBe(422)
})

test('the token is shown to those who may write, and rotates', async () => {
  const { api, team } = await aTeam()
  const { body } = await api('POST', '/api/logs/sources', { name: 'A' })
  const rotated = await api('POST', `/api/logs/sources/${body.id}/rotate-token`)
  expect(rotated.body.token).not.toBe(body.token)
  expect(team).toBeTruthy()
  const reader = await aTeam({ scopes: ['logs:read'] })
  expect((await reader.api('POST', '/api/logs/sources', { name: 'A' })).status).toBe(403)
})

test("another team's source is 404", async () => {
  const [one, two] = [await aTeam(), await aTeam()]
  const { body } = await one.api('POST', '/api/logs/sources', { name: 'A' })
  for (const [method, path, sent] of [
    ['GET', '', undefined],
    ['PATCH', '', { name: 'B' }],
    ['DELETE', '', undefined],
    ['POST', '/rotate-token', undefined],
  ] as const)
    expect((await two.api(method, `/api/logs/sources/${body.id}${path}`, sent)).status).toBe(404)
})

test.each([
  [{}],
  [{ name: '' }],
  [{ name: 'a', retention_days: 0 }],
  [{ name: 'a', ingestion_method: 'FAX' }],
  [{ name: 'a', colour: 'red' }],
])('%j is 422', async (body) => {
  expect((await (await aTeam()).api('POST', '/api/logs/sources', body)).status).toBe(422)
})
