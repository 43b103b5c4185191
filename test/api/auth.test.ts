import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seedPeople } from '../../local/demo.ts'
import { account, member, organization, session, user, verification } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import { api as worker } from '../../workers/api/index.ts'
import { clocks } from '../../workers/cron.ts'
import { drainOutbox } from '../../workers/outbox.ts'
import { failingAt } from '../fakes/failing-d1.ts'
import { aTeam, base, call, env, signedIn } from '../given.ts'

const database = db(env.DB)
const password = 'correct horse battery'
let n = 0
/** Each caller has an address of its own: the limit per address is a test of its own. */
const address = () => `198.51.100.${++n % 250}`

type Answer = { status: number; body: any; headers: Headers; cookie: string }
async function post(path: string, body: unknown, more: Record<string, string> = {}, bindings: Partial<typeof env> = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/json', origin: base, 'cf-connecting-ip': address(), ...more }
  const ctx = createExecutionContext()
  const request = new Request(`${base}/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const r = await worker.fetch(request, { ...env, ...bindings }, ctx)
  await waitOnExecutionContext(ctx)
  const text = await r.text()
  const cookie = r.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  return { status: r.status, body: text ? JSON.parse(text) : null, headers: r.headers, cookie }
}
const get = async (path: string, headers: Record<string, string>): Promise<{ status: number; body: any; headers: Headers }> => {
  const r = await call(`/api/auth/${path}`, { headers })
  return { status: r.status, body: await r.json(), headers: r.headers }
}
const someone = () => ({ name: 'Noor Vance', email: `noor-${newId()}@kestrel.example`, password })
const mailTo = async (to: string): Promise<any[]> =>
  ((await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as any[]).filter((m) => m.to === to)
const tokenIn = (mail: any) => new URL(mail.links[0].url).searchParams.get('token')
async function invitationTo(team: Awaited<ReturnType<typeof aTeam>>, email: string): Promise<string> {
  expect((await team.api('POST', '/api/auth/invitations', { email, role: 'responder' })).status).toBe(201)
  await vi.waitFor(async () => expect(await mailTo(email)).not.toEqual([]))
  return new URL((await mailTo(email))[0].links[0].url).searchParams.get('invitation')!
}
async function resetLink(email: string) {
  expect((await post('request-password-reset', { email })).status).toBe(202)
  return tokenIn((await mailTo(email))[0])
}

describe('signing up', () => {
  test('makes a person, a team of theirs and a session', async () => {
    const r = await post('sign-up/email', { ...someone(), team: 'Kestrel Pay' })
    expect(r).toMatchObject({
      status: 201,
      body: { user: { name: 'Noor Vance', timezone: 'UTC' }, teams: [{ name: 'Kestrel Pay', role: 'admin' }] },
    })
    expect(r.body.teams[0].slug).toMatch(/^kestrel-pay/)
    expect(r.body.permissions).toContain('auth:write')
    const session = await get('session', { cookie: r.cookie })
    expect(session).toMatchObject({ status: 200, body: r.body })
    expect((await get('members', { cookie: r.cookie })).body.data).toMatchObject([{ name: 'Noor Vance', role: 'admin' }])
  })

  test('the cookie is for this host alone, out of reach of scripts, and is never sent along by other sites', async () => {
    const [cookie] = (await post('sign-up/email', someone())).headers.getSetCookie()
    expect(cookie).toMatch(/^tocsin_80=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('over https its name binds it to the host', async () => {
    const https = { TOCSIN_URL: 'https://tocsin.example' }
    const r = await post('sign-up/email', someone(), { origin: 'https://tocsin.example' }, { ...https, DB: failingAt(env.DB, 0).d1 })
    expect(r.headers.getSetCookie()[0]).toMatch(/^__Host-tocsin=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })

  test('two teams of one name get two slugs', async () => {
    const made = await Promise.all([0, 1].map(() => post('sign-up/email', { ...someone(), team: 'Same Name' })))
    expect(made.map((r) => r.status)).toEqual([201, 201])
    expect(new Set(made.map((r) => r.body.teams[0].slug)).size).toBe(2)
  })

  test('again with the same password signs in: the first answer may have been lost', async () => {
    const who = someone()
    const first = await post('sign-up/email', who)
    const again = await post('sign-up/email', who)
    expect(again).toMatchObject({ status: 201, body: first.body })
  })

  test('with an address that has an account and another password is 409', async () => {
    const who = someone()
    await post('sign-up/email', who)
    expect(await post('sign-up/email', { ...who, email: who.email.toUpperCase(), password: 'another password' })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
  })

  test('ten at once with one address make one account', async () => {
    const who = someone()
    const all = await Promise.all(Array.from({ length: 4 }, () => post('sign-up/email', who)))
    expect(
      all.every((r) => r.status === 201 || r.status === 429),
      JSON.stringify(all.map((r) => r.body)),
    ).toBe(true)
    expect(await database.select().from(user).where(eq(user.email, who.email))).toHaveLength(1)
  })

  test.each([
    ['a short password', { password: 'short' }, 'password'],
    ['no name', { name: '  ' }, 'name'],
    ['two lines as a name', { name: 'A\r\nBcc: x@y.example' }, 'name'],
    ['no address', { email: 'noor' }, 'email'],
    ['an address with a second one', { email: 'a@b.example,c@d.example' }, 'email'],
    ['a role', { role: 'admin' }, 'role'],
  ])('with %s is 422 and names the attribute, not the value', async (_, wrong, path) => {
    const r = await post('sign-up/email', { ...someone(), ...wrong })
    expect(r).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ path }] } })
    expect(JSON.stringify(r.body)).not.toContain(password)
  })

  test.each([
    ['invite', 403],
    ['closed', 403],
    ['', 403],
  ])('without an invitation where SIGN_UP is "%s" is %s', async (SIGN_UP, status) => {
    expect((await post('sign-up/email', someone(), {}, { SIGN_UP })).status).toBe(status)
  })

  test('SQL and HTML are names like any other', async () => {
    const name = `'); DROP TABLE user; -- <script>alert(1)</script>`
    expect((await post('sign-up/email', { ...someone(), name, team: name })).body).toMatchObject({ user: { name }, teams: [{ name }] })
  })
})

