import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Schedule } from '../../durable-objects/schedule.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { contactMethods } from '../../shared/notify/table.ts'
import { aTeam, call, env } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

const namespace = (exports as unknown as { Schedule: DurableObjectNamespace<Schedule & Rpc.DurableObjectBranded> }).Schedule
const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()

/** A daily schedule whose next handoff, to the team's owner, is in half an hour; `first` is done before it is made. */
async function given(first?: (g: Awaited<ReturnType<typeof aTeam>>) => Promise<void>) {
  const g = await aTeam()
  await first?.(g)
  const [theo] = (await colleagues(g.team, 'Theo Lindgren')) as [string]
  const next = Math.floor(Date.now() / 1000) * 1000 + HOUR / 2
  const layers = [{ rotation_type: 'DAILY', rotation_start: iso(next - 25 * 24 * HOUR), participants: [theo, g.person] }]
  const { body } = await g.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'UTC', layers })
  const object = namespace.getByName(`${g.team}/${body.id}`)
  const ask = stubs.schedule(g.team, body.id)
  await expect.poll(() => ask.whoIsOnCall(Date.now())).toMatchObject({ now: { user: expect.any(String) } })
  return { ...g, theo, next, schedule: body.id as string, object, ask }
}
const mails = async (to: string) => {
  const all = (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string; subject: string }[]
  return all.filter((m) => m.to === to).map((m) => m.subject)
}

test('a poke fills the copy; it answers without asking D1, ninety days ahead', async () => {
  const g = await given()
  expect(await g.ask.whoIsOnCall(g.next + 1)).toMatchObject({ now: { user: await later(g, 1), since: g.next } })
  expect(await g.ask.whoIsOnCall(g.next + 88 * 24 * HOUR)).toMatchObject({ now: { reason: 'layer' } })
  expect(await g.ask.whoIsOnCall(g.next + 100 * 24 * HOUR)).toEqual({ refused: 'not-held' })
})
const later = async (g: Awaited<ReturnType<typeof given>>, ms: number) =>
  (await g.api('GET', `/api/oncall/who-is-oncall?schedule_id=${g.schedule}&at=${iso(g.next + ms)}`)).body[0].user_id

test('while D1 is away the API answers from it: who is on call, and who is next', async () => {
  const g = await given()
  const path = `/api/oncall/who-is-oncall?schedule_id=${g.schedule}`
  const before = await g.api('GET', path)
  const real = env.DB
  const away = () => {
    throw new Error('D1 is down')
  }
  try {
    Object.assign(env, { DB: { prepare: away, batch: away } })
    const ask = (p: string) => call(p, { headers: { authorization: `Bearer ${g.key}` } })
    expect(await (await ask(path)).json()).toEqual(before.body)
    const [far, all] = [await ask(`${path}&at=${iso(Date.now() + 100 * 24 * HOUR)}`), await ask('/api/oncall/who-is-oncall')]
    for (const r of [far, all]) expect([r.status, r.headers.get('retry-after')]).toEqual([503, '5'])
  } finally {
    Object.assign(env, { DB: real })
  }
})

test('survives eviction between a change and its alarm', async () => {
  const g = await given()
  const before = await runInDurableObject(g.object, (it) => it.copy)
  expect(before?.definition.versions[0]?.layers).toHaveLength(1)
  await evictDurableObject(g.object)
  // the alarm runs on a fresh instance: it must read what is stored before it saves anything
  await runDurableObjectAlarm(g.object)
  await evictDurableObject(g.object)
  expect(await g.ask.whoIsOnCall(Date.now())).toMatchObject({ now: { reason: 'layer' } })
  const after = await runInDurableObject(g.object, async (it, state) => ({
    kept: await state.storage.get<{ copy: typeof before }>('data'),
    alarm: await state.storage.getAlarm(),
    team: it.team,
  }))
  expect(after.kept?.copy?.definition).toEqual(before?.definition)
  expect(after.team).toBe(g.team)
  expect(after.alarm).toBeGreaterThan(Date.now())
})

test('an hour before, whoever is next gets one mail, however often the alarm runs', async () => {
  const g = await given()
  const next = await later(g, 1)
  const to = next === g.theo ? `${g.theo}@example.com` : g.email
  await runDurableObjectAlarm(g.object)
  await expect.poll(() => mails(to), { timeout: 10_000 }).toEqual([expect.stringMatching(/^Your shift on Payments starts in \d+ m$/)])
  await g.object.fetch('https://itty-durable/do/call/refresh', { headers: { 'do-content': JSON.stringify([g.team, g.schedule]) } })
  await runDurableObjectAlarm(g.object)
  expect(await mails(to)).toHaveLength(1)
})

test('whoever wishes to hear of what is not urgent by phone is told of their shift there', async () => {
  const at = Date.now()
  const phone = `+3369${String(at).slice(-8)}`
  const g = await given(async (g) => {
    const row = { id: newId(), team: g.team, person: g.person, channel: 'sms' as const, contact: phone, label: '', secret: null, verified_at: at, created_at: at, updated_at: at } // biome-ignore format: a row
    await db(env.DB).insert(contactMethods).values(row)
    const urgency = (await g.api('GET', '/api/oncall/urgencies')).body.data.find((u: { severity: string }) => u.severity === 'SEV4').id
    const rules = [{ urgency_id: urgency, contact_method_id: row.id, after_minutes: 5 }]
    expect((await g.api('PUT', '/api/oncall/notification-rules', { rules, quiet_hours: [] })).status).toBe(200)
  })
  expect(await later(g, 1)).toBe(g.person)
  await runDurableObjectAlarm(g.object)
  const texts = async () =>
    ((await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string; text: string }[])
      .filter((m) => m.to === phone)
      .map((m) => m.text)
  await expect.poll(texts, { timeout: 10_000 }).toEqual([expect.stringMatching(/^Your shift on Payments starts in \d+ m, until /)])
  expect(await mails(g.email)).toEqual([])
})

test('while D1 is away the alarm comes again and the copy stays', async () => {
  const g = await given()
  await runInDurableObject(g.object, async (it, state) => {
    const real = it.state.env
    it.state.env = { ...real, DB: { prepare: () => { throw new Error('D1 is down') } } as unknown as D1Database } // biome-ignore format: a row
    await it.alarm()
    it.state.env = real
    expect(await state.storage.getAlarm()).toBeGreaterThan(Date.now())
    expect(it.copy?.definition.id).toBe(g.schedule)
  })
  expect(await g.ask.whoIsOnCall(Date.now())).toMatchObject({ now: { reason: 'layer' } })
})

test('a schedule that is deleted is forgotten, and one that never was writes nothing', async () => {
  const g = await given()
  await g.api('DELETE', `/api/oncall/schedules/${g.schedule}`)
  await expect.poll(() => g.ask.whoIsOnCall(Date.now())).toEqual({ refused: 'not-held' })
  const [unknown, id] = [newId(), newId()]
  const stranger = stubs.schedule(unknown, id)
  expect(await stranger.whoIsOnCall(Date.now())).toEqual({ refused: 'not-held' })
  expect(await stranger.refresh(unknown, id)).toEqual({ held: false })
  const kept = await runInDurableObject(namespace.getByName(`${unknown}/${id}`), (_, state) => state.storage.list())
  expect([...kept.keys()]).toEqual([])
})
