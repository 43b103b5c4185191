import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Incidents } from '../../durable-objects/incidents.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import type { Actor } from '../../shared/actor.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { contactMethods } from '../../shared/notify/table.ts'
import type { Severity } from '../../shared/oncall/escalation.ts'
import { aTeam, env } from '../given.ts'

/** As `expect.poll`, with the patience that a busy machine needs. */
const polled = <T>(what: () => T) => expect.poll(what, { timeout: 8000 })

type Message = { id: string; to: string; channel: string; subject: string; text: string }
const mailbox = async (to: string): Promise<Message[]> =>
  (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json<Message[]>()).filter((m) => m.to === to).reverse()

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())
async function later(incidents: DurableObjectStub<Incidents>, ms: number) {
  vi.setSystemTime(Date.now() + ms)
  await runDurableObjectAlarm(incidents)
}

let numbers = 0
/** A team of one, with a verified phone that is called and written to, and whatever policy. */
async function onCall(channels: ('voice' | 'sms')[], steps?: object[], more: object = {}) {
  const t = await aTeam()
  const at = Date.now()
  const phone = `+3361${String(at).slice(-6)}${String(++numbers).padStart(3, '0')}`
  const rows = channels.map((channel) => ({ id: newId(), team: t.team, person: t.person, channel, contact: phone, label: '', secret: null, verified_at: at, created_at: at, updated_at: at })) // biome-ignore format: a row
  await db(env.DB).batch([db(env.DB).insert(contactMethods).values(rows)])
  const policy = steps && (await t.api('POST', '/api/oncall/policies', { name: 'P', steps, ...more }))
  if (policy) expect(policy.status, JSON.stringify(policy.body)).toBe(201)
  const incidents = stubs.incidents(t.team)
  const by: Actor = { type: 'key', id: 'k', name: 'k' }
  const declare = async (title = 'Cards fail', severity: Severity = 'sev1') => {
    const d = { id: newId(), title, description: null, severity, serviceId: null, policyId: policy?.body.id ?? null, notify: true }
    await incidents.declare(t.team, d, by)
    return d.id
  }
  return { ...t, phone, methods: rows.map((r) => r.id), incidents, by, declare, told: () => mailbox(phone) }
}
const states = async (incidents: DurableObjectStub<Incidents>, ids: string[]) =>
  (await Promise.all(ids.map((id) => incidents.pages(id)))).flat().map((p) => p!.page.state)

describe('a storm', () => {
  test('rings a phone once, then once more for everything else: grouped, never dropped', async () => {
    const t = await onCall(['voice'], [{ targets: [{ type: 'team' }] }])
    const ids = [await t.declare('First')]
    await polled(async () => (await t.told()).length).toBe(1)
    for (let i = 2; i <= 6; i++) ids.push(await t.declare(`Number ${i}`))
    await later(t.incidents, 59_000)
    expect(await t.told()).toHaveLength(1)
    const held = (await t.incidents.pages(ids[3]!))!.find((p) => p.page.channel === 'voice')!
    expect(held).toMatchObject({
      page: { state: 'due', held: expect.stringContaining('less than 60 s ago') },
      receipts: [{ state: 'queued' }, { state: 'queued', detail: held.page.held }],
    })
    await later(t.incidents, 1_000)
    await polled(async () => (await t.told()).length).toBe(2)
    const second = (await t.told())[1]!.text
    expect(second).toMatch(/and 4 more: INC-\d, INC-\d, INC-\d, INC-\d\./)
    for (let i = 2; i <= 6; i++) expect(second).toMatch(new RegExp(`(INC-|Incident )${i}\\b`))
    await polled(() => states(t.incidents, ids)).toEqual(expect.not.arrayContaining(['due', 'sending']))
    await later(t.incidents, 120_000)
    expect(await t.told()).toHaveLength(2)
  })

  test('a key on the phone takes everything that the call told of', async () => {
    const t = await onCall(['voice'], [{ targets: [{ type: 'team' }] }])
    const first = await t.declare('First')
    await polled(async () => (await t.told()).length).toBe(1)
    const rest = [await t.declare('Second'), await t.declare('Third')]
    await later(t.incidents, 60_000)
    await polled(async () => (await t.told()).length).toBe(2)
    const leader = (await t.told())[1]!.id
    await polled(() => states(t.incidents, rest)).toEqual(expect.not.arrayContaining(['sending']))
    expect(await t.incidents.pressed(leader, 'acknowledge', 'keypad')).toBe('acknowledged')
    const status = async (id: string) => (await t.incidents.get(id))!.incident.status
    expect([await status(first), ...(await Promise.all(rest.map(status)))]).toEqual(['open', 'acknowledged', 'acknowledged'])
  })

  test('SMS of 60 people a minute are the team’s limit; what is critical goes on from the reserve', async () => {
    const t = await onCall(['sms'], [{ targets: [{ type: 'team' }] }])
    await t.declare('Warm')
    await polled(async () => (await t.told()).length).toBe(1)
    // the account as forty messages at once leave it: what is not critical has to wait for the reserve
    await runInDurableObject(t.incidents, (_, state) => {
      state.storage.sql.exec("UPDATE marks SET n = ? WHERE key = 'limit:sms'", Date.now() + 40_000)
      state.storage.sql.exec("DELETE FROM marks WHERE key LIKE 'sent:%'")
    })
    const calm = await t.declare('Calm', 'sev3')
    await t.api('PATCH', `/api/oncall/urgencies/${(await t.api('GET', '/api/oncall/urgencies')).body.data[2].id}`, { channels: ['sms'] })
    await t.incidents.refresh()
    const quiet = await t.declare('Quiet', 'sev3')
    expect(calm).not.toBe(quiet)
    const page = async (id: string) => (await t.incidents.pages(id))!.find((p) => p.page.channel === 'sms')?.page
    await polled(async () => (await page(quiet))?.held).toContain('limit of 60 a minute')
    const urgent = await t.declare('Urgent', 'sev1')
    await polled(async () => (await page(urgent))?.state).toBe('accepted')
  })
})