describe('signing in', () => {
  let who: ReturnType<typeof someone>
  beforeEach(async () => {
    who = someone()
    await post('sign-up/email', who)
  })

  test('answers an unknown address and a wrong password alike: status, body, headers', async () => {
    const tell = async (email: string) => {
      const r = await post('sign-in/email', { email, password: 'wrong password' })
      const { request_id, ...body } = r.body
      const headers = Object.fromEntries([...r.headers].filter(([k]) => k !== 'x-request-id'))
      return { status: r.status, body, headers }
    }
    for (let tries = 1; tries <= 6; tries++) {
      const [unknown, wrong] = [await tell('nobody@kestrel.example'), await tell(who.email)]
      expect(wrong).toEqual(unknown)
      expect(wrong.status).toBe(tries <= 5 ? 401 : 429)
    }
  })

  test('says how many tries are left, then until when, and a reset opens it again', async () => {
    const mine = someone()
    await post('sign-up/email', mine)
    const said: string[] = []
    for (let tries = 0; tries < 5; tries++)
      said.push((await post('sign-in/email', { ...mine, name: undefined, password: 'wrong' })).body.detail)
    expect(said[0]).toBe('E-mail and password do not match. 4 tries left, then wait 15 m.')
    expect(said[4]).toBe('E-mail and password do not match. Wait 15 m, or reset the password now.')
    const closed = await post('sign-in/email', { email: mine.email, password })
    expect(closed).toMatchObject({ status: 429, body: { code: 'rate-limited' } })
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(14 * 60)
    expect((await post('reset-password', { token: await resetLink(mine.email), new_password: 'a new password here' })).status).toBe(200)
    expect((await post('sign-in/email', { email: mine.email, password: 'a new password here' })).status).toBe(200)
  })

  test('a hundred guesses at once are not more than five', async () => {
    const mine = someone()
    await post('sign-up/email', mine)
    const all = await Promise.all(Array.from({ length: 30 }, () => post('sign-in/email', { email: mine.email, password: 'wrong' })))
    expect(all.filter((r) => r.status === 401).length).toBeLessThanOrEqual(5)
    expect(all.every((r) => r.status === 401 || r.status === 429)).toBe(true)
  })

  test('more than thirty a minute from one address are 429', async () => {
    const from = { 'cf-connecting-ip': '203.0.113.7' }
    const all = await Promise.all(Array.from({ length: 40 }, () => get(`invitation?invitation=x`, from)))
    expect(all.filter((r) => r.status === 429).length).toBeGreaterThanOrEqual(5)
    expect(all.find((r) => r.status === 429)?.headers.get('retry-after')).toBe('60')
  })

  test('from a page of somebody else is 403', async () => {
    expect((await post('sign-in/email', { email: who.email, password }, { origin: 'https://evil.example' })).status).toBe(403)
  })

  test('the address in another case is the same address', async () => {
    expect((await post('sign-in/email', { email: who.email.toUpperCase(), password })).status).toBe(200)
  })

  test('the demo account of a first start signs in', async () => {
    await seedPeople(database, true, Date.now())
    expect(await get('entrance', {})).toMatchObject({ body: { sign_up: 'open', demo: { email: 'demo@tocsin.localhost' } } })
    const r = await post('sign-in/email', { email: 'demo@tocsin.localhost', password: 'tocsin-demo' })
    expect(r).toMatchObject({ status: 200, body: { teams: [{ name: 'Demo', role: 'admin' }] } })
  })
})

