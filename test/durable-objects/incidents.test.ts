import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Incidents } from '../../durable-objects/incidents.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import type { Actor } from '../../shared/actor.ts'
import { member, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import type { Intent, Observation } from '../../shared/incidents/intent.ts'
import { oldestUnsentPage } from '../../shared/incidents/store.ts'
import { aTeam, env } from '../given.ts'

type Message = { id: string; to: string; subject: string; text: string; incident_id: string; links: { name: string; url: string }[] }
const mailbox = async (incident: string): Promise<Message[]> =>
  (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).filter((m) => m.incident_id === incident).reverse()
const told = async (incident: string) => (await mailbox(incident)).map((m) => m.to)
const arrives = (incident: string, ...to: unknown[]) => expect.poll(() => told(incident), { timeout: 8000 }).toEqual(to)

const owner = (id: string): Actor => ({ type: 'user', id, name: 'Ines Okafor' })

/** A team whose default policy pages the owner at once and everybody after 180 s. */
async function aWatchedTeam(emails: { owner?: string; second?: string } = {}) {
  const team = await aTeam()
  const second = newId()
  const at = new Date()
  const email = emails.second ?? `second-${second}@example.com`
  await db(env.DB).batch([
    db(env.DB)
      .insert(user)
      .values({ id: second, name: 'Theo Lindgren', email, createdAt: at, updatedAt: new Date(at.getTime() + 1) }),
    db(env.DB)
      .insert(member)
      .values({ id: newId(), organizationId: team.team, userId: second, role: 'responder', createdAt: new Date(at.getTime() + 1000) }),
  ])
  if (emails.owner) await env.DB.prepare('UPDATE user SET email = ? WHERE id = ?').bind(emails.owner, team.person).run()
  return { ...team, email: emails.owner ?? team.email, second: { id: second, email }, incidents: stubs.incidents(team.team) }
}

const intent = (team: string, more: Partial<Intent> = {}): Intent => ({
  id: newId(),
  team,
  cause: { type: 'monitor', id: newId(), name: 'Checkout API', url: 'https://api.kestrel.example/v1/checkout' },
  what: '503 from 3 of 4 regions',
  policyId: null,
  startedAt: Date.now() - 4000,
  verdictAt: Date.now(),
  why: ['eu: 503', '3 of 4 failed, quorum 3'],
  votes: [
    { region: 'us', outcome: 'down', error: 'status', status: 503, totalMs: 80 },
    { region: 'as', outcome: 'up', error: null, status: 200, totalMs: 80 },
  ],
  email: true,
  ...more,
})
const observation = (incident: string, more: Partial<Observation> = {}): Observation => ({
  id: newId(),
  incident,
  at: Date.now(),
  type: 'recovered',
  why: ['4 of 4 answered'],
  votes: [],
  ...more,
})

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())
/** Moves the clock and lets the object's alarm fire, as the platform would. */
async function later(incidents: DurableObjectStub<Incidents>, ms: number) {
  vi.setSystemTime(Date.now() + ms)
  await runDurableObjectAlarm(incidents)
}
const types = async (incidents: DurableObjectStub<Incidents>, id: string) => (await incidents.timeline(id))!.map((e) => e.type)

const page = async (incidents: DurableObjectStub<Incidents>, id: string, n = 0) => (await incidents.pages(id))![n]!

