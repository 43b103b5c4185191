import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { and, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { seedPeople } from '../../local/demo.ts'
import { demo } from '../../shared/auth/demo.ts'
import { allowed, type Permission, permissions, type Role, roles } from '../../shared/auth/permissions.ts'
import { member, organization, session } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { api as worker } from '../../workers/api/index.ts'
import { aTeam, base, call, env, signedIn } from '../given.ts'

const database = db(env.DB)
const join = (team: string, userId: string, role: Role) =>
  database.insert(member).values({ id: newId(), organizationId: team, userId, role, createdAt: new Date() })
const status = async (path: string, headers: Record<string, string>, method = 'GET', body?: unknown) =>
  (
    await call(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  ).status
const members = '/api/auth/members'

describe('a session', () => {
  test('asks in its only team without naming it', async () => {
    const { person } = await aTeam()
    expect(await status(members, await signedIn(person))).toBe(200)
  })

  test('in several teams must name one: 409 team-required, else that team answers', async () => {
    const [a, b] = [await aTeam({ name: 'A' }), await aTeam({ name: 'B' })]
    await join(b.team, a.person, 'responder')
    const browser = await signedIn(a.person)
    const unnamed = await call(members, { headers: browser })
    expect([unnamed.status, ((await unnamed.json()) as any).code]).toEqual([409, 'team-required'])
    for (const [{ team }, role] of [
      [a, 'admin'],
      [b, 'responder'],
    ] as const) {
      const r: any = await (await call('/api/auth/session', { headers: { ...browser, 'x-team': team } })).json()
      expect(r.teams.map((t: any) => t.name)).toEqual(['A', 'B'])
      expect(r.permissions).toEqual(permissions.filter((p) => (allowed[role] as readonly Permission[]).includes(p)))
      const list: any = await (await call(members, { headers: { ...browser, 'x-team': team.toUpperCase() } })).json()
      expect(list.data.length).toBe(team === a.team ? 1 : 2)
    }
    expect(((await (await call('/api/auth/session', { headers: browser })).json()) as any).permissions, 'no team named').toEqual([])
  })

  test.each(['another team', 'a team that does not exist', 'nonsense', 'SQL'])('naming %s is 403', async (what) => {
    const { person } = await aTeam()
    const named = { 'another team': (await aTeam()).team, 'a team that does not exist': newId(), nonsense: 'x', SQL: "' OR 1=1 --" }[what]!
    expect(await status(members, { ...(await signedIn(person)), 'x-team': named })).toBe(403)
  })

  test('loses a team at once when its person is taken out of it, and each change of role counts at once', async () => {
    const { team, person } = await aTeam()
    const second = await aTeam()
    await join(team, second.person, 'admin')
    const browser = { ...(await signedIn(second.person)), 'x-team': team }
    const write = () => status('/api/auth/team', browser, 'PATCH', { name: 'x' })
    expect(await write()).toBe(200)
    const mine = and(eq(member.organizationId, team), eq(member.userId, second.person))
    await database.update(member).set({ role: 'member' }).where(mine)
    expect(await write()).toBe(403)
    await database.delete(member).where(mine)
    expect(await status(members, browser)).toBe(403)
    expect(await status(members, await signedIn(person))).toBe(200)
  })

  test('of somebody in no team is told so, and can still see and leave', async () => {
    const { person } = await aTeam()
    await database.delete(member).where(eq(member.userId, person))
    const browser = await signedIn(person)
    expect(await status(members, browser)).toBe(403)
    expect(await status('/api/auth/session', browser)).toBe(200)
    expect(await status('/api/auth/teams', browser, 'POST', { name: 'Begin again' })).toBe(201)
    expect(await status(members, browser)).toBe(200)
  })

  test('that ended is 401, and so is one that was cut, changed or made up', async () => {
    const { person } = await aTeam()
    expect(await status(members, await signedIn(person, { expiresAt: new Date(Date.now() - 1) }))).toBe(401)
    const { cookie } = (await signedIn(person)) as { cookie: string }
    for (const forged of [
      cookie.slice(0, -6),
      cookie.replace('%2E', '.').replace(/=(.)/, (_, c) => `=${c === 'a' ? 'b' : 'a'}`),
      'tocsin_80=x',
      'tocsin_80=',
      'tocsin_80=%00',
      `tocsin_80=${'a'.repeat(5000)}`,
    ])
      expect(await status(members, { cookie: forged }), forged).toBe(401)
  })

  test.each([
    ['from nowhere', null],
    ['from another site', 'https://evil.example'],
    ['from another port', 'http://localhost:81'],
    ['from a sandbox', 'null'],
  ])('that changes something %s is 403; reading is not', async (_, origin) => {
    const { person } = await aTeam()
    const browser = await signedIn(person, { origin })
    for (const [method, path, body] of [
      ['PATCH', '/api/auth/team', { name: 'x' }],
      ['POST', '/api/auth/invitations', { email: 'a@b.example' }],
      ['PATCH', '/api/auth/profile', { name: 'x' }],
      ['DELETE', `/api/auth/api-keys/${newId()}`, undefined],
    ] as const)
      expect(await status(path, browser, method, body), `${method} ${path}`).toBe(403)
    expect(await status(members, browser)).toBe(200)
  })

  test('opens a socket only from a page of ours, in the team that ?team= names', async () => {
    const [a, b] = [await aTeam(), await aTeam()]
    await join(b.team, a.person, 'member')
    const upgrade = { ...(await signedIn(a.person)), upgrade: 'websocket' }
    expect(await status('/api/live', upgrade)).toBe(409)
    expect(await status(`/api/live?team=${b.team}`, upgrade)).toBe(101)
    expect(await status(`/api/live?team=${newId()}`, upgrade)).toBe(403)
    expect(await status(`/api/live?team=${b.team}`, { ...upgrade, origin: 'https://evil.example' })).toBe(403)
    expect(await status(`${members}?team=${b.team}`, await signedIn(a.person)), '?team= is for sockets alone').toBe(409)
  })

  test('in use is prolonged once a day, and its last use is noted', async () => {
    const { person } = await aTeam()
    const browser = await signedIn(person, { expiresAt: new Date(Date.now() + 20 * DAY) })
    const [before] = await database.select().from(session).where(eq(session.userId, person))
    await database
      .update(session)
      .set({ updatedAt: new Date(Date.now() - HOUR) })
      .where(eq(session.id, before!.id))
    const ctx = createExecutionContext()
    const r = await worker.fetch(new Request(`${base}/api/auth/session`, { headers: browser }), env, ctx)
    await waitOnExecutionContext(ctx)
    const [after] = await database.select().from(session).where(eq(session.userId, person))
    expect(after!.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * DAY)
    expect(after!.updatedAt.getTime()).toBeGreaterThan(Date.now() - MINUTE)
    expect(r.headers.getSetCookie()[0]).toMatch(/^tocsin_80=.+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
    const again = await call('/api/auth/session', { headers: browser })
    expect(again.headers.getSetCookie()).toEqual([])
  })
})

describe('a team that is being deleted', () => {
  test('stops sessions and new keys at once', async () => {
    const { team, person, key } = await aTeam()
    await database.update(organization).set({ deletedAt: new Date() }).where(eq(organization.id, team))
    expect(await status(members, await signedIn(person))).toBe(403)
    expect(await status(members, { authorization: `Bearer ${key}` })).toBe(401)
  })
})

describe('TOCSIN_TOKEN', () => {
  const token = 'bar-token-0123456789abcdef0123456789abcdef'
  const ask = async (authorization: string, TOCSIN_TOKEN: string, path = '/api/auth/session') => {
    const ctx = createExecutionContext()
    const r = await worker.fetch(new Request(base + path, { headers: { authorization } }), { ...env, TOCSIN_TOKEN }, ctx)
    await waitOnExecutionContext(ctx)
    return { status: r.status, body: (await r.json()) as any }
  }
  beforeAll(() => seedPeople(database, true, Date.now()))

  test('acts as the owner of the demo team', async () => {
    expect(await ask(`Bearer ${token}`, token)).toMatchObject({
      status: 200,
      body: { user: { id: demo.owner }, teams: [{ name: 'Demo', role: 'admin' }] },
    })
    expect((await ask(`Bearer ${token}`, token, members)).body.data).toHaveLength(5)
  })

  test('is refused when it is another one, cut or too short to be set', async () => {
    for (const wrong of [`${token}x`, token.slice(0, -1), '', `${token} x`]) expect((await ask(`Bearer ${wrong}`, token)).status).toBe(401)
    expect((await ask('Bearer short', 'short')).status).toBe(401)
    expect((await ask('Bearer ', '')).status).toBe(401)
  })

  test('asks in the demo team even when its owner is in others', async () => {
    const other = await aTeam()
    await join(other.team, demo.owner, 'admin')
    expect((await ask(`Bearer ${token}`, token, '/api/auth/team')).body).toMatchObject({ id: demo.team })
  })
})

describe('what each role may do, on real routes', () => {
  /** One harmless request per permission: refused with 403 exactly when the role lacks it, by a key and by a session alike. */
  const routes: [Permission, string, string, unknown?][] = [
    ['auth:read', 'GET', members],
    ['auth:write', 'POST', '/api/auth/api-keys', {}],
    ['uptime:read', 'GET', '/api/uptime/monitors'],
    ['uptime:write', 'POST', '/api/uptime/monitors', {}],
    ['incidents:read', 'GET', '/api/incidents'],
    ['incidents:write', 'POST', '/api/incidents', {}],
    ['oncall:read', 'GET', '/api/oncall/policies'],
    ['oncall:write', 'POST', '/api/oncall/policies', {}],
    ['status-pages:read', 'GET', '/api/status-pages'],
    ['status-pages:write', 'POST', '/api/status-pages', {}],
    ['integrations:read', 'GET', '/api/integrations/webhooks'],
    ['integrations:write', 'POST', '/api/integrations/webhooks', {}],
  ]

  test.each(roles)('%s', async (role) => {
    const { person, key } = await aTeam({ role })
    const browser = await signedIn(person)
    for (const [permission, method, path, body] of routes) {
      const may = (allowed[role] as readonly Permission[]).includes(permission)
      for (const headers of [browser, { authorization: `Bearer ${key}` }] as Record<string, string>[])
        expect((await status(path, headers, method, body)) === 403, `${role} ${method} ${path}`).toBe(!may)
    }
  })

  test.each(routes)('a key with the scope %s alone may nothing else', async (permission, method, path, body) => {
    const { key } = await aTeam({ scopes: [permission] })
    const headers = { authorization: `Bearer ${key}` }
    expect(await status(path, headers, method, body)).not.toBe(403)
    for (const [other, m, p, b] of routes)
      if (other !== permission && other !== permission.replace(':write', ':read'))
        expect(await status(p, headers, m, b), `${m} ${p}`).toBe(403)
  })

  test('a 403 names the permission that is missing', async () => {
    const { api } = await aTeam({ role: 'member' })
    const r = await api('POST', '/api/auth/api-keys', { name: 'x', scopes: ['*'] })
    expect(r).toMatchObject({ status: 403, body: { code: 'forbidden', detail: expect.stringContaining('auth:write') } })
  })
})