test('signing out ends the session on the server, not only in the browser', async () => {
  const { cookie } = await post('sign-up/email', someone())
  expect((await post('sign-out', undefined, { cookie, origin: 'https://evil.example' })).status).toBe(403)
  const out = await post('sign-out', {}, { cookie })
  expect(out.status).toBe(204)
  expect(out.headers.getSetCookie()).toEqual(['tocsin_80=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
  expect((await get('session', { cookie })).status).toBe(401)
  expect((await post('sign-out', {})).status, 'signing out without a session').toBe(204)
})

describe('a password reset', () => {
  test('answers the same for an unknown address, and mails only known ones', async () => {
    const who = someone()
    await post('sign-up/email', who)
    const [known, unknown] = [
      await post('request-password-reset', { email: who.email }),
      await post('request-password-reset', { email: 'nobody@k.example' }),
    ]
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body))
    expect([known.status, unknown.status]).toEqual([202, 202])
    expect([(await mailTo(who.email)).length, (await mailTo('nobody@k.example')).length]).toEqual([1, 0])
  })

  test('sets the password, signs in here and signs out everywhere else; the link works once', async () => {
    const who = someone()
    const before = await post('sign-up/email', who)
    const token = await resetLink(who.email)
    const r = await post('reset-password', { token, new_password: 'another long password' })
    expect(r).toMatchObject({ status: 200, body: { user: { email: who.email } } })
    expect((await get('session', { cookie: before.cookie })).status, 'the old session').toBe(401)
    expect((await get('session', { cookie: r.cookie })).status).toBe(200)
    expect((await post('reset-password', { token, new_password: 'yet another password' })).status, 'the link again').toBe(410)
    expect((await post('sign-in/email', { email: who.email, password })).status).toBe(401)
    expect((await post('sign-in/email', { email: who.email, password: 'another long password' })).status).toBe(200)
    expect((await database.select().from(user).where(eq(user.email, who.email)))[0]?.emailVerified).toBe(true)
  })

  test('one link used twice at once sets one password', async () => {
    const who = someone()
    await post('sign-up/email', who)
    const token = await resetLink(who.email)
    const both = await Promise.all(
      ['first new password', 'second new password'].map((new_password) => post('reset-password', { token, new_password })),
    )
    expect(both.map((r) => r.status).sort()).toEqual([200, 410])
  })

  test('a link is over after 60 minutes', async () => {
    const who = someone()
    await post('sign-up/email', who)
    const token = await resetLink(who.email)
    const [found] = await database.select().from(user).where(eq(user.email, who.email))
    await database
      .update(verification)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(verification.value, found!.id))
    expect((await post('reset-password', { token, new_password: 'another long password' })).status).toBe(410)
  })

  test('the link is kept hashed, and a forged one is 410', async () => {
    const who = someone()
    await post('sign-up/email', who)
    const token = await resetLink(who.email)
    expect(JSON.stringify(await database.select().from(verification))).not.toContain(token)
    for (const forged of ['x', `${token}x`, "' OR 1=1 --", '\u0000'])
      expect((await post('reset-password', { token: forged, new_password: 'another long password' })).status).toBe(410)
  })

  test('nobody is buried in mail: five links at a time', async () => {
    const who = someone()
    await post('sign-up/email', who)
    for (let i = 0; i < 8; i++) await post('request-password-reset', { email: who.email })
    expect(await mailTo(who.email)).toHaveLength(5)
  })
})

