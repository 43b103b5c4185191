import { and, eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { claim, enqueueWebhooks } from '../../shared/integrations/deliveries.ts'
import { type EventType, eventTypes } from '../../shared/integrations/schema.ts'
import { webhookDeliveries, webhooks } from '../../shared/integrations/table.ts'
import { outbox } from '../../shared/outbox.ts'
import { DAY, HOUR, SECOND } from '../../shared/time.ts'
import { clocks } from '../../workers/cron.ts'
import { drainOutbox } from '../../workers/outbox.ts'
import { aTeam, env } from '../given.ts'

const database = db(env.DB)
const path = '/api/integrations/webhooks'
type Team = Awaited<ReturnType<typeof aTeam>>

/** An endpoint on a real server which answers as told. */
async function anEndpoint(team: Team, answers: unknown[] = [{}], more: Record<string, unknown> = { events: eventTypes }) {
  const url = `${inject('target')}/hook-${newId()}`
  await fetch(url, { method: 'PUT', body: JSON.stringify(answers) })
  const { body } = await team.api('POST', path, { name: '#payments', url, ...more })
  const asked = async () => Number(await (await fetch(`${url}?asked`)).text())
  const last = async (): Promise<{ headers: Record<string, string>; body: string }> => JSON.parse(await (await fetch(`${url}?last`)).text())
  const deliveries = async () => (await team.api('GET', `${path}/${body.id}/deliveries`)).body.data
  return { id: body.id as string, url, secret: body.secret as string, made: body, asked, last, deliveries }
}

/** Something happens in this team, and what must be sent is sent; `after` milliseconds from now. */
async function happens(
  team: string,
  type: EventType = 'incident.created',
  id: string = newId(),
  data: unknown = { id, title: 'Checkout' },
) {
  await database.batch(enqueueWebhooks(database, team, { id, type, at: Date.now(), data }, Date.now()))
  await drainOutbox(env, Date.now(), team)
  return id
}
const later = (team: string, after: number) => drainOutbox(env, Date.now() + after, team)

let team: Team
beforeAll(async () => {
  team = await aTeam()
})

describe('endpoints', () => {
  test('are made, listed, changed and deleted; the secret is shown once', async () => {
    const { id, secret, made } = await anEndpoint(team, [{}], {})
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(made).toMatchObject({ name: '#payments', enabled: true, disabled_why: null, last_day: { pending: 0, delivered: 0, failed: 0 } })
    expect(made.events).toEqual(['incident.created', 'incident.acknowledged', 'incident.resolved', 'incident.reopened'])
    expect((await team.api('GET', `${path}/${id}`)).body).not.toHaveProperty('secret')
    const changed = await team.api('PATCH', `${path}/${id}`, { events: ['monitor.up', 'monitor.up'], enabled: false })
    expect(changed.body).toMatchObject({ events: ['monitor.up'], enabled: false, name: '#payments' })
    expect((await team.api('GET', path)).body.data.map((w: any) => w.id)).toContain(id)
    expect((await team.api('DELETE', `${path}/${id}`)).status).toBe(204)
    for (const [method, rest] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate-secret'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
    ] as const)
      expect(
        (await team.api(method, `${path}/${id}${rest}`, method === 'PATCH' ? { name: 'x' } : undefined)).status,
        `${method} ${rest}`,
      ).toBe(404)
  })

  test('the secret is kept sealed', async () => {
    const { id, secret } = await anEndpoint(team)
    const [row] = await database.select().from(webhooks).where(eq(webhooks.id, id))
    expect(JSON.stringify(row)).not.toContain(secret.slice(6, 30))
  })

  test('an Idempotency-Key makes one endpoint, and the second answer has no secret', async () => {
    const other = await aTeam()
    const twice = [0, 1].map(() => other.api('POST', path, { name: 'a', url: 'https://hooks.example.com/' }, { 'idempotency-key': 'k' }))
    const answers = await Promise.all(twice)
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1)
    const again = await other.api('POST', path, { name: 'a', url: 'https://hooks.example.com/' }, { 'idempotency-key': 'k' })
    expect(again.body).not.toHaveProperty('secret')
    expect((await other.api('GET', path)).body.data).toHaveLength(1)
  })

  test.each([
    ['no address', { url: 'nonsense' }, 'url'],
    ['another scheme', { url: 'ftp://example.com/' }, 'url'],
    ['javascript', { url: 'javascript:alert(1)' }, 'url'],
    ['a password inside', { url: 'https://user:secret@example.com/' }, 'url'],
    ['no event', { events: [] }, 'events'],
    ['an unknown event', { events: ['incident.exploded'] }, 'events.0'],
    ['an unknown attribute', { secret: 'mine' }, 'secret'],
    ['two lines as a name', { name: 'a\nb' }, 'name'],
  ])('%s is 422 and names the attribute', async (_, wrong, at) => {
    const r = await team.api('POST', path, { name: 'x', url: 'https://hooks.example.com/', ...wrong })
    expect(r).toMatchObject({ status: 422, body: { errors: [{ path: at }] } })
    expect(JSON.stringify(r.body)).not.toContain('secret@')
  })

  test("another team's endpoints and deliveries are 404", async () => {
    const { id, deliveries } = await anEndpoint(team)
    await happens(team.team)
    const [delivery] = await deliveries()
    const beside = await anEndpoint(team)
    expect((await team.api('GET', `${path}/${beside.id}/deliveries/${delivery.id}`)).status, 'under another endpoint of the team').toBe(404)
    const other = await aTeam()
    const mine = await anEndpoint(other)
    for (const [method, rest] of [
      ['GET', id],
      ['PATCH', id],
      ['DELETE', id],
      ['POST', `${id}/rotate-secret`],
      ['POST', `${id}/test`],
      ['GET', `${id}/deliveries`],
      ['GET', `${id}/deliveries/${delivery.id}`],
      ['POST', `${id}/deliveries/${delivery.id}/resend`],
      ['GET', `${mine.id}/deliveries/${delivery.id}`],
      ['POST', `${mine.id}/deliveries/${delivery.id}/resend`],
    ])
      expect(
        (await other.api(method!, `${path}/${rest}`, method === 'PATCH' ? { name: 'x' } : undefined)).status,
        `${method} ${rest}`,
      ).toBe(404)
  })
})