describe('wishes and quiet hours', () => {
  test('mail now, a call after five minutes, and no call when somebody has it before', async () => {
    const t = await onCall(['voice'], [{ targets: [{ type: 'team' }] }])
    const { body } = await t.api('GET', '/api/oncall/notification-rules')
    const urgency_id = body.effective[0].urgency_id
    const rules = [{ urgency_id, contact_method_id: t.person, after_minutes: 0 }, { urgency_id, contact_method_id: t.methods[0], after_minutes: 5 }] // biome-ignore format: two rules
    expect((await t.api('PUT', '/api/oncall/notification-rules', { rules })).status).toBe(200)
    await t.incidents.refresh()
    const first = await t.declare()
    await polled(async () => (await mailbox(t.email)).length).toBe(1)
    await later(t.incidents, 299_000)
    expect(await t.told()).toEqual([])
    await later(t.incidents, 1_000)
    await polled(async () => (await t.told()).length).toBe(1)
    const second = await t.declare('Another')
    await t.incidents.acknowledge(second, t.by)
    await later(t.incidents, 600_000)
    expect(await t.told()).toHaveLength(1)
    expect(first).not.toBe(second)
  })

  test('at night SEV3 is mail alone, SEV1 rings', async () => {
    vi.setSystemTime(Date.UTC(2026, 10, 23, 3, 14))
    const t = await onCall(['voice'], [{ targets: [{ type: 'team' }] }])
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
    await t.api('PUT', '/api/oncall/notification-rules', { rules: [], quiet_hours: [{ days, from: '22:00', to: '07:00' }] })
    const { body } = await t.api('GET', '/api/oncall/urgencies')
    await t.api('PATCH', `/api/oncall/urgencies/${body.data[2].id}`, { channels: ['voice', 'email'] })
    await t.incidents.refresh()
    const channels = async (id: string) => (await t.incidents.pages(id))!.map((p) => p.page.channel).sort()
    expect(await channels(await t.declare('Calm', 'sev3'))).toEqual(['email'])
    expect(await channels(await t.declare('Loud', 'sev1'))).toEqual(['email', 'voice'])
  })
})

