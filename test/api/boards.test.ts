import { beforeAll, expect, test } from 'vitest'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { aTeam, call } from '../given.ts'
import { stored } from './prometheus-garden.ts'

let team: Awaited<ReturnType<typeof aTeam>>
beforeAll(async () => {
  team = await aTeam()
})
const panel = (id: string, more: object = {}) => ({
  id,
  type: 'timeseries',
  title: id,
  queries: [{ ref: 'A', expr: 'up' }],
  position: { x: 0, y: 0, w: 12, h: 8 },
  ...more,
})
const make = async (body: object, of = team) => (await of.api('POST', '/api/metrics/dashboards', body)).body
const path = (id: string, rest = '') => `/api/metrics/dashboards/${id}${rest}`

test('a dashboard keeps its panels as data, its place on the grid and its variables', async () => {
  const variables = [
    { name: 'job', type: 'query', label_name: 'job', multi: true },
    { name: 'every', type: 'interval', values: ['1m', '5m'] },
  ]
  const made = await make({ name: 'Shop', panels: [panel('a'), panel('b', { type: 'TEXT', queries: [], text: '# Hi' })], variables })
  expect(made).toMatchObject({ name: 'Shop', version: 1, date_range_from: '-6h', refresh_interval: 0, is_shared: true })
  expect(made.panels.map((p: { type: string }) => p.type)).toEqual(['timeseries', 'text'])
  expect((await team.api('GET', path(made.id))).body).toEqual(made)
  const { data } = (await team.api('GET', '/api/metrics/dashboards?q=sho')).body
  expect(data).toMatchObject([{ id: made.id, panels_count: 2, preview: 'up', updated_by: { type: 'key' } }])
})

test.each<[string, object, string]>([
  ['a panel that leaves the grid', { panels: [panel('a', { position: { x: 20, y: 0, w: 12, h: 8 } })] }, 'panels.0.position'],
  ['two panels of one id', { panels: [panel('a'), panel('a')] }, 'panels'],
  ['a kind of panel there is none of', { panels: [panel('a', { type: 'hologram' })] }, 'panels.0.type'],
  ['more panels than a page holds', { panels: Array.from({ length: 101 }, (_, i) => panel(`p${i}`)) }, 'panels'],
  ['a variable whose name is no name', { variables: [{ name: '1x', type: 'custom', values: ['a'] }] }, 'variables.0.name'],
  ['an attribute that does not exist', { panels: [panel('a', { onload: 'x' })] }, 'panels.0.onload'],
])('%s is refused by its path', async (_, change, where) => {
  const { status, body } = await team.api('POST', '/api/metrics/dashboards', { name: 'x', ...change })
  expect([status, body.errors[0].path]).toEqual([422, where])
})

test('every save is a version with its author; an earlier one can be read and saved again', async () => {
  const { id } = await make({ name: 'One', panels: [panel('a')] })
  await team.api('PATCH', path(id), { name: 'Two', panels: [] })
  const versions = (await team.api('GET', path(id, '/versions'))).body.data
  expect(versions).toMatchObject([
    { version: 2, name: 'Two', panels_count: 0 },
    { version: 1, name: 'One', panels_count: 1, by: { type: 'key' } },
  ])
  expect((await team.api('GET', path(id, '/versions/1'))).body).toMatchObject({ name: 'One', version: 1 })
  expect((await team.api('POST', path(id, '/versions/1/restore'))).body).toMatchObject({ name: 'One', version: 3, panels: [{ id: 'a' }] })
  expect((await team.api('GET', path(id, '/versions/9'))).status).toBe(404)
})

test('a save of a version that is not the newest is 409 and changes nothing', async () => {
  const { id } = await make({ name: 'Ours' })
  expect((await team.api('PATCH', path(id), { name: 'First', version: 1 })).status).toBe(200)
  expect((await team.api('PATCH', path(id), { name: 'Second', version: 1 })).status).toBe(409)
  expect((await team.api('GET', path(id))).body.name).toBe('First')
  const both = await Promise.all(['a', 'b'].map((name) => team.api('PATCH', path(id), { name, version: 2 })))
  expect(both.map((r) => r.status).sort()).toEqual([200, 409])
})

test('an export imported again is the same dashboard', async () => {
  const made = await make({
    name: 'Round trip',
    panels: [panel('a', { thresholds: [{ value: 1, tone: 'down' }], section: 'Top' })],
    refresh_interval: 30,
  })
  const { data } = (await team.api('GET', path(made.id, '/export'))).body
  const again = (await team.api('POST', '/api/metrics/dashboards/import', { name: 'Copy', data: JSON.stringify(data) })).body
  expect(again.not_understood).toEqual([])
  const { panels, variables, refresh_interval } = again.dashboard
  expect({ panels, variables, refresh_interval }).toEqual({ panels: made.panels, variables: made.variables, refresh_interval: 30 })
})