describe('a check fails', () => {
  test('the owner is paged at once, everybody after 180 s, and nobody any more once it is acknowledged', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    await later(t.incidents, 179_000)
    await arrives(id, t.email)
    await later(t.incidents, 1_000)
    await arrives(id, t.email, expect.any(String), expect.any(String))
    await t.incidents.acknowledge(id, owner(t.person))
    await later(t.incidents, 3_600_000)
    expect(await told(id)).toHaveLength(3)
    expect(await types(t.incidents, id)).toEqual(
      ['opened', 'paged', 'page-accepted', 'paged', 'paged', 'page-accepted', 'page-accepted', 'acknowledged'], // biome-ignore format: a story
    )
  })

  test('the page says what, since when, from where, who is next, and carries its own id', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    const [mail] = await mailbox(id)
    expect(mail!.id).toBe((await page(t.incidents, id)).page.id)
    expect(mail!.subject).toBe('SEV2 Checkout API returns 503 from 3 of 4 regions')
    for (const said of [
      'api.kestrel.example/v1/checkout answers 503',
      'us Virginia 503; as Singapore 200',
      'down: 3 of 4 failed, quorum 3',
      'the whole team at',
      'UTC',
    ])
      expect(mail!.text).toContain(said)
  })

  test('the same intent any number of times, also at once, is one incident and one page', async () => {
    const t = await aWatchedTeam()
    const same = intent(t.team)
    const ids = await Promise.all(Array.from({ length: 20 }, () => t.incidents.open(same)))
    expect(new Set(ids.map((i) => i.id))).toEqual(new Set([same.id]))
    await arrives(same.id, t.email)
    expect(await t.incidents.pages(same.id)).toHaveLength(1)
  })

  test('a monitor has one open incident, whoever reports it', async () => {
    const t = await aWatchedTeam()
    const first = intent(t.team)
    await t.incidents.open(first)
    expect(await t.incidents.open(intent(t.team, { cause: first.cause }))).toEqual({ id: first.id })
    expect(await t.incidents.open(intent(t.team))).not.toEqual({ id: first.id })
    expect((await t.api('GET', '/api/incidents')).body.data.map((i: { team_number: number }) => i.team_number)).toEqual([2, 1])
  })

  test('a storm of incidents pages for every one of them', async () => {
    const t = await aWatchedTeam()
    const storm = Array.from({ length: 70 }, () => intent(t.team))
    await Promise.all(storm.map((i) => t.incidents.open(i)))
    const ids = storm.map((i) => i.id)
    await expect
      .poll(
        async () => (await Promise.all(ids.map((i) => t.incidents.pages(i)))).flat().filter((p) => p!.page.state === 'accepted').length,
        {
          timeout: 15_000,
        },
      )
      .toBe(70)
    expect(new Set(await Promise.all(ids.map(async (i) => (await t.incidents.get(i))!.incident.number))).size).toBe(70)
  })

  test('a monitor whose e-mail alerts are off and which has no policy pages nobody, and that is said', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team, { email: false }))
    expect(await types(t.incidents, id)).toEqual(['opened', 'not-paged'])
    expect(await t.incidents.pages(id)).toEqual([])
  })

  test('a policy made a moment ago is used; one that does not exist falls back to the default, and that is said', async () => {
    const t = await aWatchedTeam()
    await t.incidents.open(intent(t.team))
    const { body } = await t.api('POST', '/api/oncall/policies', {
      name: 'Theo',
      steps: [{ targets: [{ type: 'user', id: t.second.id }] }],
    })
    const theirs = await t.incidents.open(intent(t.team, { policyId: body.id }))
    await arrives(theirs.id, t.second.email)
    const lost = await t.incidents.open(intent(t.team, { policyId: newId() }))
    await arrives(lost.id, t.email)
    expect(await types(t.incidents, lost.id)).toContain('policy-missing')
  })
})

describe('it recovers', () => {
  test('the incident resolves by itself, once, and its pages stop', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    const seen = observation(id)
    await t.incidents.observe(seen)
    await t.incidents.observe(seen)
    await later(t.incidents, 600_000)
    expect(await told(id)).toEqual([t.email])
    expect((await t.incidents.get(id))!.incident).toMatchObject({
      status: 'resolved',
      resolvedBy: { type: 'monitor', name: 'Checkout API' },
    })
    expect((await types(t.incidents, id)).filter((e) => e === 'resolved')).toHaveLength(1)
  })

  test('failing again within 15 minutes reopens it and pages again; later, it is a new one', async () => {
    const t = await aWatchedTeam()
    const first = intent(t.team)
    await t.incidents.open(first)
    await t.incidents.observe(observation(first.id))
    vi.setSystemTime(Date.now() + 15 * 60_000)
    const again = intent(t.team, { cause: first.cause })
    expect(await t.incidents.open(again)).toEqual({ id: first.id })
    expect(await t.incidents.open(again)).toEqual({ id: first.id })
    await arrives(first.id, t.email, t.email)
    expect((await t.incidents.get(first.id))!.incident).toMatchObject({ status: 'open', number: 1, life: 1 })
    await t.incidents.observe(observation(first.id))
    vi.setSystemTime(Date.now() + 15 * 60_000 + 1)
    const third = intent(t.team, { cause: first.cause })
    expect(await t.incidents.open(third)).toEqual({ id: third.id })
  })

  test('what a person resolved is not reopened by a failure', async () => {
    const t = await aWatchedTeam()
    const first = intent(t.team)
    await t.incidents.open(first)
    await t.incidents.resolve(first.id, owner(t.person))
    const next = intent(t.team, { cause: first.cause })
    expect(await t.incidents.open(next)).toEqual({ id: next.id })
  })

  test('an old incident is not reopened beside an open one of the same monitor', async () => {
    const t = await aWatchedTeam()
    const first = intent(t.team)
    await t.incidents.open(first)
    await t.incidents.resolve(first.id, owner(t.person))
    await t.incidents.open(intent(t.team, { cause: first.cause }))
    expect(await t.incidents.reopen(first.id, owner(t.person))).toEqual({ refused: 'other-open' })
  })

  test('deleting or pausing the monitor ends its incident and says so', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await t.incidents.observe(
      observation(id, { type: 'region-changed', votes: [{ region: 'eu', outcome: 'down', error: 'timeout', status: null, totalMs: 9 }] }),
    )
    await t.incidents.observe(observation(id, { type: 'deleted' }))
    const events = (await t.incidents.timeline(id))!
    expect(events.map((e) => e.type)).toEqual(expect.arrayContaining(['region-changed', 'resolved']))
    expect(events.at(-1)).toMatchObject({ type: 'resolved', data: { reason: 'deleted' } })
  })
})