describe('a delivery', () => {
  test('carries a signature that the library of receivers verifies', async () => {
    const { secret, last, deliveries } = await anEndpoint(team, [{ body: 'thanks' }])
    const id = await happens(team.team, 'incident.acknowledged', newId(), { title: 'Checkout “down” <b>' })
    const got = await last()
    expect(new Webhook(secret).verify(got.body, got.headers)).toMatchObject({
      type: 'incident.acknowledged',
      data: { title: 'Checkout “down” <b>' },
    })
    const [delivery] = await deliveries()
    expect(got.headers['webhook-id']).toBe(delivery.id)
    expect(delivery).toMatchObject({ type: 'incident.acknowledged', state: 'delivered', tries: 1, next_try_at: null })
    expect(delivery.attempts).toMatchObject([{ status_code: 200, error: null, response: 'thanks' }])
    expect(delivery.id).not.toBe(id)
  })

  test('goes to every endpoint that wants it and to no other, and never to another team', async () => {
    const one = await aTeam()
    const other = await aTeam()
    const [all, ups, off, foreign] = await Promise.all([
      anEndpoint(one),
      anEndpoint(one, [{}], { events: ['monitor.up'] }),
      anEndpoint(one),
      anEndpoint(other),
    ])
    await one.api('PATCH', `${path}/${off.id}`, { enabled: false })
    await happens(one.team, 'incident.created')
    await happens(one.team, 'monitor.up')
    expect(await Promise.all([all, ups, off, foreign].map((e) => e.asked()))).toEqual([2, 1, 0, 0])
  })

  test('of one event is one, however often its batch is run', async () => {
    const { asked, deliveries } = await anEndpoint(team)
    const id = await happens(team.team)
    for (let i = 0; i < 3; i++) await happens(team.team, 'incident.created', id)
    expect([await asked(), (await deliveries()).length]).toEqual([1, 1])
  })

  test('is tried again after a failure, under the same webhook-id, until it is taken', async () => {
    const one = await aTeam()
    const { last, asked, deliveries } = await anEndpoint(one, [{ status: 500, body: 'x'.repeat(5000) }, { drop: true }, {}])
    await happens(one.team)
    const [first] = await deliveries()
    expect(first).toMatchObject({ state: 'pending', tries: 1, attempts: [{ status_code: 500, error: 'It answered 500.' }] })
    expect(first.attempts[0].response).toHaveLength(1024)
    expect(Date.parse(first.next_try_at) - Date.now()).toBeLessThanOrEqual(5 * SECOND)
    const { headers } = await last()
    await later(one.team, 4 * SECOND)
    expect(await asked(), 'not before its time').toBe(1)
    await later(one.team, 6 * SECOND)
    expect((await deliveries())[0].attempts[1]).toMatchObject({ status_code: null, error: 'The endpoint cannot be reached.' })
    await later(one.team, HOUR)
    expect((await deliveries())[0]).toMatchObject({ state: 'delivered', tries: 3 })
    expect((await last()).headers['webhook-id']).toBe(headers['webhook-id'])
    expect(
      await database
        .select()
        .from(outbox)
        .where(and(eq(outbox.team, one.team), eq(outbox.kind, 'webhook'))),
    ).toEqual([])
  })

  test('is given up after twelve tries, and can be sent again by hand', async () => {
    const one = await aTeam()
    const { id, asked, deliveries } = await anEndpoint(one, [...Array.from({ length: 12 }, () => ({ status: 503 })), {}])
    await happens(one.team)
    for (let day = 1; day <= 20; day++) await later(one.team, day * DAY)
    expect(await asked()).toBe(12)
    const [failed] = await deliveries()
    expect(failed).toMatchObject({ state: 'failed', tries: 12, tries_max: 12, next_try_at: null })
    expect(failed.attempts).toHaveLength(12)
    expect((await one.api('GET', `${path}/${id}`)).body.last_day).toEqual({ pending: 0, delivered: 0, failed: 1 })
    expect((await one.api('POST', `${path}/${id}/deliveries/${failed.id}/resend`)).status).toBe(200)
    await vi.waitFor(async () => expect((await deliveries())[0].state).toBe('delivered'))
    expect((await deliveries())[0].attempts).toHaveLength(13)
  })

  test('answered 410 switches the endpoint off, and says why', async () => {
    const one = await aTeam()
    const { id, asked, deliveries } = await anEndpoint(one, [{ status: 410 }])
    await happens(one.team)
    await happens(one.team)
    expect(await asked()).toBe(1)
    expect((await one.api('GET', `${path}/${id}`)).body).toMatchObject({ enabled: false, disabled_why: expect.stringContaining('410') })
    expect((await deliveries())[0].state).toBe('failed')
    expect((await one.api('POST', `${path}/${id}/deliveries/${(await deliveries())[0].id}/resend`)).status).toBe(409)
    expect((await one.api('PATCH', `${path}/${id}`, { enabled: true })).body).toMatchObject({ enabled: true, disabled_why: null })
  })

  test('does not follow a redirect', async () => {
    const one = await aTeam()
    const elsewhere = await anEndpoint(one, [{}], { events: ['monitor.up'] })
    const { deliveries } = await anEndpoint(one, [{ status: 307, location: elsewhere.url }])
    await happens(one.team)
    expect((await deliveries())[0].attempts).toMatchObject([{ status_code: 307 }])
    expect(await elsewhere.asked()).toBe(0)
  })

  test('waits as long as the endpoint asks', async () => {
    const one = await aTeam()
    const { deliveries } = await anEndpoint(one, [{ status: 429, headers: { 'retry-after': '600' } }])
    await happens(one.team)
    expect(Date.parse((await deliveries())[0].next_try_at) - Date.now()).toBeGreaterThan(590 * SECOND)
  })

  test('is claimed by one sender at a time', async () => {
    const one = await aTeam()
    const { id } = await anEndpoint(one)
    await database.batch(enqueueWebhooks(database, one.team, { id: newId(), type: 'monitor.up', at: Date.now(), data: {} }, Date.now()))
    const [row] = await database.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhook, id))
    const claims = await Promise.all(Array.from({ length: 5 }, () => claim(database, one.team, row!.id, Date.now())))
    expect(claims.filter(Boolean)).toHaveLength(1)
  })

  test('is written together with its pokes: run again after its batch failed, it is sent', async () => {
    const one = await aTeam()
    const { asked } = await anEndpoint(one)
    const statements = enqueueWebhooks(database, one.team, { id: newId(), type: 'monitor.up', at: Date.now(), data: {} }, Date.now())
    const broken = database.insert(webhooks).values({ id: one.person } as never)
    await expect(database.batch([...statements, broken])).rejects.toThrow()
    expect(await database.select().from(webhookDeliveries).where(eq(webhookDeliveries.team, one.team))).toEqual([])
    await database.batch(statements)
    await later(one.team, SECOND)
    expect(await asked()).toBe(1)
  })

  test('after a rotation is signed by both secrets', async () => {
    const one = await aTeam()
    const { id, secret, last } = await anEndpoint(one)
    const rotated = await one.api('POST', `${path}/${id}/rotate-secret`)
    expect(rotated.body.secret).not.toBe(secret)
    await happens(one.team)
    const got = await last()
    for (const known of [secret, rotated.body.secret]) expect(new Webhook(known).verify(got.body, got.headers)).toBeTruthy()
  })

  test('to an endpoint that was deleted is not sent', async () => {
    const one = await aTeam()
    const { id, asked } = await anEndpoint(one)
    await database.batch(enqueueWebhooks(database, one.team, { id: newId(), type: 'monitor.up', at: Date.now(), data: {} }, Date.now()))
    await one.api('DELETE', `${path}/${id}`)
    await later(one.team, SECOND)
    expect(await asked()).toBe(0)
  })
})

