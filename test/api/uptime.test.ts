import { beforeAll, expect, inject, test } from 'vitest'
import { db } from '../../shared/db.ts'
import { monitors } from '../../shared/uptime/table.ts'
import { aTeam, env } from '../given.ts'

const path = '/api/uptime/monitors'
/** A page that does not answer while these tests run: what they make stays pending. */
const silent = `${inject('target')}/silent`
beforeAll(async () => {
  await fetch(silent, { method: 'PUT', body: JSON.stringify([{ afterMs: 60_000 }]) })
})

test('only an address is required; everything else has its default', async () => {
  const { api } = await aTeam()
  const { status, body } = await api('POST', path, { url: silent })
  expect(status).toBe(201)
  expect(body).toMatchObject({
    url: silent, monitor_type: 'status', name: silent.slice(7), pronounceable_name: silent.slice(7),
    check_frequency: 30, confirmation_period: 0, recovery_period: 180, request_timeout: 15, regions: ['us', 'eu', 'as', 'au'], quorum: 3,
    http_method: 'GET', request_headers: [], request_body: null, follow_redirects: true, expected_status_codes: [], required_keyword: null,
    paused: false, policy_id: null, monitor_group_id: null, status: 'pending', incident_id: null, email: true, verify_ssl: true,
  }) // biome-ignore format: a table
  expect(body.number).toBeGreaterThan(0)
  expect((await api('GET', `${path}/${body.id}`)).body).toMatchObject({ id: body.id, name: silent.slice(7) })
})

test('every attribute can be given, in any case, and changed', async () => {
  const { api } = await aTeam()
  const group = (await api('POST', '/api/uptime/monitor-groups', { name: 'Payments' })).body
  const full = {
    url: silent, monitor_type: 'KEYWORD', pronounceable_name: 'Checkout', check_frequency: 10, confirmation_period: 60, recovery_period: 0,
    request_timeout: 5, regions: ['EU', 'us'], quorum: 1, http_method: 'post', request_headers: [{ name: 'X-Key', value: 'k3y' }], request_body: '{"a":1}',
    auth_username: 'probe', auth_password: 'pa55', follow_redirects: false, expected_status_codes: [200, 204], required_keyword: 'ready',
    maintenance_from: '02:00', maintenance_to: '03:00:00', maintenance_timezone: 'Europe/Paris', maintenance_days: ['TUE'], paused: true,
    monitor_group_id: group.id, call: true, sms: true, email: false, push: true, critical_alert: true, team_wait: 180, verify_ssl: true,
    ip_version: null, proxy_host: null, ssl_expiration: null,
  } // biome-ignore format: a table
  const { status, body } = await api('POST', path, full)
  expect(status, JSON.stringify(body)).toBe(201)
  expect(body).toMatchObject({
    monitor_type: 'keyword', regions: ['eu', 'us'], quorum: 1, http_method: 'POST', auth_password_set: true, status: 'paused', maintenance_days: ['tue'],
    request_headers: [{ name: 'X-Key', value: null }],
  }) // biome-ignore format: a table
  const changed = await api('PATCH', `${path}/${body.id}`, { name: 'Checkout API', paused: false, quorum: null, auth_password: null })
  expect(changed.body).toMatchObject({
    name: 'Checkout API',
    paused: false,
    paused_at: null,
    status: 'pending',
    quorum: 2,
    auth_password_set: false,
    required_keyword: 'ready',
  })
})

test('passwords and header values are sealed at rest and never come back', async () => {
  const { api, team } = await aTeam()
  const secret = 'super-secret-value'
  const { body } = await api('POST', path, {
    url: silent, auth_username: 'u', auth_password: secret, request_headers: [{ name: 'Authorization', value: secret }],
  }) // biome-ignore format: one request
  const [row] = (await db(env.DB).select().from(monitors)).filter((m) => m.team === team)
  expect(JSON.stringify([body, row, (await api('GET', path)).body])).not.toContain(secret)
  const before = row!.request_headers
  const kept = await api('PATCH', `${path}/${body.id}`, {
    request_headers: [
      { name: 'authorization', value: null },
      { name: 'X-New', value: 'v' },
    ],
  })
  expect(kept.status).toBe(200)
  const [after] = (await db(env.DB).select().from(monitors)).filter((m) => m.team === team)
  expect(after!.request_headers[0]!.value).toBe(before[0]!.value)
  expect(after!.auth_password).toBe(row!.auth_password)
  expect(await api('PATCH', `${path}/${body.id}`, { request_headers: [{ name: 'X-Unknown', value: null }] })).toMatchObject({
    status: 422,
    body: { code: 'invalid' },
  })
})