describe('a page that does not leave', () => {
  test('a contact that refuses does not swallow it: everybody is paged at once, it is said, and the contact is tried on', async () => {
    const t = await aWatchedTeam({ owner: `refuse-${newId()}@example.com` })
    const { id } = await t.incidents.open(intent(t.team))
    await expect.poll(async () => (await page(t.incidents, id)).page.failures).toBe(1)
    await later(t.incidents, 5_000)
    await arrives(id, t.second.email)
    expect(await types(t.incidents, id)).toContain('page-failed')
    expect((await page(t.incidents, id)).page).toMatchObject({ state: 'due', failures: 2 })
    expect(await t.incidents.oldestUnsentPage()).toBeLessThan(Date.now())
  })

  test('its waits grow, and after 24 h it is given up and that is said', async () => {
    const t = await aWatchedTeam({ owner: `refuse-${newId()}@example.com` })
    const { id } = await t.incidents.open(intent(t.team))
    const failures = async () => (await page(t.incidents, id)).page.failures
    await expect.poll(failures).toBe(1)
    await later(t.incidents, 4_999)
    expect(await failures()).toBe(1)
    for (const [wait, n] of [[1, 2], [10_000, 3], [20_000, 4]] as const) {
      await later(t.incidents, wait)
      await expect.poll(failures).toBe(n)
    } // biome-ignore format: waits and tries
    await later(t.incidents, 24 * 3_600_000)
    await expect.poll(async () => (await page(t.incidents, id)).page.state).toBe('failed')
    expect((await t.incidents.timeline(id))!.findLast((e) => e.type === 'page-failed')).toMatchObject({ data: { gave_up: true } })
    expect(await t.incidents.oldestUnsentPage()).toBeNull()
  })

  test('health hears of it, and hears when it is over', async () => {
    const t = await aWatchedTeam({ owner: `refuse-${newId()}@example.com` })
    const { id } = await t.incidents.open(intent(t.team))
    const gauge = () => env.DB.prepare('SELECT oldest_unsent_at AS at FROM page_gauges WHERE team = ?').bind(t.team).first<{ at: number }>()
    await expect.poll(gauge).toEqual({ at: expect.any(Number) })
    expect(await oldestUnsentPage(db(env.DB), Date.now() + 61_000)).toBeGreaterThan(60_000)
    await t.incidents.acknowledge(id, owner(t.person))
    await expect.poll(gauge).toBeNull()
  })

  test('a slow provider holds up nobody else', async () => {
    const t = await aWatchedTeam({ owner: `slow-${newId()}@example.com` })
    const { body } = await t.api('POST', '/api/oncall/policies', {
      name: 'Theo',
      steps: [{ targets: [{ type: 'user', id: t.second.id }] }],
    })
    const slow = await t.incidents.open(intent(t.team))
    const quick = await t.incidents.open(intent(t.team, { policyId: body.id }))
    await arrives(quick.id, t.second.email)
    expect(await told(slow.id)).toEqual([])
    await arrives(slow.id, t.email)
  })

  test('an attempt without a receipt, after the object ended, is sent again and marked as possibly twice', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    await runInDurableObject(t.incidents, (_, state) => {
      state.storage.sql.exec(`UPDATE pages SET state = 'sending', doc = json_set(doc, '$.state', 'sending') WHERE incident = ?`, id)
    })
    await later(t.incidents, 3_000)
    await arrives(id, t.email, t.email)
    const sent = await page(t.incidents, id)
    expect(new Set((await mailbox(id)).map((m) => m.id))).toEqual(new Set([sent.page.id]))
    await expect.poll(async () => (await page(t.incidents, id)).page).toMatchObject({ state: 'accepted', possiblyTwice: true, attempt: 2 })
    expect((await page(t.incidents, id)).receipts.at(-1)).toMatchObject({ state: 'accepted', possiblyTwice: true })
  })

  test('one broken row does not stop the others', async () => {
    const t = await aWatchedTeam()
    const [broken, fine] = [intent(t.team), intent(t.team)]
    await t.incidents.open(broken)
    await t.incidents.open(fine)
    await arrives(fine.id, t.email)
    await runInDurableObject(t.incidents, (_, state) => {
      state.storage.sql.exec(`UPDATE incidents SET doc = '{' WHERE id = ?`, broken.id)
    })
    await later(t.incidents, 180_000)
    await expect.poll(() => told(fine.id)).toHaveLength(3)
  })
})

