import { runDurableObjectAlarm } from 'cloudflare:test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { stubs } from '../../durable-objects/stubs.ts'
import { member, user } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { contactMethods } from '../../shared/notify/table.ts'
import { fakeTwilio } from '../fakes/twilio.ts'
import { aTeam, call, env } from '../given.ts'

/** As `expect.poll`, with the patience that a busy machine needs. */
const polled = <T>(what: () => T) => expect.poll(what, { timeout: 8000 })

const twilio = fakeTwilio()
beforeAll(() => void Object.assign(env, { TWILIO_AUTH_TOKEN: twilio.token }))
afterAll(() => void Object.assign(env, { TWILIO_AUTH_TOKEN: undefined }))
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

type Message = { id: string; to: string; channel: string; text: string }
const HOUR = 3_600_000

/** Ines, Theo and Mei, each with a phone that is called; times are UTC. */
async function aRota() {
  const ines = await aTeam()
  const at = Date.now()
  const others = ['Theo', 'Mei'].map((name) => ({ id: newId(), name }))
  const people = [{ id: ines.person, name: 'Ines' }, ...others]
  const phones = new Map(people.map((p, i) => [`+3362${String(i)}${p.id.replace(/\D/g, '').slice(-8)}`, p.name]))
  const database = db(env.DB)
  const added = others.flatMap(({ id, name }, i) => [
    database.insert(user).values({ id, name, email: `${name}-${id}@example.com`, createdAt: new Date(at), updatedAt: new Date(at) }),
    database
      .insert(member)
      .values({ id: newId(), organizationId: ines.team, userId: id, role: 'responder', createdAt: new Date(at + 1000 * (i + 1)) }),
  ])
  const rows = [...phones.keys()].map((contact, i) => ({ id: newId(), team: ines.team, person: people[i]!.id, channel: 'voice' as const, contact, label: '', secret: null, verified_at: at, created_at: at, updated_at: at })) // biome-ignore format: a row
  await database.batch([database.insert(contactMethods).values(rows), ...added])
  const incidents = stubs.incidents(ines.team)
  const make = async (path: string, body: object) => {
    const made = await ines.api('POST', path, body)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body
  }
  const calls = async () =>
    (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>())
      .filter((m) => m.channel === 'voice' && phones.has(m.to))
      .reverse()
  return {
    ...ines,
    theo: others[0]!.id,
    mei: others[1]!.id,
    incidents,
    make,
    calls,
    /** Who was called, in order. */
    called: async () => (await calls()).map((m) => phones.get(m.to)),
    async later(ms: number) {
      vi.setSystemTime(Date.now() + ms)
      await runDurableObjectAlarm(incidents)
    },
  }
}

test('nobody acknowledges: the second person, then the whole team; then a key on the phone takes it and nobody is called any more', async () => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 3, 14))
  const rota = await aRota()
  const policy = await rota.make('/api/oncall/policies', {
    name: 'Nights',
    final_team_after: 300,
    steps: [{ targets: [{ type: 'user', id: rota.person }] }, { wait_before: 180, targets: [{ type: 'user', id: rota.theo }] }],
  })
  const { id } = await rota.make('/api/incidents', { title: 'Cards fail', severity: 'SEV1', policy_id: policy.id })
  await polled(rota.called).toEqual(['Ines'])
  await rota.later(179_000)
  expect(await rota.called()).toEqual(['Ines'])
  await rota.later(1_000)
  await polled(rota.called).toEqual(['Ines', 'Theo'])
  await rota.later(300_000)
  await polled(async () => (await rota.called()).sort()).toEqual(['Ines', 'Ines', 'Mei', 'Theo', 'Theo'])

  // Mei presses 1: the call is hers, so the incident is
  const hers = (await rota.incidents.pages(id))!.find((p) => p.page.person === rota.mei && p.page.channel === 'voice')!.page
  const { sealReport } = await import('../../shared/incidents/link.ts')
  const { ring } = await import('../../shared/seal.ts')
  const link = await sealReport(ring(env.SECRET_KEYS), { team: rota.team, incident: id, page: hers.id, person: rota.mei })
  const path = `/hooks/twilio/keypad/${link}`
  const said = await call(path, twilio.signed(`http://localhost${path}`, { Digits: '1' }))
  expect(await said.text()).toContain('You have it')
  expect((await rota.api('GET', `/api/incidents/${id}`)).body).toMatchObject({ status: 'ACKNOWLEDGED', responder_id: rota.mei })
  await rota.later(6 * HOUR)
  expect(await rota.called()).toHaveLength(5)

  // what it cost people is in the report for pay: a call and a mail each time, and the night of whoever a phone woke
  const { body } = await rota.api('GET', '/api/oncall/reports?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z')
  const carried = body.people.map((p: { user_id: string; pages: number; woken: number }) => [p.user_id, p.pages, p.woken])
  expect(new Set(carried)).toEqual(
    new Set([
      [rota.person, 4, 2],
      [rota.theo, 4, 1],
      [rota.mei, 2, 1],
    ]),
  )
})