test('what comes later and what this runtime cannot do are told apart from mistakes', async () => {
  const { api } = await aTeam()
  const post = async (more: object) => (await api('POST', path, { url: 'https://a.example.com', ...more })).body
  for (const type of ['ping', 'TCP', 'udp', 'smtp', 'pop', 'imap', 'dns', 'playwright'])
    expect(await post({ monitor_type: type })).toMatchObject({ status: 422, code: 'not-available-yet' })
  expect(await post({ ssl_expiration: 7 })).toMatchObject({ code: 'not-available-yet', errors: [{ path: 'ssl_expiration' }] })
  for (const more of [
    { verify_ssl: false },
    { proxy_host: 'p.example.com' },
    { proxy_port: 8080 },
    { ip_version: 'ipv4' },
    { request_body: 'x' },
  ])
    expect(await post(more)).toMatchObject({ status: 422, code: 'not-available-here' })
  expect(await post({ monitor_type: 'nonsense' })).toMatchObject({ status: 422, code: 'invalid', errors: [{ path: 'monitor_type' }] })
})

test('values that cannot be are refused with their path, and nothing submitted is repeated', async () => {
  const { api } = await aTeam()
  const wrong: [object, string][] = [
    [{ url: 'htps://a.example.com' }, 'url'], [{ url: 'ftp://a.example.com' }, 'url'], [{ url: 'javascript:alert(1)' }, 'url'], [{ url: 'https://' }, 'url'],
    [{ url: 'https://user:pass@a.example.com' }, 'url'], [{ url: `https://a.example.com/${'x'.repeat(3000)}` }, 'url'], [{ url: 7 }, 'url'], [{ url: null }, 'url'],
    [{ check_frequency: 1 }, 'check_frequency'], [{ check_frequency: 30.5 }, 'check_frequency'], [{ check_frequency: '30' }, 'check_frequency'],
    [{ request_timeout: 61 }, 'request_timeout'], [{ regions: [] }, 'regions'], [{ regions: ['eu', 'EU'] }, 'regions'], [{ regions: ['mars'] }, 'regions.0'],
    [{ quorum: 5 }, 'quorum'], [{ quorum: 0 }, 'quorum'], [{ regions: ['eu'], quorum: 2 }, 'quorum'], [{ http_method: 'TRACE' }, 'http_method'],
    [{ request_headers: [{ name: 'a b', value: 'x' }] }, 'request_headers.0.name'], [{ request_headers: [{ name: 'Host', value: 'x' }] }, 'request_headers.0.name'],
    [{ request_headers: [{ name: 'a', value: 'x\r\nEvil: 1' }] }, 'request_headers.0.value'], [{ expected_status_codes: [99] }, 'expected_status_codes.0'],
    [{ monitor_type: 'expected_status_code' }, 'expected_status_codes'], [{ monitor_type: 'keyword' }, 'required_keyword'],
    [{ maintenance_from: '25:00', maintenance_to: '03:00' }, 'maintenance_from'], [{ maintenance_from: '02:00' }, 'maintenance_to'],
    [{ maintenance_from: '02:00', maintenance_to: '02:00' }, 'maintenance_to'], [{ maintenance_timezone: 'Paris Summer Time' }, 'maintenance_timezone'],
    [{ maintenance_timezone: '+02:00' }, 'maintenance_timezone'], [{ auth_password: 'x' }, 'auth_username'], [{ nonsense: 1 }, 'nonsense'],
    [{ monitor_group_id: '01900000-0000-7000-8000-000000000000' }, 'monitor_group_id'], [{ policy_id: 'x' }, 'policy_id'], [{ policy_id: '01900000-0000-7000-8000-000000000000' }, 'policy_id'], [{ name: '' }, 'name'], [{ name: 'a\u0000b' }, 'name'],
  ] // biome-ignore format: a table
  for (const [more, at] of wrong) {
    const { status, body } = await api('POST', path, { url: 'https://a.example.com', ...more })
    expect([at, status, body.code, body.errors?.map((e: any) => e.path)]).toEqual([at, 422, 'invalid', expect.arrayContaining([at])])
  }
  const { body } = await api('POST', path, { url: 'htps://pssst.example.com/very-secret' })
  expect(JSON.stringify(body)).not.toContain('pssst')
})

test('SQL and HTML in texts are only texts', async () => {
  const { api } = await aTeam()
  for (const name of ["'; DROP TABLE monitors; --", '<script>alert(1)</script>', '%', '_', '\\', '💥'.repeat(50)]) {
    const made = await api('POST', path, { url: silent, name })
    expect([name, made.status, made.body.name]).toEqual([name, 201, name])
    const found = await api('GET', `${path}?q=${encodeURIComponent(name)}`)
    expect([name, found.status, found.body.data.map((m: any) => m.name)]).toEqual([name, 200, [name]])
  }
})

test("another team's monitor is not there, for nobody", async () => {
  const [a, b] = [await aTeam(), await aTeam()]
  const { id } = (await a.api('POST', path, { url: silent })).body
  const group = (await a.api('POST', '/api/uptime/monitor-groups', { name: 'A' })).body.id
  for (const [method, at, body] of [
    ['GET', `${path}/${id}`], ['PATCH', `${path}/${id}`, { name: 'mine' }], ['DELETE', `${path}/${id}`], ['GET', `/api/uptime/monitor-groups/${group}`],
    ['PATCH', `/api/uptime/monitor-groups/${group}`, { name: 'mine' }], ['DELETE', `/api/uptime/monitor-groups/${group}`], ['GET', `${path}/not-an-id`],
  ] as [string, string, unknown?][]) // biome-ignore format: a table
    expect([method, at, (await b.api(method, at, body)).status]).toEqual([method, at, 404])
  expect((await b.api('GET', path)).body.data).toEqual([])
  expect((await b.api('POST', path, { url: silent, monitor_group_id: group })).status).toBe(422)
  expect((await a.api('GET', `${path}/${id}`)).body.name).toBe(silent.slice(7))
})

