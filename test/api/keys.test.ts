import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { member, apiKey as table } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { hashToken, newId, newToken } from '../../shared/ids.ts'
import { MINUTE, SECOND } from '../../shared/time.ts'
import { aTeam, call, env } from '../given.ts'

const database = db(env.DB)
const path = '/api/auth/api-keys'
type Team = Awaited<ReturnType<typeof aTeam>>
const make = async ({ api }: Team, input: Record<string, unknown> = {}) =>
  (await api('POST', path, { name: 'Terraform', scopes: ['uptime:read'], ...input })).body as { id: string; key: string; masked: string }
const asks = async (key: string, at = '/api/uptime/monitors') => (await call(at, { headers: { authorization: `Bearer ${key}` } })).status
afterEach(() => vi.useRealTimers())

describe('a key', () => {
  test('is shown once, then by its end alone; it is kept as a hash', async () => {
    const team = await aTeam()
    const { key, masked, id } = await make(team)
    expect(key).toMatch(/^toc_[0-9A-Za-z]{38}$/)
    expect(masked).toBe(`toc_…${key.slice(-4)}`)
    const list = await team.api('GET', path)
    expect(list.body.data[0]).toMatchObject({
      id,
      name: 'Terraform',
      scopes: ['uptime:read'],
      made_by: { name: 'Ines Okafor' },
      last_used_at: null,
      expires_at: null,
    })
    expect(JSON.stringify(list.body)).not.toContain(key)
    expect(JSON.stringify(await database.select().from(table))).not.toContain(key)
  })

  test('an Idempotency-Key makes one key, and the second answer is without it', async () => {
    const { api } = await aTeam()
    const once = () => api('POST', path, { name: 'x', scopes: ['*'] }, { 'idempotency-key': 'same' })
    const [first, second] = [await once(), await once()]
    expect(second.body).toEqual({ ...first.body, key: undefined })
    expect((await api('GET', path)).body.data).toHaveLength(2)
  })

  test('stops when it is deleted: here at once, in other isolates within ten seconds', async () => {
    const team = await aTeam()
    const [here, there] = [await make(team), await make(team)]
    expect([await asks(here.key), await asks(there.key)]).toEqual([200, 200])
    expect((await team.api('DELETE', `${path}/${here.id}`)).status).toBe(204)
    expect(await asks(here.key)).toBe(401)
    expect(await asks(there.key)).toBe(200)
    await database.update(table).set({ deleted_at: Date.now() }).where(eq(table.id, there.id))
    expect(await asks(there.key), 'still remembered').toBe(200)
    vi.useFakeTimers({ now: Date.now() + 10 * SECOND, toFake: ['Date'] })
    expect(await asks(there.key)).toBe(401)
    expect((await team.api('DELETE', `${path}/${here.id}`)).status, 'twice').toBe(404)
  })

  test('stops at its end, to the second, though it is remembered', async () => {
    const team = await aTeam()
    const now = Date.now()
    const { key } = await make(team, { expires_at: new Date(now + 5 * SECOND).toISOString() })
    expect(await asks(key)).toBe(200)
    vi.useFakeTimers({ now: now + 5 * SECOND, toFake: ['Date'] })
    expect(await asks(key)).toBe(401)
  })

  test('stops when its maker leaves the team, and shrinks with their role', async () => {
    const team = await aTeam()
    const maker = await aTeam()
    const membership = newId()
    await database
      .insert(member)
      .values({ id: membership, organizationId: team.team, userId: maker.person, role: 'admin', createdAt: new Date() })
    const key = newToken('toc')
    const row = {
      id: newId(),
      team: team.team,
      name: 'x',
      hash: await hashToken(key),
      tail: 'x',
      scopes: ['*'],
      created_by: maker.person,
      created_at: 0,
    }
    await database.insert(table).values(row)
    const write = async () =>
      (
        await call('/api/auth/team', {
          method: 'PATCH',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: '{"name":"x"}',
        })
      ).status
    expect(await write()).toBe(200)
    expect((await team.api('PATCH', `/api/auth/members/${membership}`, { role: 'member' })).status).toBe(200)
    expect(await write()).toBe(403)
    expect((await team.api('DELETE', `/api/auth/members/${membership}`)).status).toBe(204)
    expect(await write()).toBe(401)
  })

  test('notes its last use, at most once a minute', async () => {
    const team = await aTeam()
    const { key, id } = await make(team)
    const used = async () => (await database.select().from(table).where(eq(table.id, id)))[0]!.last_used_at
    await asks(key)
    await vi.waitFor(async () => expect(await used()).not.toBeNull())
    const first = await used()
    for (let i = 0; i < 5; i++) await asks(key)
    expect(await used()).toBe(first)
    vi.useFakeTimers({ now: first! + 2 * MINUTE, toFake: ['Date'] })
    await asks(key)
    vi.useRealTimers()
    await vi.waitFor(async () => expect(await used()).toBeGreaterThan(first!))
  })

  test.each([
    ['nothing', ''],
    ['a word', 'Bearer key'],
    ['another scheme', 'Basic dXNlcjpwYXNz'],
    ['a wrong checksum', `Bearer toc_${'a'.repeat(38)}`],
    ["a source's token", `Bearer ${newToken('src')}`],
    ['one that nobody made', `Bearer ${newToken('toc')}`],
    ['SQL', "Bearer ' OR 1=1 --"],
    ['a megabyte', `Bearer ${'a'.repeat(10_000)}`],
  ])('that is %s is 401, and says nothing of what was sent', async (_, authorization) => {
    const r = await call('/api/uptime/monitors', { headers: { authorization } })
    expect(r.status).toBe(401)
    expect(r.headers.get('www-authenticate')).toBe('Bearer')
    if (authorization.length > 12) expect(await r.text()).not.toContain(authorization.slice(7, 40))
  })

  test("of one team sees nothing of another's, nor does X-Team help", async () => {
    const [a, b] = [await aTeam(), await aTeam()]
    const { id } = await make(b)
    expect((await a.api('DELETE', `${path}/${id}`)).status).toBe(404)
    expect((await a.api('GET', path, undefined, { 'x-team': b.team })).status).toBe(403)
    expect((await a.api('GET', path, undefined, { 'x-team': a.team })).status).toBe(200)
    expect(JSON.stringify((await a.api('GET', path)).body)).not.toContain(id)
  })

  test('is no person: the personal routes are 403', async () => {
    const { api } = await aTeam()
    for (const at of ['session', 'profile', 'sessions', 'teams']) expect((await api('GET', `/api/auth/${at}`)).status).toBe(403)
    expect((await api('POST', '/api/auth/password', { current_password: 'x', new_password: 'a long new password' })).status).toBe(403)
  })
})