test('cover accepted in the middle of an incident: the next page goes to whoever covers', async () => {
  vi.setSystemTime(Date.UTC(2026, 10, 23, 10))
  const rota = await aRota()
  const schedule = await rota.make('/api/oncall/schedules', {
    name: 'Payments',
    timezone: 'UTC',
    layers: [{ name: 'All', rotation_type: 'WEEKLY', rotation_start: '2026-11-23T08:00:00Z', participants: [rota.person, rota.theo] }],
  })
  const policy = await rota.make('/api/oncall/policies', {
    name: 'By schedule',
    steps: [{ targets: [{ type: 'schedule', id: schedule.id }], repeat_count: 3, repeat_every: 600 }],
  })
  await rota.make('/api/incidents', { title: 'Cards fail', severity: 'SEV1', policy_id: policy.id })
  await polled(rota.called).toEqual(['Ines'])

  const shifts = (await rota.api('GET', `/api/oncall/schedules/${schedule.id}/shifts?from=2026-11-23T09:00:00Z&to=2026-11-23T20:00:00Z`))
    .body
  const shift = shifts.find((s: { user_id: string }) => s.user_id === rota.person)
  const cover = await rota.make('/api/oncall/cover-requests', {
    shift_id: shift.id,
    from: '2026-11-23T10:05:00Z',
    to: '2026-11-23T12:00:00Z',
    reason: 'train',
    on_behalf_of: rota.person,
  })
  const accepted = await rota.api('POST', `/api/oncall/cover-requests/${cover.id}/accept`, { user_id: rota.mei })
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
  await rota.incidents.refresh()
  await rota.later(600_000)
  await polled(rota.called).toEqual(['Ines', 'Mei'])
  await rota.later(600_000)
  await polled(rota.called).toEqual(['Ines', 'Mei', 'Mei'])
})

test('the clocks change at night: the handoff at 02:30 happens once, and the page goes to whoever the wall clock says', async () => {
  // 25 October 2026 in Paris: at 03:00 summer time it is 02:00 again. 02:30 comes twice; the first one hands off
  vi.setSystemTime(Date.UTC(2026, 9, 25, 0, 0))
  const rota = await aRota()
  const schedule = await rota.make('/api/oncall/schedules', {
    name: 'Nights',
    timezone: 'Europe/Paris',
    layers: [{ name: 'All', rotation_type: 'DAILY', rotation_start: '2026-10-24T02:30:00+02:00', participants: [rota.person, rota.theo] }],
  })
  const policy = await rota.make('/api/oncall/policies', {
    name: 'By schedule',
    steps: [{ targets: [{ type: 'schedule', id: schedule.id }] }],
  })
  const pagedAt = async (hour: number, minute: number) => {
    const before = (await rota.calls()).length
    vi.setSystemTime(Date.UTC(2026, 9, 25, hour, minute))
    await rota.make('/api/incidents', { title: `At ${hour}:${minute}`, severity: 'SEV1', policy_id: policy.id })
    await polled(async () => (await rota.calls()).length).toBe(before + 1)
    return (await rota.called()).at(-1)
  }
  expect(await pagedAt(0, 29)).toBe('Ines') // 02:29 summer time
  expect(await pagedAt(0, 31)).toBe('Theo') // 02:31 summer time: handed off
  expect(await pagedAt(1, 29)).toBe('Theo') // 02:29 again, winter time: no second handoff
  expect(await pagedAt(1, 31)).toBe('Theo') // 02:31 again
})