test('a key that may only read changes nothing', async () => {
  const { api } = await aTeam({ scopes: ['uptime:read'] })
  expect((await api('GET', path)).status).toBe(200)
  const refused = await api('POST', path, { url: silent })
  expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(refused.body.detail).toContain('uptime:write')
})

test('lists filter, search, sort and page', async () => {
  const { api } = await aTeam()
  const group = (await api('POST', '/api/uptime/monitor-groups', { name: 'Payments' })).body.id
  const make = (more: object) => api('POST', path, more)
  await make({ url: silent, name: 'Bravo', regions: ['eu'], monitor_group_id: group })
  await make({ url: silent, name: 'alpha 100%', paused: true })
  await make({ url: silent, name: 'Charlie', monitor_type: 'keyword', required_keyword: 'x' })
  const names = async (query: string) => (await api('GET', `${path}?${query}`)).body.data.map((m: any) => m.name)
  expect(await names('sort=created_at')).toEqual(['Bravo', 'alpha 100%', 'Charlie'])
  expect(await names('sort=-created_at')).toEqual(['Charlie', 'alpha 100%', 'Bravo'])
  expect(await names('type=keyword')).toEqual(['Charlie'])
  expect(await names('status=paused')).toEqual(['alpha 100%'])
  expect(await names('state=PENDING,down&sort=name')).toEqual(['Bravo', 'Charlie'])
  expect(await names('region=eu&sort=name')).toHaveLength(3)
  expect(await names('region=us&sort=name')).toEqual(['Charlie', 'alpha 100%'])
  expect(await names(`group=${group}`)).toEqual(['Bravo'])
  expect(await names('group=none&sort=name')).toEqual(['Charlie', 'alpha 100%'])
  expect(await names('q=100%25')).toEqual(['alpha 100%'])
  expect(await names('q=ALPHA')).toEqual(['alpha 100%'])
  expect((await api('GET', `${path}?status=nonsense`)).status).toBe(422)
  expect((await api('GET', `${path}?page=0`)).status).toBe(422)
  const second = (await api('GET', `${path}?per_page=2&page=2&sort=created_at`)).body
  expect(second.data.map((m: any) => m.name)).toEqual(['Charlie'])
  expect(second.pagination.prev).toContain('page=1')
  expect(second.pagination.next).toBeNull()
  const none = { up: 0, down: 0, validating: 0, maintenance: 0 }
  const { groups, ...all } = (await api('GET', `${path}/counts`)).body
  expect(all).toEqual({ ...none, total: 3, paused: 1, pending: 2 })
  expect(groups).toHaveLength(2)
  expect(groups).toContainEqual({ ...none, id: group, total: 1, paused: 0, pending: 1 })
  expect(groups).toContainEqual({ ...none, id: null, total: 2, paused: 1, pending: 1 })
})

test('a deleted monitor is gone from lists and cannot be changed; a group goes without its monitors', async () => {
  const { api } = await aTeam()
  const group = (await api('POST', '/api/uptime/monitor-groups', { name: 'Payments' })).body.id
  const { id } = (await api('POST', path, { url: silent, monitor_group_id: group })).body
  expect((await api('PATCH', `/api/uptime/monitor-groups/${group}`, { paused: true })).body.paused).toBe(true)
  expect((await api('GET', `${path}/${id}`)).body.status).toBe('paused')
  expect((await api('DELETE', `/api/uptime/monitor-groups/${group}`)).status).toBe(204)
  expect((await api('GET', `${path}/${id}`)).body).toMatchObject({ monitor_group_id: null, status: 'pending' })
  expect((await api('DELETE', `${path}/${id}`)).status).toBe(204)
  expect((await api('DELETE', `${path}/${id}`)).status).toBe(404)
  expect((await api('PATCH', `${path}/${id}`, { name: 'x' })).status).toBe(404)
  expect((await api('GET', path)).body.data).toEqual([])
})

test('creating twice with one Idempotency-Key makes one monitor and answers the same, also at the same time', async () => {
  const { api } = await aTeam()
  const post = () => api('POST', path, { url: silent }, { 'idempotency-key': 'one' })
  const [a, b] = await Promise.all([post(), post()])
  const c = await post()
  expect([a.status, b.status, c.status]).toEqual([201, 201, 201])
  expect(b.body).toEqual(a.body)
  expect(c.body).toEqual(a.body)
  const listed = (await api('GET', path)).body.data
  expect(listed.map((m: any) => m.number)).toEqual([a.body.number])
  expect((await api('POST', path, { url: silent, name: 'another' }, { 'idempotency-key': 'one' })).body.code).toBe('idempotency-key-reused')
})