describe('making a key', () => {
  test.each([
    ['no scope', { scopes: [] }, 'scopes'],
    ['an unknown scope', { scopes: ['uptime:delete'] }, 'scopes.0'],
    ['no name', { name: '' }, 'name'],
    ['an end in the past', { expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['an end that is no time', { expires_at: 'tomorrow' }, 'expires_at'],
    ['a key of its own', { key: 'toc_mine' }, 'key'],
  ])('with %s is 422 and names the attribute', async (_, wrong, at) => {
    const { api } = await aTeam()
    expect(await api('POST', path, { name: 'x', scopes: ['*'], ...wrong })).toMatchObject({ status: 422, body: { errors: [{ path: at }] } })
  })

  test('never gives more than its maker may', async () => {
    const lead = await aTeam({ role: 'team_lead' })
    expect((await lead.api('POST', path, { name: 'x', scopes: ['billing:write'] })).status).toBe(403)
    const all = await make(lead, { scopes: ['*'] })
    const r = await call(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${all.key}`, 'content-type': 'application/json' },
      body: '{"name":"x","scopes":["billing:read"]}',
    })
    expect(r.status).toBe(403)
  })

  test('with a narrow key never makes a wider one', async () => {
    const { api } = await aTeam({ scopes: ['auth:write'] })
    expect((await api('POST', path, { name: 'x', scopes: ['*'] })).status).toBe(403)
    expect((await api('POST', path, { name: 'x', scopes: ['uptime:read'] })).status).toBe(403)
    expect((await api('POST', path, { name: 'x', scopes: ['auth:read'] })).status).toBe(201)
  })
})
