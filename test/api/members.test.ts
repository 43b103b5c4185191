import { and, eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { accept, openInvitation } from '../../shared/auth/join.ts'
import type { Role } from '../../shared/auth/permissions.ts'
import { account, invitation, member, session, user, verification } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { outbox } from '../../shared/outbox.ts'
import { HOUR } from '../../shared/time.ts'
import { drainOutbox } from '../../workers/outbox.ts'
import { aTeam, call, env, signedIn } from '../given.ts'

const database = db(env.DB)
type Team = Awaited<ReturnType<typeof aTeam>>
const path = '/api/auth/members'
let n = 0

/** A person with a password, in no team yet. */
async function aPerson(name = 'Theo Lindgren') {
  const id = newId()
  const email = `${id}@kestrel.example`
  const dates = { createdAt: new Date(), updatedAt: new Date() }
  await database.insert(user).values({ id, name, email, ...dates })
  return { id, email, browser: () => signedIn(id) }
}
async function joined(team: Team, role: Role) {
  const person = await aPerson()
  const membership = newId()
  await database.insert(member).values({ id: membership, organizationId: team.team, userId: person.id, role, createdAt: new Date() })
  return { ...person, membership }
}
/** A request from a browser in which somebody is signed in. */
async function as(browser: Record<string, string>, method: string, at: string, body?: unknown) {
  const headers = {
    ...browser,
    'cf-connecting-ip': `192.0.2.${++n % 250}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const r = await call(at, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await r.text()
  return { status: r.status, body: text ? JSON.parse(text) : null, headers: r.headers }
}
const mailTo = async (to: string): Promise<any[]> =>
  ((await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as any[]).filter((m) => m.to === to)
const linkIn = (mail: any) => new URL(mail.links[0].url).searchParams.get('invitation')!
async function invited(team: Team, email: string, role: Role = 'responder') {
  const { body, status } = await team.api('POST', '/api/auth/invitations', { email, role })
  expect(status, JSON.stringify(body)).toBe(201)
  await vi.waitFor(async () => expect(await mailTo(email)).not.toEqual([]))
  return { id: body.id as string, link: linkIn((await mailTo(email))[0]) }
}

describe('members', () => {
  test('are listed in the order they joined, page by page', async () => {
    const team = await aTeam()
    for (const role of ['team_lead', 'member'] as const) await joined(team, role)
    const first = await team.api('GET', `${path}?per_page=2`)
    expect(first.body.data.map((m: any) => m.role)).toEqual(['admin', 'team_lead'])
    const next = first.body.pagination.next.replace('http://localhost', '')
    expect((await team.api('GET', next)).body.data.map((m: any) => m.role)).toEqual(['member'])
    expect(first.body.data[0]).toMatchObject({ user_id: team.person, name: 'Ines Okafor', email: team.email })
  })

  test('get another role; the team’s object is poked', async () => {
    const team = await aTeam()
    const { membership } = await joined(team, 'member')
    expect((await team.api('PATCH', `${path}/${membership}`, { role: 'RESPONDER' })).body).toMatchObject({
      id: membership,
      role: 'responder',
    })
    expect((await team.api('GET', `${path}/${membership}`)).body.role).toBe('responder')
  })

  test('the last admin can be neither changed nor removed, also by two at once', async () => {
    const team = await aTeam()
    const [only] = (await team.api('GET', path)).body.data
    expect((await team.api('PATCH', `${path}/${only.id}`, { role: 'member' })).status).toBe(409)
    expect((await team.api('DELETE', `${path}/${only.id}`)).status).toBe(409)
    expect((await team.api('PATCH', `${path}/${only.id}`, { role: 'admin' })).status, 'to the same role').toBe(200)
    const second = await joined(team, 'admin')
    const both = await Promise.all([
      team.api('PATCH', `${path}/${only.id}`, { role: 'member' }),
      team.api('DELETE', `${path}/${second.membership}`),
    ])
    expect(both.filter((r) => r.status === 409 || r.status === 403)).toHaveLength(1)
    const left = await database
      .select()
      .from(member)
      .where(and(eq(member.organizationId, team.team), eq(member.role, 'admin')))
    expect(left).toHaveLength(1)
  })

  test('nobody gives, takes or changes a role that may more than their own', async () => {
    const team = await aTeam()
    const lead = await joined(team, 'team_lead')
    const [admin] = (await team.api('GET', path)).body.data
    const responder = await joined(team, 'responder')
    const browser = await lead.browser()
    expect((await as(browser, 'PATCH', `${path}/${responder.membership}`, { role: 'admin' })).status).toBe(403)
    expect((await as(browser, 'PATCH', `${path}/${responder.membership}`, { role: 'billing_admin' })).status).toBe(403)
    expect((await as(browser, 'PATCH', `${path}/${lead.membership}`, { role: 'admin' })).status, 'their own').toBe(403)
    expect((await as(browser, 'PATCH', `${path}/${admin.id}`, { role: 'member' })).status).toBe(403)
    expect((await as(browser, 'DELETE', `${path}/${admin.id}`)).status).toBe(403)
    expect((await as(browser, 'POST', '/api/auth/invitations', { email: 'x@kestrel.example', role: 'admin' })).status).toBe(403)
    expect((await as(browser, 'PATCH', `${path}/${responder.membership}`, { role: 'team_lead' })).status).toBe(200)
  })

  test('can leave by themselves, whatever their role, and take nobody with them', async () => {
    const team = await aTeam()
    const [one, other] = [await joined(team, 'member'), await joined(team, 'member')]
    const browser = await one.browser()
    expect((await as(browser, 'DELETE', `${path}/${other.membership}`)).status).toBe(403)
    expect((await as(browser, 'DELETE', `${path}/${one.membership}`)).status).toBe(204)
    expect((await as(browser, 'GET', path)).status).toBe(403)
  })

  test('of another team are 404', async () => {
    const [a, b] = [await aTeam(), await aTeam()]
    const theirs = await joined(b, 'member')
    for (const [method, body] of [['GET'], ['PATCH', { role: 'admin' }], ['DELETE']] as const)
      expect((await a.api(method, `${path}/${theirs.membership}`, body)).status).toBe(404)
    expect((await a.api('PATCH', `${path}/no-id`, { role: 'admin' })).status).toBe(404)
  })

  test.each([{ role: 'owner' }, { role: '' }, {}, { role: 'admin', email: 'x' }, { role: ['admin'] }])(
    '%j is no role: 422',
    async (body) => {
      const team = await aTeam()
      expect((await team.api('PATCH', `${path}/${newId()}`, body)).status).toBe(422)
    },
  )
})

describe('an invitation', () => {
  test('is mailed, says what it is for, and makes a new person a member with its role', async () => {
    const team = await aTeam({ name: 'Kestrel Pay' })
    const email = `noor-${newId()}@kestrel.example`
    const { link } = await invited(team, email.toUpperCase().toLowerCase(), 'team_lead')
    const [mail] = await mailTo(email)
    expect(mail.subject).toBe('Ines Okafor invites you to Kestrel Pay')
    const seen = await as({}, 'GET', `/api/auth/invitation?invitation=${encodeURIComponent(link)}`)
    expect(seen.body).toMatchObject({ email, team: 'Kestrel Pay', invited_by: 'Ines Okafor', role: 'team_lead' })
    const up = await as({}, 'POST', '/api/auth/sign-up/email', { name: 'Noor', email, password: 'correct horse battery', invitation: link })
    expect(up).toMatchObject({ status: 201, body: { teams: [{ id: team.team, role: 'team_lead' }] } })
    expect((await team.api('GET', '/api/auth/invitations')).body.data).toEqual([])
    expect((await database.select().from(user).where(eq(user.email, email)))[0]!.emailVerified).toBe(true)
    expect((await as({}, 'GET', `/api/auth/invitation?invitation=${encodeURIComponent(link)}`)).status, 'used').toBe(410)
  })

  test('lets somebody in where SIGN_UP is invite, and under its own address alone', async () => {
    const team = await aTeam()
    const email = `noor-${newId()}@kestrel.example`
    const { link } = await invited(team, email)
    const { api: worker } = await import('../../workers/api/index.ts')
    const { createExecutionContext } = await import('cloudflare:test')
    const up = (SIGN_UP: string, address: string) =>
      worker.fetch(
        new Request('http://localhost/api/auth/sign-up/email', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'cf-connecting-ip': `192.0.2.${++n % 250}` },
          body: JSON.stringify({ name: 'Noor', email: address, password: 'correct horse battery', invitation: link }),
        }),
        { ...env, SIGN_UP },
        createExecutionContext(),
      )
    expect((await up('closed', email)).status).toBe(403)
    expect((await up('invite', `other-${email}`)).status).toBe(422)
    expect((await up('invite', email)).status).toBe(201)
  })

  test('is accepted by whoever is signed in under its address, once', async () => {
    const team = await aTeam()
    const [person, stranger] = [await aPerson(), await aPerson()]
    const { link } = await invited(team, person.email)
    const accept = async (who: typeof person) => as(await who.browser(), 'POST', '/api/auth/invitations/accept', { invitation: link })
    expect((await accept(stranger)).status).toBe(403)
    expect(await accept(person)).toMatchObject({ status: 200, body: { id: team.team, role: 'responder' } })
    expect((await accept(person)).status).toBe(410)
    expect((await team.api('GET', path)).body.data.map((m: any) => m.user_id)).toContain(person.id)
  })

  test('brings an account that signs up again into the team', async () => {
    const team = await aTeam()
    const email = `noor-${newId()}@kestrel.example`
    const who = { name: 'Noor', email, password: 'correct horse battery' }
    await as({}, 'POST', '/api/auth/sign-up/email', who)
    const { link } = await invited(team, email)
    const again = await as({}, 'POST', '/api/auth/sign-up/email', { ...who, invitation: link })
    expect(again.body.teams.map((t: any) => t.id)).toContain(team.team)
  })

  test('withdrawn or seven days old is 410; two that accept and withdraw at once leave one outcome', async () => {
    const team = await aTeam()
    const people = [await aPerson(), await aPerson(), await aPerson()] as const
    const [gone, old, raced] = await Promise.all(people.map((p) => invited(team, p.email)))
    expect((await team.api('DELETE', `/api/auth/invitations/${gone!.id}`)).status).toBe(204)
    await database
      .update(invitation)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(invitation.id, old!.id))
    for (const [i, { link }] of [gone!, old!].entries())
      expect((await as(await people[i]!.browser(), 'POST', '/api/auth/invitations/accept', { invitation: link })).status).toBe(410)
    const [accepted, withdrawn] = await Promise.all([
      as(await people[2].browser(), 'POST', '/api/auth/invitations/accept', { invitation: raced!.link }),
      team.api('DELETE', `/api/auth/invitations/${raced!.id}`),
    ])
    const isIn = (await database.select().from(member).where(eq(member.userId, people[2].id))).length === 1
    expect([accepted.status === 200, withdrawn.status === 404]).toEqual([isIn, isIn])
  })

  test('withdrawn between the look and the joining lets nobody in', async () => {
    const team = await aTeam()
    const person = await aPerson()
    const { id } = await invited(team, person.email)
    const open = await openInvitation(database, id, Date.now())
    await team.api('DELETE', `/api/auth/invitations/${id}`)
    expect(await accept(database, open!, person.id, Date.now())).toBe(false)
    expect(await database.select().from(member).where(eq(member.userId, person.id))).toEqual([])
    expect((await database.select().from(invitation).where(eq(invitation.id, id)))[0]!.status).toBe('canceled')
  })

  test('to the same address again is renewed and mailed again, after a minute', async () => {
    const team = await aTeam()
    const { email } = await aPerson()
    const { id } = await invited(team, email)
    expect(await team.api('POST', '/api/auth/invitations', { email })).toMatchObject({ status: 429, headers: expect.anything() })
    await database
      .update(invitation)
      .set({ expiresAt: new Date(Date.now() + HOUR) })
      .where(eq(invitation.id, id))
    const again = await team.api('POST', '/api/auth/invitations', { email, role: 'member' })
    expect(again.body).toMatchObject({ id, role: 'member' })
    expect((await team.api('GET', '/api/auth/invitations')).body.data).toHaveLength(1)
    await vi.waitFor(async () => expect(await mailTo(email)).toHaveLength(2))
  })

  test('four at once to one address are one invitation', async () => {
    const team = await aTeam()
    const { email } = await aPerson()
    const all = await Promise.all(Array.from({ length: 4 }, () => team.api('POST', '/api/auth/invitations', { email })))
    expect(all.every((r) => r.status === 201 || r.status === 429)).toBe(true)
    expect((await team.api('GET', '/api/auth/invitations')).body.data).toHaveLength(1)
  })

  test('of a member is 409', async () => {
    const team = await aTeam()
    expect((await team.api('POST', '/api/auth/invitations', { email: team.email.toUpperCase() })).status).toBe(409)
  })

  test('waits for a mail provider that refuses, and is not sent once it is withdrawn', async () => {
    const team = await aTeam()
    const { body } = await team.api('POST', '/api/auth/invitations', { email: `refuse-${newId()}@kestrel.example` })
    const waiting = () =>
      database
        .select()
        .from(outbox)
        .where(and(eq(outbox.team, team.team), eq(outbox.kind, 'mail')))
    await vi.waitFor(async () => expect((await waiting())[0]?.tries).toBe(1))
    await team.api('DELETE', `/api/auth/invitations/${body.id}`)
    await drainOutbox(env, Date.now() + HOUR, team.team)
    expect(await waiting()).toEqual([])
  })

  test('forged, cut or of another purpose is 410', async () => {
    const team = await aTeam()
    const { email } = await aPerson()
    const { link } = await invited(team, email)
    for (const forged of [link.slice(0, -2), `${link}x`, 'x', newId(), "' OR 1=1 --"])
      expect((await as({}, 'GET', `/api/auth/invitation?invitation=${encodeURIComponent(forged)}`)).status, forged).toBe(410)
  })

  test('of another team cannot be withdrawn', async () => {
    const [a, b] = [await aTeam(), await aTeam()]
    const { id } = await invited(b, (await aPerson()).email)
    expect((await a.api('DELETE', `/api/auth/invitations/${id}`)).status).toBe(404)
  })
})

describe('a profile', () => {
  const password = 'correct horse battery'
  /** Somebody who signed up, with the browser they did it in. */
  async function someone() {
    const email = `ines-${newId()}@kestrel.example`
    const r = await as({}, 'POST', '/api/auth/sign-up/email', { name: 'Ines', email, password })
    const cookie = r.headers.getSetCookie()[0]!.split(';')[0]!
    return { id: r.body.user.id as string, email, browser: { cookie, origin: 'http://localhost' } }
  }

  test('is read and changed; what is absent stays', async () => {
    const { browser } = await someone()
    const change = { timezone: 'Europe/Paris', theme: 'dark', density: 'compact', shortcuts: false }
    expect((await as(browser, 'PATCH', '/api/auth/profile', change)).body).toMatchObject({ name: 'Ines', ...change })
    expect((await as(browser, 'GET', '/api/auth/profile')).body).toMatchObject({ name: 'Ines', ...change })
    expect((await as(browser, 'GET', '/api/auth/session')).body.user).toMatchObject(change)
  })

  test.each([
    { timezone: 'CET+1' },
    { timezone: 'Mars/Base' },
    { theme: 'pink' },
    { name: '' },
    { shortcuts: 'yes' },
    { role: 'admin' },
    { emailVerified: true },
  ])('%j is 422', async (change) => {
    expect((await as((await someone()).browser, 'PATCH', '/api/auth/profile', change)).status).toBe(422)
  })

  test('gets another address with the password only; whoever had the old one is told', async () => {
    const { browser, email, id } = await someone()
    const to = `new-${email}`
    expect((await as(browser, 'PATCH', '/api/auth/profile', { email: to })).body.errors).toMatchObject([{ path: 'current_password' }])
    expect((await as(browser, 'PATCH', '/api/auth/profile', { email: to, current_password: 'wrong' })).status).toBe(422)
    expect((await as(browser, 'PATCH', '/api/auth/profile', { email: to, current_password: password })).body.email).toBe(to)
    expect((await database.select().from(user).where(eq(user.id, id)))[0]).toMatchObject({ email: to, emailVerified: false })
    await vi.waitFor(async () => expect((await mailTo(email)).map((m) => m.subject)).toEqual(['Your sign-in address was changed']))
    expect((await as({}, 'POST', '/api/auth/sign-in/email', { email: to, password })).status).toBe(200)
  })

  test('never gets an address that another account has', async () => {
    const [a, b] = [await someone(), await someone()]
    expect((await as(a.browser, 'PATCH', '/api/auth/profile', { email: b.email, current_password: password })).status).toBe(409)
  })

  test('with another password signs out everywhere else, and makes reset links that are out useless', async () => {
    const { browser, email, id } = await someone()
    const other = await as({}, 'POST', '/api/auth/sign-in/email', { email, password })
    await as({}, 'POST', '/api/auth/request-password-reset', { email })
    await vi.waitFor(async () => expect(await database.select().from(verification).where(eq(verification.value, id))).toHaveLength(1))
    const change = (current_password: string) =>
      as(browser, 'POST', '/api/auth/password', { current_password, new_password: 'a new long password' })
    expect((await change('wrong')).body.errors).toMatchObject([
      { path: 'current_password', message: expect.stringContaining('4 tries left') },
    ])
    expect((await change(password)).status).toBe(204)
    expect((await as({ cookie: other.headers.getSetCookie()[0]!.split(';')[0]! }, 'GET', '/api/auth/session')).status).toBe(401)
    expect((await as(browser, 'GET', '/api/auth/session')).status, 'here').toBe(200)
    expect(await database.select().from(verification).where(eq(verification.value, id))).toEqual([])
    expect((await as({}, 'POST', '/api/auth/sign-in/email', { email, password })).status).toBe(401)
    expect((await as({}, 'POST', '/api/auth/sign-in/email', { email, password: 'a new long password' })).status).toBe(200)
  })

  test('shows the places where somebody is signed in, and signs one out', async () => {
    const { browser, email, id } = await someone()
    const phone =
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'
    const there = await as({ 'user-agent': phone }, 'POST', '/api/auth/sign-in/email', { email, password })
    const places = (await as(browser, 'GET', '/api/auth/sessions')).body.data
    expect(places.map((p: any) => [p.browser, p.current]).sort()).toEqual([
      ['Safari on iOS', false],
      ['Unknown', true],
    ])
    const place = places.find((p: any) => !p.current)
    const stranger = await someone()
    expect((await as(stranger.browser, 'DELETE', `/api/auth/sessions/${place.id}`)).status, 'by somebody else').toBe(404)
    expect((await as(browser, 'DELETE', `/api/auth/sessions/${place.id}`)).status).toBe(204)
    expect((await as({ cookie: there.headers.getSetCookie()[0]!.split(';')[0]! }, 'GET', '/api/auth/session')).status).toBe(401)
    expect(await database.select().from(session).where(eq(session.userId, id))).toHaveLength(1)
  })

  test('guessing its password from a stolen session is counted like signing in', async () => {
    const { browser } = await someone()
    const guess = () => as(browser, 'POST', '/api/auth/password', { current_password: 'guess', new_password: 'a new long password' })
    const all = []
    for (let i = 0; i < 7; i++) all.push((await guess()).status)
    expect(all).toEqual([422, 422, 422, 422, 422, 429, 429])
  })

  test('without a password (single sign-on) says how to get one', async () => {
    const { browser, id } = await someone()
    await database.delete(account).where(eq(account.userId, id))
    const r = await as(browser, 'POST', '/api/auth/password', { current_password: 'x', new_password: 'a new long password' })
    expect(r.body.errors[0].message).toContain('reset link')
  })
})

test('a team is renamed; its slug stays', async () => {
  const team = await aTeam()
  const before = (await team.api('GET', '/api/auth/team')).body
  const after = await team.api('PATCH', '/api/auth/team', { name: 'Kestrel <Pay> & Söhne' })
  expect(after.body).toEqual({ ...before, name: 'Kestrel <Pay> & Söhne' })
})

test('what each role may do is told in words and as permissions', async () => {
  const { api } = await aTeam()
  const { data } = (await api('GET', '/api/auth/roles')).body
  expect(data.map((r: any) => r.name)).toEqual(['Admin', 'Billing admin', 'Team lead', 'Responder', 'Member'])
  expect(data.find((r: any) => r.role === 'member').permissions.every((p: string) => p.endsWith(':read'))).toBe(true)
})