describe('an acknowledgement', () => {
  test('that is not followed by a resolution pages again, from the beginning', async () => {
    const t = await onCall(['sms'], [{ targets: [{ type: 'team' }] }], { acknowledgement_timeout: 1800 })
    const id = await t.declare()
    await polled(async () => (await t.told()).length).toBe(1)
    await t.incidents.acknowledge(id, t.by)
    await later(t.incidents, 1_799_000)
    expect((await t.incidents.get(id))!.incident.status).toBe('acknowledged')
    await later(t.incidents, 1_000)
    await polled(async () => (await t.told()).length).toBe(2)
    expect((await t.incidents.get(id))!.incident).toMatchObject({ status: 'open', life: 1, acknowledgedAt: null })
    expect((await t.incidents.timeline(id))!.map((e) => e.type)).toContain('acknowledgement-lapsed')
  })
})

describe('a schedule', () => {
  test('pages whoever is on call, with D1 down; an empty one is passed at once and the admins hear of it', async () => {
    const t = await onCall(['sms'])
    const layer = {
      name: 'All',
      rotation_type: 'DAILY',
      rotation_start: new Date(Date.now() - 3_600_000).toISOString(),
      participants: [t.person],
    }
    const made = await t.api('POST', '/api/oncall/schedules', { name: 'Days', timezone: 'Europe/Paris', layers: [layer] })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const empty = await t.api('POST', '/api/oncall/schedules', {
      name: 'Nights',
      timezone: 'UTC',
      layers: [{ ...layer, rotation_end: new Date(Date.now() - 60_000).toISOString() }],
    })
    expect(empty.status, JSON.stringify(empty.body)).toBe(201)
    const steps = [empty.body.id, made.body.id].map((id) => ({ wait_before: 600, targets: [{ type: 'schedule', id }] }))
    const policy = await t.api('POST', '/api/oncall/policies', { name: 'By schedule', steps: [{ ...steps[0]!, wait_before: 0 }, steps[1]] })
    expect(policy.status).toBe(201)
    await t.declare()
    await t.incidents.refresh()
    const never = () => new Promise(() => {})
    const statement = { bind: () => statement, all: never, raw: never, run: never, first: never }
    await runInDurableObject(t.incidents as unknown as DurableObjectStub, (instance) => {
      Object.assign(instance, { env: { ...env, DB: { prepare: () => statement, batch: never, exec: never } } })
    })
    const d = {
      id: newId(),
      title: 'By schedule',
      description: null,
      severity: 'sev1' as const,
      serviceId: null,
      policyId: policy.body.id,
      notify: true,
    }
    await t.incidents.declare(t.team, d, t.by)
    const pages = (await t.incidents.pages(d.id))!.map((p) => [p.page.kind, p.page.step, p.page.channel])
    expect(pages).toEqual(expect.arrayContaining([['page', 2, 'sms'], ['page', 2, 'email'], ['notice', 1, 'email']])) // biome-ignore format: pages
    await expect
      .poll(async () => (await mailbox(t.email)).map((m) => m.subject), { timeout: 8000 })
      .toContain('Step 1 of the policy By schedule named the schedule Nights, on which nobody is on call.')
    expect((await t.incidents.timeline(d.id))!.map((e) => e.type)).toContain('step-passed')
  })
})

test('pages and incidents that the first version stored go on as they were', async () => {
  const t = await onCall(['sms'])
  const id = await t.declare()
  await polled(async () => (await t.told()).length).toBe(1)
  await runInDurableObject(t.incidents, (_, state) => {
    const old = { id: 'p', name: 'Old', repeat_count: 0, steps: [{ wait_before: 0, urgency: 'high', targets: [{ type: 'team', id: t.team }] }, { wait_before: 60, urgency: 'high', targets: [{ type: 'team', id: t.team }] }] } // biome-ignore format: a row
    state.storage.sql.exec(
      `UPDATE incidents SET look_again = ?, doc = json_set(doc, '$.v', 1, '$.policy', json(?), '$.taken', 1, '$.lookAgain', ?) WHERE id = ?`,
      Date.now() + 60_000,
      JSON.stringify(old),
      Date.now() + 60_000,
      id,
    )
    state.storage.sql.exec(
      `UPDATE pages SET doc = json_remove(json_set(doc, '$.v', 1, '$.rank', 0), '$.kind', '$.notice', '$.replaces', '$.held', '$.with', '$.critical', '$.wantedAt') WHERE incident = ?`,
      id,
    )
  })
  await later(t.incidents, 61_000)
  await polled(async () => (await t.told()).length).toBe(2)
})