describe('only the listed routes of better-auth are reachable', () => {
  test.each([
    'sign-in/social',
    'get-session',
    'list-sessions',
    'update-user',
    'delete-user',
    'change-email',
    'change-password',
    'verify-email',
    'reset-password/abc',
    'callback/google',
    'error',
    'ok',
    'organization/create',
    'organization/list',
    'link-social',
    'refresh-token',
    'unlink-account',
    'set-password',
  ])('/api/auth/%s is 404', async (path) => {
    // biome-ignore format: a table
    const { key } = await aTeam()
    for (const method of ['GET', 'POST'])
      expect(
        (
          await call(`/api/auth/${path}`, {
            method,
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
            ...(method === 'POST' ? { body: '{}' } : {}),
          })
        ).status,
      ).toBe(404)
  })
})

/** Walks a flow with D1 failing at its 1st, 2nd, … write; `flow` gets the failing D1 and must leave its person able to finish. */
async function atEveryWrite(flow: (DB: D1Database, tripped: () => boolean) => Promise<void>): Promise<number> {
  for (let nth = 1; ; nth++) {
    const failing = failingAt(env.DB, nth)
    await flow(failing.d1, () => failing.writes() >= nth)
    if (failing.writes() < nth) return nth - 1
  }
}

describe('with D1 failing at every n-th write', () => {
  test('whoever signs up can finish by signing up again, and nothing is left twice', async () => {
    const writes = await atEveryWrite(async (DB, tripped) => {
      const who = someone()
      const first = await post('sign-up/email', who, {}, { DB })
      expect(first.status, JSON.stringify(first.body)).toBe(tripped() && first.status !== 201 ? 500 : 201)
      const again = await post('sign-up/email', who)
      expect(again, JSON.stringify(again.body)).toMatchObject({ status: 201, body: { teams: [{ role: 'admin' }] } })
      const [person] = await database.select().from(user).where(eq(user.email, who.email))
      expect(await database.select().from(account).where(eq(account.userId, person!.id))).toHaveLength(1)
      expect(await database.select().from(member).where(eq(member.userId, person!.id))).toHaveLength(1)
    })
    expect(writes).toBeGreaterThanOrEqual(4)
  })

  test('whoever signs in can sign in again', async () => {
    const who = someone()
    await post('sign-up/email', who)
    const credentials = { email: who.email, password }
    const writes = await atEveryWrite(async (DB) => {
      await post('sign-in/email', credentials, {}, { DB })
      expect((await post('sign-in/email', credentials)).status).toBe(200)
    })
    expect(writes).toBeGreaterThanOrEqual(3)
  })

  test('whoever resets their password can finish by the same link or another one, and no old session outlives the password', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const who = someone()
      const before = await post('sign-up/email', who)
      const token = await resetLink(who.email)
      const new_password = 'another long password'
      await post('reset-password', { token, new_password }, {}, { DB })
      const signedIn = (await post('sign-in/email', { email: who.email, password: new_password })).status === 200
      if (signedIn) expect((await get('session', { cookie: before.cookie })).status, 'the old session').toBe(401)
      else {
        const same = await post('reset-password', { token, new_password })
        if (same.status !== 200)
          expect((await post('reset-password', { token: await resetLink(who.email), new_password })).status).toBe(200)
      }
      expect((await post('sign-in/email', { email: who.email, password: new_password })).status).toBe(200)
    })
    expect(writes).toBeGreaterThanOrEqual(5)
  })

  test('whoever asks for a reset link can ask again', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const who = someone()
      await post('sign-up/email', who)
      expect((await post('request-password-reset', { email: who.email }, {}, { DB })).status).toBe(202)
      expect(await resetLink(who.email)).toBeTruthy()
    })
    expect(writes).toBeGreaterThanOrEqual(1)
  })

  test('whoever joins by an invitation can finish by joining again: in the team once, with its role', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const [team, who] = [await aTeam(), someone()]
      const join = { ...who, invitation: await invitationTo(team, who.email) }
      await post('sign-up/email', join, {}, { DB })
      expect(await post('sign-up/email', join)).toMatchObject({ status: 201, body: { teams: [{ id: team.team, role: 'responder' }] } })
      const [person] = await database.select().from(user).where(eq(user.email, who.email))
      expect(await database.select().from(member).where(eq(member.userId, person!.id))).toHaveLength(1)
    })
    expect(writes).toBeGreaterThanOrEqual(2)
  })

  test('whoever accepts an invitation can accept it again, and what was accepted stays so', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const [team, who] = [await aTeam(), someone()]
      const { cookie } = await post('sign-up/email', who)
      const invitation = await invitationTo(team, who.email)
      const first = await post('invitations/accept', { invitation }, { cookie }, { DB })
      const again = await post('invitations/accept', { invitation }, { cookie })
      expect([first.status, again.status].filter((s) => s === 200).length, `${first.status} ${again.status}`).toBeGreaterThanOrEqual(
        again.status === 410 ? 0 : 1,
      )
      const { body } = await get('teams', { cookie })
      expect(body.data.filter((t: { id: string }) => t.id === team.team)).toHaveLength(1)
    })
    expect(writes).toBeGreaterThanOrEqual(1)
  })

  test('whoever invites can invite again, and the mail comes', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const [team, who] = [await aTeam(), someone()]
      const cookie = (await signedIn(team.person)).cookie!
      const wish = { email: who.email, role: 'responder' }
      await post('invitations', wish, { cookie }, { DB })
      await post('invitations', wish, { cookie })
      await drainOutbox(env, Date.now() + 5 * MINUTE, team.team)
      await vi.waitFor(async () => expect(await mailTo(who.email)).not.toEqual([]))
      expect((await team.api('GET', '/api/auth/invitations')).body.data).toHaveLength(1)
    })
    expect(writes).toBeGreaterThanOrEqual(1)
  })

  test('whoever changes their password can sign in with one of the two, and with the new one in the end', async () => {
    const writes = await atEveryWrite(async (DB) => {
      const who = someone()
      const { cookie } = await post('sign-up/email', who)
      const change = (bindings = {}) =>
        post('password', { current_password: password, new_password: 'another long password' }, { cookie }, bindings)
      const first = await change({ DB })
      const signIn = (tried: string) => post('sign-in/email', { email: who.email, password: tried })
      if (first.status >= 300 && (await signIn('another long password')).status !== 200) {
        expect((await signIn(password)).status).toBe(200)
        expect((await change()).status).toBeLessThan(300)
      }
      expect((await signIn('another long password')).status).toBe(200)
    })
    expect(writes).toBeGreaterThanOrEqual(2)
  })

  test('whoever signs out can sign out again', async () => {
    await atEveryWrite(async (DB) => {
      const { cookie } = await post('sign-up/email', someone())
      await post('sign-out', {}, { cookie }, { DB })
      expect((await post('sign-out', {}, { cookie })).status).toBe(204)
      expect((await get('session', { cookie })).status).toBe(401)
    })
  })
})