/** A database that never answers, put in the place of the instance's own. */
const hanging = () => {
  const never = () => new Promise(() => {})
  const statement = { bind: () => statement, all: never, raw: never, run: never, first: never }
  return { prepare: () => statement, batch: never, exec: never } as unknown as D1Database
}
const failing = () => {
  const fails = () => Promise.reject(new Error('D1_ERROR: down'))
  const statement = { bind: () => statement, all: fails, raw: fails, run: fails, first: fails }
  return { prepare: () => statement, batch: fails, exec: fails } as unknown as D1Database
}
const withDatabase = (incidents: DurableObjectStub<Incidents>, DB: D1Database) =>
  runInDurableObject(incidents as unknown as DurableObjectStub, (instance) => {
    Object.assign(instance, { env: { ...env, DB } })
  })

describe('D1 is away', () => {
  test('the page leaves within 2 s while it hangs, and the list learns of the incident when it is back', async () => {
    const t = await aWatchedTeam()
    await t.incidents.open(intent(t.team))
    await expect.poll(async () => (await t.api('GET', '/api/incidents')).body.data).toHaveLength(1)
    await withDatabase(t.incidents, hanging())
    const began = performance.now()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    expect(performance.now() - began).toBeLessThan(2000)
    expect((await t.api('GET', '/api/incidents')).body.data).toHaveLength(1)
    await withDatabase(t.incidents, env.DB)
    await expect
      .poll(
        async () => {
          await later(t.incidents, 5_000)
          return (await t.api('GET', '/api/incidents')).body.data
        },
        { timeout: 8000, interval: 500 },
      )
      .toHaveLength(2)
  })

  test('a head that could not be written is written by the alarm, without a request', async () => {
    const t = await aWatchedTeam()
    const { id } = await t.incidents.open(intent(t.team))
    await arrives(id, t.email)
    await withDatabase(t.incidents, failing())
    await t.incidents.acknowledge(id, owner(t.person))
    expect((await t.api('GET', '/api/incidents')).body.data).toMatchObject([{ status: 'OPEN' }])
    await withDatabase(t.incidents, env.DB)
    await later(t.incidents, 5_000)
    await expect.poll(async () => (await t.api('GET', '/api/incidents')).body.data).toMatchObject([{ status: 'ACKNOWLEDGED' }])
  })

  test('a team’s very first incident waits at most 2 s for it, says that nobody can be reached, and pages as soon as it is back', async () => {
    const t = await aWatchedTeam()
    await withDatabase(t.incidents, hanging())
    const began = performance.now()
    const { id } = await t.incidents.open(intent(t.team))
    expect(performance.now() - began).toBeLessThan(2000)
    expect(await types(t.incidents, id)).toContain('nobody-reachable')
    await withDatabase(t.incidents, env.DB)
    await later(t.incidents, 5_000)
    await arrives(id, expect.any(String), expect.any(String))
  })
})

test('an object asked about what it does not hold answers not-found', async () => {
  const t = await aWatchedTeam()
  const id = newId()
  expect(await t.incidents.get(id)).toBeNull()
  expect(await t.incidents.timeline(id)).toBeNull()
  expect(await t.incidents.pages(id)).toBeNull()
  expect(await t.incidents.acknowledge(id, owner(t.person))).toEqual({ refused: 'not-found' })
  expect(await t.incidents.readLink(id, newId())).toEqual({ state: 'unknown' })
  await t.incidents.observe(observation(id))
})
