import { expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam } from '../given.ts'

const query = {
  name: 'Errors by service',
  query_type: 'sql',
  query_text: "SELECT service, count() FROM logs WHERE level = 'error' GROUP BY service",
}

test('a query is saved, listed and deleted; it says who saved it', async () => {
  const { api, person } = await aTeam()
  const made = await api('POST', '/api/logs/queries', query)
  expect(made).toMatchObject({ status: 201, body: { ...query, query_type: 'SQL', saved_as_dashboard: false, user_id: person } })
  const list = await api('GET', '/api/logs/queries?per_page=100')
  expect(list.body.data).toEqual([made.body])
  expect(list.body.pagination.next).toBe(null)
  expect((await api('DELETE', `/api/logs/queries/${made.body.id}`)).status).toBe(204)
  expect((await api('DELETE', `/api/logs/queries/${made.body.id}`)).status).toBe(404)
  expect((await api('GET', '/api/logs/queries')).body.data).toEqual([])
})

test('the same request with an Idempotency-Key saves one', async () => {
  const { api } = await aTeam()
  const key = { 'idempotency-key': newId() }
  const [one, two] = [await api('POST', '/api/logs/queries', query, key), await api('POST', '/api/logs/queries', query, key)]
  expect(two.body).toEqual(one.body)
  expect((await api('GET', '/api/logs/queries')).body.data).toHaveLength(1)
})

test("another team neither sees nor deletes it; those who may only read don't save", async () => {
  const [one, two] = [await aTeam(), await aTeam()]
  const { body } = await one.api('POST', '/api/logs/queries', query)
  expect((await two.api('GET', '/api/logs/queries')).body.data).toEqual([])
  expect((await two.api('DELETE', `/api/logs/queries/${body.id}`)).status).toBe(404)
  const reader = await aTeam({ scopes: ['logs:read'] })
  expect((await reader.api('POST', '/api/logs/queries', query)).status).toBe(403)
  expect((await reader.api('GET', '/api/logs/queries')).status).toBe(200)
})

test.each([
  [{}],
  [{ ...query, name: ' ' }],
  [{ ...query, query_text: '' }],
  [{ ...query, query_type: 'KQL' }],
  [{ ...query, colour: 'red' }],
  [{ ...query, name: 'x'.repeat(201) }],
])('%j is 422', async (body) => {
  expect((await (await aTeam()).api('POST', '/api/logs/queries', body)).status).toBe(422)
})

test('a saved query is read and changed, by its own team only', async () => {
  const [one, two] = [await aTeam(), await aTeam()]
  const { body } = await one.api('POST', '/api/logs/queries', { name: 'Errors', query_text: 'SELECT 1' })
  const path = `/api/logs/queries/${body.id}`
  expect((await one.api('GET', path)).body).toEqual(body)
  const changed = await one.api('PATCH', path, { query_type: 'promql', query_text: 'up', saved_as_dashboard: true })
  expect(changed.body).toMatchObject({ name: 'Errors', query_type: 'PROMQL', query_text: 'up', saved_as_dashboard: true })
  expect((await one.api('GET', path)).body).toEqual(changed.body)
  expect((await one.api('PATCH', path, { query_text: '' })).status).toBe(422)
  expect([(await two.api('GET', path)).status, (await two.api('PATCH', path, { name: 'Mine' })).status]).toEqual([404, 404])
})