test('a test message is sent at once, whatever the endpoint wants to be told of', async () => {
  const { id, last } = await anEndpoint(team, [{ status: 202 }], { events: ['monitor.up'] })
  const sent = await team.api('POST', `${path}/${id}/test`)
  expect(sent).toMatchObject({ status: 201, body: { type: 'webhook.test', state: 'delivered', attempts: [{ status_code: 202 }] } })
  expect(JSON.parse((await last()).body)).toMatchObject({ type: 'webhook.test', data: { webhook_id: id } })
  const shown = await team.api('GET', `${path}/${id}/deliveries/${sent.body.id}`)
  expect(shown.body.payload).toEqual(JSON.parse((await last()).body))
})

test('deliveries are kept for thirty days', async () => {
  const one = await aTeam()
  const { id } = await anEndpoint(one)
  await happens(one.team)
  await happens(one.team)
  const [row] = await database.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhook, id))
  await database
    .update(webhookDeliveries)
    .set({ created_at: Date.now() - 31 * DAY })
    .where(eq(webhookDeliveries.id, row!.id))
  await Promise.all(clocks['0 3 * * *']!.map((clock) => clock(env, Date.now())))
  expect(await database.select().from(webhookDeliveries).where(eq(webhookDeliveries.webhook, id))).toHaveLength(1)
})

