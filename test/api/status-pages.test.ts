import { expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'
import { aMonitor, aPage, aResource, aName as name } from '../status/given.ts'

const UUID = '00000000-0000-7000-8000-000000000000'

test('a page is created with the defaults of the wire, read, changed, listed and deleted', async () => {
  const t = await aTeam()
  const subdomain = name()
  const { status, body } = await t.api('POST', '/api/status-pages', { name: 'Kestrel Pay', subdomain: subdomain.toUpperCase() })
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'Kestrel Pay', subdomain, timezone: 'UTC', published: true, custom_domain: null, logo_url: null })
  expect(body).toMatchObject({ url: `http://localhost/s/${subdomain}/`, sentence: 'No services are listed here yet' })
  expect((await t.api('GET', `/api/status-pages/${body.id}`)).body).toEqual(body)
  const changed = await t.api('PATCH', `/api/status-pages/${body.id}`, { timezone: 'Europe/Paris', published: false })
  expect(changed).toMatchObject({ status: 200, body: { timezone: 'Europe/Paris', published: false, name: 'Kestrel Pay' } })
  expect((await t.api('GET', '/api/status-pages')).body).toMatchObject({ data: [{ id: body.id }], pagination: { next: null } })
  expect((await t.api('DELETE', `/api/status-pages/${body.id}`)).status).toBe(204)
  expect((await t.api('GET', `/api/status-pages/${body.id}`)).status).toBe(404)
  expect((await t.api('DELETE', `/api/status-pages/${body.id}`)).status).toBe(404)
  expect((await t.api('GET', '/api/status-pages')).body.data).toEqual([])
})

