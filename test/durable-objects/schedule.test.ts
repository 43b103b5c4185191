import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Schedule } from '../../durable-objects/schedule.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'
import { colleagues } from '../oncall-given.ts'

const namespace = (exports as unknown as { Schedule: DurableObjectNamespace<Schedule & Rpc.DurableObjectBranded> }).Schedule
const HOUR = 3_600_000
const iso = (at: number) => new Date(at).toISOString()

/** A daily schedule whose next handoff, to Theo, is in half an hour. */
async function given() {
  const g = await aTeam()
  const [theo] = (await colleagues(g.team, 'Theo Lindgren')) as [string]
  const next = Math.floor(Date.now() / 1000) * 1000 + HOUR / 2
  const layers = [{ rotation_type: 'DAILY', rotation_start: iso(next - 25 * 24 * HOUR), participants: [theo, g.person] }]
  const { body } = await g.api('POST', '/api/oncall/schedules', { name: 'Payments', timezone: 'UTC', layers })
  const object = namespace.getByName(`${g.team}/${body.id}`)
  const ask = stubs.schedule(g.team, body.id)
  await expect.poll(() => ask.whoIsOnCall(Date.now())).toMatchObject({ user: expect.any(String) })
  return { ...g, theo, next, schedule: body.id as string, object, ask }
}
const mails = async (to: string) => {
  const all = (await (await env.MAILBOX!.fetch('http://mailbox/mailbox.json')).json()) as { to: string; subject: string }[]
  return all.filter((m) => m.to === to).map((m) => m.subject)
}

test('a poke fills the copy; it answers without asking D1, ninety days ahead', async () => {
  const g = await given()
  expect(await g.ask.whoIsOnCall(g.next + 1)).toMatchObject({ user: g.theo === (await later(g, 1)) ? g.theo : g.person, since: g.next })
  expect(await g.ask.whoIsOnCall(g.next + 88 * 24 * HOUR)).toMatchObject({ reason: 'layer' })
  expect(await g.ask.whoIsOnCall(g.next + 100 * 24 * HOUR)).toEqual({ refused: 'not-held' })
})
const later = async (g: Awaited<ReturnType<typeof given>>, ms: number) =>
  (await g.api('GET', `/api/oncall/who-is-oncall?schedule_id=${g.schedule}&at=${iso(g.next + ms)}`)).body[0].user_id

test('survives eviction between a change and its alarm', async () => {
  const g = await given()
  const before = await runInDurableObject(g.object, (it) => it.copy)
  expect(before?.definition.versions[0]?.layers).toHaveLength(1)
  await evictDurableObject(g.object)
  // the alarm runs on a fresh instance: it must read what is stored before it saves anything
  await runDurableObjectAlarm(g.object)
  await evictDurableObject(g.object)
  expect(await g.ask.whoIsOnCall(Date.now())).toMatchObject({ reason: 'layer' })
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
  expect(await g.ask.whoIsOnCall(Date.now())).toMatchObject({ reason: 'layer' })
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