test('an import with an Idempotency-Key makes one dashboard', async () => {
  const other = await aTeam()
  const ask = () => other.api('POST', '/api/metrics/dashboards/import', { data: { title: 'Once', panels: [] } }, { 'idempotency-key': 'k' })
  const [first, second] = [await ask(), await ask()]
  expect(second.body.dashboard.id).toBe(first.body.dashboard.id)
  expect((await other.api('GET', '/api/metrics/dashboards')).body.data).toHaveLength(1)
})

test.each<[string, unknown]>([
  ['text that is not JSON', '{"title":'],
  ['a list', '[1,2]'],
  ['very deep JSON', `${'{"panels":[{"panels":['.repeat(3000)}${']}]}'.repeat(3000)}`],
  [
    'keys of the prototype',
    '{"__proto__":{"panels":[1]},"constructor":{"prototype":{}},"panels":[{"type":"__proto__","gridPos":{"x":1e308}}]}',
  ],
  ['wrong shapes everywhere', { title: 5, panels: { a: 1 }, templating: [], rows: 'x', time: null, refresh: {} }],
  [
    'panels that are nothing',
    { panels: [null, 1, 'x', [], {}, { type: {} }, { type: 'timeseries', targets: 'x', gridPos: 'y', fieldConfig: 7 }] },
  ],
])('hostile JSON (%s) is answered, never with a 500', async (_, data) => {
  const { status } = await team.api('POST', '/api/metrics/dashboards/import', { data })
  expect([201, 422, 400]).toContain(status)
})

test('a link shows strangers one dashboard: its panels without their queries, their answers, and nothing else', async () => {
  const other = await aTeam()
  const memory = new MemoryStorage()
  const end = Math.floor(Date.now() / 1000) * 1000
  for (const job of ['api', 'db']) memory.append(Labels.of({ __name__: 'load', job }), [{ at: end, value: job === 'api' ? 3 : 5 }])
  await stored(other.team, memory)
  const queries = [{ ref: 'A', expr: 'load{job=~"$job"}', instant: true }]
  const variables = [{ name: 'job', type: 'query', label_name: 'job', match: 'load' }]
  const { id } = await make({ name: 'Public', panels: [panel('a', { queries })], variables }, other)
  const link = (await other.api('POST', path(id, '/links'), { name: 'Customers' })).body
  const token = new URL(link.url).pathname.split('/').at(-1)!
  expect(link.url).toMatch(/\/shared\/brd_/)
  expect((await other.api('GET', path(id, '/links'))).body.data).toMatchObject([{ id: link.id, name: 'Customers', expired: false }])
  expect(JSON.stringify((await other.api('GET', path(id, '/links'))).body)).not.toContain(token)

  const stranger = async (rest: string, body?: object) => {
    const r = await call(
      `/api/shared/dashboards/${token}${rest}`,
      body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {},
    )
    return { status: r.status, body: (await r.json()) as any }
  }
  const seen = await stranger('')
  expect(seen).toMatchObject({
    status: 200,
    body: { name: 'Public', panels: [{ id: 'a', queries: [{ ref: 'A', expr: '' }] }], variables: [{ match: '' }] },
  })
  expect(JSON.stringify(seen.body)).not.toMatch(/load|updated_by|team/)
  expect(await stranger('/values', { variable: 'job' })).toMatchObject({ status: 200, body: { data: ['api', 'db'] } })
  const at = new Date(end + 1000).toISOString()
  const asked = { panel: 'a', ref: 'A', from: at, to: at, step: 60_000 }
  const one = await stranger('/query', { ...asked, variables: { job: ['db'] } })
  expect(one.body.result).toMatchObject([{ metric: { job: 'db' }, value: [expect.any(Number), '5'] }])
  for (const job of ['x"} or load{job=~".+', 'nothing'])
    expect((await stranger('/query', { ...asked, variables: { job: [job] } })).body.errors[0].path).toBe('variables')
  expect((await stranger('/query', { ...asked, panel: 'b' })).status).toBe(422)

  expect((await other.api('DELETE', path(id, `/links/${link.id}`))).status).toBe(204)
  expect([(await stranger('')).status, (await stranger('/query', asked)).status]).toEqual([404, 404])
  expect((await other.api('POST', path(id, '/links'), { expires_at: '2020-01-01T00:00:00Z' })).body.errors[0].path).toBe('expires_at')
})

test('another team sees nothing of it', async () => {
  const { id } = await make({ name: 'Mine' })
  const other = await aTeam()
  for (const [method, rest] of [['GET', ''], ['PATCH', ''], ['DELETE', ''], ['GET', '/export'], ['GET', '/versions'], ['GET', '/versions/1'], ['POST', '/versions/1/restore'], ['GET', '/links'], ['POST', '/links'], ['DELETE', `/links/${id}`]] as const)
    expect((await other.api(method, path(id, rest), method === 'PATCH' ? { name: 'y' } : rest === '/links' && method === 'POST' ? {} : undefined)).status).toBe(404)
}) // biome-ignore format: a table