test('a subdomain belongs to one live page, whoever asks second, and is free again after a delete', async () => {
  const [t, other] = [await aTeam(), await aTeam()]
  const page = await aPage(t)
  const again = { name: 'Other', subdomain: page.subdomain }
  expect(await other.api('POST', '/api/status-pages', again)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  const second = await aPage(other)
  expect(await other.api('PATCH', `/api/status-pages/${second.id}`, { subdomain: page.subdomain })).toMatchObject({ status: 409 })
  await t.api('DELETE', `/api/status-pages/${page.id}`)
  expect((await other.api('POST', '/api/status-pages', again)).status).toBe(201)
})

test('of twenty racing for one subdomain one wins', async () => {
  const t = await aTeam()
  const subdomain = name()
  const all = await Promise.all(Array.from({ length: 20 }, () => t.api('POST', '/api/status-pages', { name: 'K', subdomain })))
  expect(all.map((r) => r.status).sort()).toEqual([201, ...Array(19).fill(409)])
})

test('a proven domain belongs to one page; ours belongs to nobody', async () => {
  const [t, other] = [await aTeam(), await aTeam()]
  const custom_domain = `${name()}.example.com`
  expect(await aPage(t, { custom_domain })).toMatchObject({ custom_domain, custom_domain_verified: true })
  expect((await other.api('POST', '/api/status-pages', { name: 'K', subdomain: name(), custom_domain })).status).toBe(409)
  for (const ours of [env.STATUS_DOMAIN, `x.${env.STATUS_DOMAIN}`])
    expect((await t.api('POST', '/api/status-pages', { name: 'K', subdomain: name(), custom_domain: ours })).status).toBe(422)
  const page = await aPage(other, { custom_domain: `${name()}.example.com` })
  expect(await other.api('PATCH', `/api/status-pages/${page.id}`, { custom_domain: '' })).toMatchObject({
    status: 200,
    body: { custom_domain: null, custom_domain_verified: false },
  })
})

test.each<[string, object, string]>([
  ['no name', { name: undefined }, 'name'],
  ['an empty name', { name: '  ' }, 'name'],
  ['a name of two lines', { name: 'a\nb' }, 'name'],
  ['a name that turns the direction of the text', { name: 'a\u202eb' }, 'name'],
  ['a name that is too long', { name: 'x'.repeat(256) }, 'name'],
  ['a name that is no text', { name: 7 }, 'name'],
  ['no subdomain', { subdomain: undefined }, 'subdomain'],
  ['a reserved subdomain', { subdomain: 'www' }, 'subdomain'],
  ['a subdomain with a dot', { subdomain: 'a.b' }, 'subdomain'],
  ['a subdomain with a path', { subdomain: '../a' }, 'subdomain'],
  ['a domain with a scheme', { custom_domain: 'https://x.example' }, 'custom_domain'],
  ['an address as domain', { custom_domain: '10.0.0.1' }, 'custom_domain'],
  ['an unknown zone', { timezone: 'Mars/Base' }, 'timezone'],
  ['an offset as zone', { timezone: '+01:00' }, 'timezone'],
  ['published as text', { published: 'yes' }, 'published'],
  ['a logo over http', { logo_url: 'http://x.example/l.png' }, 'logo_url'],
  ['a logo that is a script', { logo_url: 'javascript:alert(1)' }, 'logo_url'],
  ['an unknown attribute', { colour: 'red' }, 'colour'],
  ['an attribute that is ours to set', { custom_domain_verified: true }, 'custom_domain_verified'],
])('a page with %s is 422 and names it', async (_, wrong, path) => {
  const { api } = await aTeam()
  const { status, body } = await api('POST', '/api/status-pages', { name: 'K', subdomain: name(), ...wrong })
  expect([status, body.code, body.errors?.map((e: any) => e.path)]).toEqual([422, 'invalid', [path]])
})

test('text that looks like HTML or SQL is kept as it is', async () => {
  const t = await aTeam()
  const text = `<script>alert(1)</script>'; DROP TABLE status_pages; --`
  const page = await aPage(t, { name: text })
  const section = await t.api('POST', `/api/status-pages/${page.id}/sections`, { name: text })
  const report = await t.api('POST', `/api/status-pages/${page.id}/reports`, { title: text, type: 'incident', message: text })
  expect([page.name, section.body.name, report.body.title, report.body.updates[0].message]).toEqual([text, text, text, text])
})

test('sections and resources keep their order, and move', async () => {
  const t = await aTeam()
  const { id } = await aPage(t)
  const post = async (what: string, body: object) => (await t.api('POST', `/api/status-pages/${id}/${what}`, body)).body
  const [a, b, c] = [
    await post('sections', { name: 'A' }),
    await post('sections', { name: 'B' }),
    await post('sections', { name: 'C', position: 0 }),
  ]
  const sections = async () => (await t.api('GET', `/api/status-pages/${id}/sections`)).body.data.map((s: any) => s.name + s.position)
  expect(await sections()).toEqual(['C0', 'A1', 'B2'])
  expect(await t.api('PATCH', `/api/status-pages/${id}/sections/${c.id}`, { position: 2, name: 'See' })).toMatchObject({
    status: 200,
    body: { name: 'See', position: 2 },
  })
  expect(await sections()).toEqual(['A0', 'B1', 'See2'])

  const [x, y, z] = [
    await aResource(t, id, { public_name: 'X', section_id: a.id }),
    await aResource(t, id, { public_name: 'Y', section_id: a.id }),
    await aResource(t, id, { public_name: 'Z' }),
  ]
  const resources = async () =>
    (await t.api('GET', `/api/status-pages/${id}/resources`)).body.data.map((r: any) => r.public_name + r.position)
  expect(await resources()).toEqual(['X0', 'Y1', 'Z0'])
  expect(await t.api('PATCH', `/api/status-pages/${id}/resources/${y.id}`, { position: 0 })).toMatchObject({
    status: 200,
    body: { position: 0 },
  })
  expect(await resources()).toEqual(['Y0', 'X1', 'Z0'])
  expect(await t.api('PATCH', `/api/status-pages/${id}/resources/${z.id}`, { section_id: b.id })).toMatchObject({
    body: { section_id: b.id, position: 0 },
  })

  const order = {
    sections: [
      { id: c.id, resources: [z.id, x.id] },
      { id: b.id, resources: [] },
      { id: a.id, resources: [] },
    ],
    resources: [y.id],
  }
  expect(await t.api('PUT', `/api/status-pages/${id}/order`, order)).toMatchObject({ status: 200, body: order })
  expect(await sections()).toEqual(['See0', 'B1', 'A2'])
  expect(await resources()).toEqual(['Z0', 'X1', 'Y0'])
  for (const wrong of [
    { ...order, resources: [] },
    { ...order, resources: [y.id, y.id] },
    { ...order, resources: [y.id, UUID] },
    { ...order, sections: order.sections.slice(1) },
  ])
    expect((await t.api('PUT', `/api/status-pages/${id}/order`, wrong)).status).toBe(422)

  expect((await t.api('DELETE', `/api/status-pages/${id}/sections/${c.id}`)).status).toBe(204)
  expect((await t.api('GET', `/api/status-pages/${id}/resources`)).body.data.map((r: any) => r.section_id)).toEqual([null, null, null])
  expect((await t.api('DELETE', `/api/status-pages/${id}/resources/${x.id}`)).status).toBe(204)
  expect((await t.api('DELETE', `/api/status-pages/${id}/resources/${x.id}`)).status).toBe(404)
})

test('a page says what its monitors measure, and what a report says instead', async () => {
  const t = await aTeam()
  const { id } = await aPage(t)
  const checkout = await aResource(t, id, { resource_id: await aMonitor(t.team, 'down', newId()) })
  await aResource(t, id, { public_name: 'Refunds' })
  const page = async () => (await t.api('GET', `/api/status-pages/${id}`)).body
  expect(checkout).toMatchObject({ status: 'downtime', measured_status: 'downtime', overridden: false, public_name: 'Checkout' })
  expect(await page()).toMatchObject({
    aggregate_state: 'downtime',
    sentence: 'Checkout is down',
    open_reports: 0,
    overridden: 0,
    last_update_at: null,
  })

  const report = await t.api('POST', `/api/status-pages/${id}/reports`, {
    title: 'Some card payments fail',
    type: 'INCIDENT',
    status: 'Identified',
    message: 'A release asked for more connections than there are.',
    affected: [{ resource_id: checkout.id, status: 'DEGRADED' }],
  })
  expect(report).toMatchObject({ status: 201, body: { type: 'incident', status: 'identified', phase: 'open', ended_at: null } })
  expect(await page()).toMatchObject({
    sentence: 'Checkout is degraded',
    open_reports: 1,
    overridden: 1,
    last_update_at: expect.any(String),
  })
  expect((await t.api('GET', `/api/status-pages/${id}/resources`)).body.data[0]).toMatchObject({
    status: 'degraded',
    measured_status: 'downtime',
    overridden: true,
  })

  const path = `/api/status-pages/${id}/reports/${report.body.id}`
  const update = await t.api('POST', `${path}/updates`, { message: 'It works again.', status: 'resolved' })
  expect(update.status).toBe(201)
  expect((await t.api('GET', path)).body).toMatchObject({
    status: 'resolved',
    phase: 'over',
    ended_at: update.body.published_at,
    updates: [{ message: 'It works again.' }, {}],
  })
  expect(await page()).toMatchObject({ sentence: 'Checkout is down', open_reports: 0, overridden: 0 })

  // what was said can be taken back: the report follows its latest update
  expect((await t.api('PATCH', `${path}/updates/${update.body.id}`, { status: 'monitoring' })).status).toBe(200)
  expect((await t.api('GET', path)).body).toMatchObject({ status: 'monitoring', phase: 'open', ended_at: null })
  expect((await t.api('DELETE', `${path}/updates/${update.body.id}`)).status).toBe(204)
  expect((await t.api('GET', path)).body).toMatchObject({ status: 'identified', updates: [{}] })
  expect((await t.api('GET', `${path}/updates`)).body.data).toHaveLength(1)
  expect((await t.api('PATCH', path, { title: 'Card payments fail', affected: [] })).body).toMatchObject({
    title: 'Card payments fail',
    affected: [],
  })
  expect((await t.api('DELETE', path)).status).toBe(204)
  expect((await t.api('GET', path)).status).toBe(404)
  expect((await t.api('GET', `/api/status-pages/${id}/reports`)).body.data).toEqual([])
})

test('planned maintenance begins and ends by the clock', async () => {
  const t = await aTeam()
  const { id } = await aPage(t)
  const ledger = await aResource(t, id, { public_name: 'Ledger' })
  const plan = async (from: number, to: number) =>
    (
      await t.api('POST', `/api/status-pages/${id}/reports`, {
        title: 'Ledger upgrade',
        type: 'maintenance',
        starts_at: new Date(Date.now() + from).toISOString(),
        ends_at: new Date(Date.now() + to).toISOString(),
        affected: [{ resource_id: ledger.id, status: 'maintenance' }],
      })
    ).body
  expect(await plan(60_000, 120_000)).toMatchObject({ status: 'scheduled', phase: 'upcoming', updates: [] })
  expect((await t.api('GET', `/api/status-pages/${id}`)).body).toMatchObject({ sentence: 'All services are up', open_reports: 0 })
  expect(await plan(-60_000, 60_000)).toMatchObject({ status: 'in_progress', phase: 'open' })
  expect((await t.api('GET', `/api/status-pages/${id}`)).body).toMatchObject({
    sentence: 'Maintenance: Ledger',
    overridden: 0,
    open_reports: 1,
  })
  expect(await plan(-60_000, -1000)).toMatchObject({ phase: 'over' })
})

test.each<[string, object, string]>([
  ['no title', { title: undefined }, 'title'],
  ['an unknown type', { type: 'rumour' }, 'type'],
  ['a status of the other type', { status: 'scheduled' }, 'status'],
  ['an end before its start', { starts_at: '2026-11-23T10:00:00Z', ends_at: '2026-11-23T09:00:00Z' }, 'ends_at'],
  ['a time that is none', { starts_at: 'yesterday' }, 'starts_at'],
  ['a resource of no page', { affected: [{ resource_id: UUID, status: 'degraded' }] }, 'affected.0.resource_id'],
  ['a state that does not exist', { affected: [{ resource_id: UUID, status: 'on-fire' }] }, 'affected.0.status'],
  ['a resource twice', { affected: Array(2).fill({ resource_id: UUID, status: 'degraded' }) }, 'affected'],
  ['a message that is too long', { message: 'x'.repeat(5001) }, 'message'],
])('a report with %s is 422 and names it', async (_, wrong, path) => {
  const t = await aTeam()
  const { id } = await aPage(t)
  const { status, body } = await t.api('POST', `/api/status-pages/${id}/reports`, { title: 'T', type: 'incident', ...wrong })
  expect([status, body.errors?.map((e: any) => e.path)]).toEqual([422, [path]])
})

test('a resource needs a monitor and a section of this team', async () => {
  const [t, other] = [await aTeam(), await aTeam()]
  const { id } = await aPage(t)
  const post = async (body: object) => await t.api('POST', `/api/status-pages/${id}/resources`, { public_name: 'X', ...body })
  expect((await post({ resource_id: await aMonitor(other.team, 'up') })).body.errors[0].path).toBe('resource_id')
  expect((await post({ resource_id: await aMonitor(t.team, 'up'), section_id: UUID })).body.errors[0].path).toBe('section_id')
  expect((await post({ resource_id: 'x' })).status).toBe(422)
})

test('another team’s page, and everything in it, does not exist', async () => {
  const [t, other] = [await aTeam(), await aTeam()]
  const page = await aPage(t)
  const at = `/api/status-pages/${page.id}`
  const section = (await t.api('POST', `${at}/sections`, { name: 'A' })).body
  const resource = await aResource(t, page.id)
  const report = (await t.api('POST', `${at}/reports`, { title: 'T', type: 'incident', message: 'm' })).body
  const update = `${at}/reports/${report.id}/updates`
  const all: [string, string, object?][] = [
    ['GET', at],
    ['PATCH', at, { name: 'x' }],
    ['DELETE', at],
    ['PUT', `${at}/order`, { sections: [], resources: [] }],
    ['GET', `${at}/sections`],
    ['POST', `${at}/sections`, { name: 'x' }],
    ['PATCH', `${at}/sections/${section.id}`, { name: 'x' }],
    ['DELETE', `${at}/sections/${section.id}`],
    ['GET', `${at}/resources`],
    ['POST', `${at}/resources`, { public_name: 'x', resource_id: await aMonitor(other.team, 'up') }],
    ['PATCH', `${at}/resources/${resource.id}`, { public_name: 'x' }],
    ['DELETE', `${at}/resources/${resource.id}`],
    ['GET', `${at}/reports`],
    ['POST', `${at}/reports`, { title: 'x', type: 'incident' }],
    ['GET', `${at}/reports/${report.id}`],
    ['PATCH', `${at}/reports/${report.id}`, { title: 'x' }],
    ['DELETE', `${at}/reports/${report.id}`],
    ['GET', update],
    ['POST', update, { message: 'x', status: 'resolved' }],
    ['PATCH', `${update}/${report.updates[0].id}`, { message: 'x' }],
    ['DELETE', `${update}/${report.updates[0].id}`],
  ]
  for (const [method, path, body] of all) expect([method, path, (await other.api(method, path, body)).status]).toEqual([method, path, 404])
  expect((await t.api('GET', at)).body).toEqual({ ...page, ...(await t.api('GET', at)).body, name: 'Kestrel Pay' })
  expect((await t.api('GET', `${at}/reports/${report.id}`)).body.title).toBe('T')
  // a page of ours does not open a section of another page of ours either
  const second = await aPage(t)
  expect((await t.api('PATCH', `/api/status-pages/${second.id}/sections/${section.id}`, { name: 'x' })).status).toBe(404)
  expect((await t.api('DELETE', `/api/status-pages/${second.id}/resources/${resource.id}`)).status).toBe(404)
})

test('who may only read cannot write', async () => {
  const reader = await aTeam({ scopes: ['status-pages:read'] })
  expect((await reader.api('GET', '/api/status-pages')).status).toBe(200)
  expect(await reader.api('POST', '/api/status-pages', { name: 'K', subdomain: name() })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
  const stranger = await aTeam({ scopes: ['logs:read'] })
  expect((await stranger.api('GET', '/api/status-pages')).status).toBe(403)
})

test('a create with an Idempotency-Key happens once', async () => {
  const t = await aTeam()
  const key = { 'idempotency-key': newId() }
  const body = { name: 'K', subdomain: name() }
  const [first, second] = [await t.api('POST', '/api/status-pages', body, key), await t.api('POST', '/api/status-pages', body, key)]
  expect([second.status, second.body]).toEqual([201, first.body])
  const at = `/api/status-pages/${first.body.id}/sections`
  const again = { 'idempotency-key': newId() }
  await t.api('POST', at, { name: 'A' }, again)
  await t.api('POST', at, { name: 'A' }, again)
  expect((await t.api('GET', at)).body.data).toHaveLength(1)
})