describe('an incident', () => {
  test('tells the endpoints that it was created, acknowledged, resolved and reopened, as the API shows it', async () => {
    const one = await aTeam()
    const { last, asked, deliveries, secret } = await anEndpoint(one)
    const { body: incident } = await one.api('POST', '/api/incidents', { title: 'Cards are refused' })
    await vi.waitFor(async () => expect(await asked()).toBe(1))
    const got = await last()
    expect(new Webhook(secret).verify(got.body, got.headers)).toMatchObject({
      type: 'incident.created',
      data: { id: incident.id, title: 'Cards are refused', status: 'OPEN', severity: 'SEV3' },
    })
    for (const verb of ['acknowledge', 'resolve', 'reopen']) await one.api('POST', `/api/incidents/${incident.id}/${verb}`)
    await vi.waitFor(async () => expect(await asked()).toBe(4))
    const types = (await deliveries()).map((d: any) => d.type)
    expect(types).toEqual(['incident.reopened', 'incident.resolved', 'incident.acknowledged', 'incident.created'])
  })

  test('of a monitor also tells that the monitor is down, and up when it recovers', async () => {
    const one = await aTeam()
    const { deliveries, last } = await anEndpoint(one, [{}], { events: ['monitor.down', 'monitor.up'] })
    const monitor = { type: 'monitor' as const, id: newId(), name: 'Checkout API', url: 'https://api.example.com/' }
    const at = Date.now()
    const intent = {
      id: newId(),
      team: one.team,
      cause: monitor,
      what: '503 from 3 of 4 regions',
      policyId: null,
      startedAt: at,
      verdictAt: at,
      why: [],
      votes: [],
      email: true,
    }
    const incidents = stubs.incidents(one.team)
    const { id } = await incidents.open(intent)
    await vi.waitFor(async () => expect(await deliveries()).toHaveLength(1))
    await vi.waitFor(async () =>
      expect(JSON.parse((await last()).body)).toMatchObject({
        type: 'monitor.down',
        data: { id: monitor.id, incident_id: id, status: 'down' },
      }),
    )
    await incidents.observe({ id: newId(), incident: id, at: Date.now(), type: 'recovered', why: [], votes: [] })
    await vi.waitFor(async () => expect((await deliveries()).map((d: any) => d.type)).toEqual(['monitor.up', 'monitor.down']))
  })

  test('pages an endpoint that its policy names, signed with the endpoint’s secret', async () => {
    const one = await aTeam()
    const { id, last, secret } = await anEndpoint(one, [{}], { events: ['monitor.up'] })
    const policy = await one.api('POST', '/api/oncall/policies', { name: 'Hook', steps: [{ targets: [{ type: 'webhook', id }] }] })
    expect(policy.status).toBe(201)
    await one.api('POST', '/api/incidents', { title: 'Cards are refused', policy_id: policy.body.id })
    await vi.waitFor(async () => expect(await last()).toBeTruthy())
    const got = await last()
    expect(new Webhook(secret).verify(got.body, got.headers)).toMatchObject({
      type: 'incident.page',
      data: { incident: { title: 'Cards are refused' } },
    })
  })
})