describe('the daily sweep', () => {
  const old = new Date(Date.now() - 2 * DAY)
  afterEach(() => vi.restoreAllMocks())

  test('removes a person without a way to sign in and a team without anybody, once they are a day old', async () => {
    const [ghost, empty, fresh] = [newId(), newId(), newId()]
    const person = (id: string, at: Date) => ({ id, name: 'x', email: `${id}@k.example`, createdAt: at, updatedAt: at })
    await database.batch([
      database.insert(user).values(person(ghost, old)),
      database.insert(user).values(person(fresh, new Date())),
      database.insert(organization).values({ id: empty, name: 'Empty', slug: empty, createdAt: old }),
    ])
    const kept = await post('sign-up/email', someone())
    await Promise.all(clocks['0 3 * * *']!.map((clock) => clock(env, Date.now())))
    const ids = (await database.select().from(user)).map((u) => u.id)
    expect(ids).not.toContain(ghost)
    expect(ids).toContain(fresh)
    expect(ids).toContain(kept.body.user.id)
    const teams = (await database.select().from(organization)).map((o) => o.id)
    expect(teams).not.toContain(empty)
    expect(teams).toContain(kept.body.teams[0].id)
  })

  test('removes sessions and links that ended', async () => {
    const { person } = await aTeam()
    await signedIn(person, { expiresAt: new Date(Date.now() - MINUTE) })
    const now = new Date()
    await database
      .insert(verification)
      .values({ id: newId(), identifier: 'x', value: person, expiresAt: new Date(Date.now() - HOUR), createdAt: now, updatedAt: now })
    await Promise.all(clocks['0 3 * * *']!.map((clock) => clock(env, Date.now())))
    expect(await database.select().from(session).where(eq(session.userId, person))).toEqual([])
    expect(await database.select().from(verification).where(eq(verification.value, person))).toEqual([])
  })
})
