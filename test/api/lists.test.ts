import { expect, inject, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { aTeam, env } from '../given.ts'

const monitors = '/api/uptime/monitors'
const target = inject('target')
type Team = Awaited<ReturnType<typeof aTeam>>
const names = async (team: Team, query: string) =>
  (await team.api('GET', `${monitors}?${query}`)).body.data.map((m: { name: string }) => m.name)
const watch = async (team: Team, name: string, more: object = {}) =>
  (await team.api('POST', monitors, { url: `${target}/lists`, name, paused: true, ...more })).body

test('a deleted monitor comes back as it was, watched anew; what nobody deleted cannot be restored', async () => {
  const team = await aTeam()
  await fetch(`${target}/restored`, { method: 'PUT', body: '[{}]' })
  const made = await watch(team, 'Checkout', { url: `${target}/restored`, paused: false, check_frequency: 5 })
  const status = async () => (await team.api('GET', `${monitors}/${made.id}`)).body.status
  await vi.waitFor(async () => expect(await status()).toBe('up'), 15_000)
  expect((await team.api('DELETE', `${monitors}/${made.id}`)).status).toBe(204)
  expect((await team.api('GET', `${monitors}/${made.id}`)).status).toBe(404)
  expect((await (await aTeam()).api('POST', `${monitors}/${made.id}/restore`)).status).toBe(404)
  const back = await team.api('POST', `${monitors}/${made.id}/restore`)
  expect(back).toMatchObject({ status: 200, body: { id: made.id, number: made.number, name: 'Checkout' } })
  await vi.waitFor(async () => expect(await status()).toBe('up'), 15_000)
  expect((await team.api('POST', `${monitors}/${made.id}/restore`)).status).toBe(200)
  expect((await team.api('POST', `${monitors}/${newId()}/restore`)).status).toBe(404)
})

test('several states at once, and mine: monitors whose policy names me, the default one too', async () => {
  const team = await aTeam()
  const policy = (
    await team.api('POST', '/api/oncall/policies', { name: 'Nobody by name', steps: [{ wait_before: 0, targets: [{ type: 'team' }] }] })
  ).body
  await watch(team, 'A')
  await watch(team, 'B', { policy_id: policy.id })
  await team.api('GET', '/api/oncall/policies')
  expect(await names(team, 'status=paused,pending')).toEqual(['A', 'B'])
  expect(await names(team, 'status=down,validating')).toEqual([])
  expect(await names(team, 'mine=true')).toEqual(['A'])
  expect((await team.api('GET', `${monitors}?mine=perhaps`)).status).toBe(422)
})

test('under 99.9 %: what was up for less of the observed time, and nothing that was never down', async () => {
  const team = await aTeam()
  const at = Date.now()
  const ids: Record<string, string> = {}
  for (const name of ['Well', 'Shaky', 'Short']) ids[name] = (await watch(team, name)).id
  const row = (name: string, ago: number, state: string) =>
    JSON.stringify({ team: team.team, monitor: ids[name], at: new Date(at - ago).toISOString(), state, incident: '', seq: at - ago })
  const rows = [
    row('Well', 10 * DAY, 'up'),
    row('Shaky', 10 * DAY, 'up'),
    row('Shaky', 5 * HOUR, 'down'),
    row('Shaky', 3 * HOUR, 'up'),
    row('Short', 10 * DAY, 'up'),
    row('Short', HOUR, 'down'),
    row('Short', HOUR - 60_000, 'up'),
  ]
  expect(await insert(clickhouseOf(env), 'monitor_states', `${rows.join('\n')}\n`, newId())).toEqual({ outcome: 'ok' })
  expect(await names(team, 'availability_below=0.999&sort=name')).toEqual(['Shaky'])
  expect(await names(team, 'availability_below=0.99999&sort=name')).toEqual(['Shaky', 'Short'])
  expect((await team.api('GET', `${monitors}?availability_below=2`)).status).toBe(422)
})

test('incidents: several states at once, nobody acknowledged, mine', async () => {
  const team = await aTeam()
  const declare = async (title: string) => (await team.api('POST', '/api/incidents', { title, notify: false })).body.id
  const [open, taken, alone] = [await declare('Open'), await declare('Taken'), await declare('Alone')]
  await team.api('PATCH', `/api/incidents/${taken}/acknowledge`)
  await team.api('PATCH', `/api/incidents/${alone}/resolve`)
  const ids = async (query: string) => (await team.api('GET', `/api/incidents?${query}`)).body.data.map((i: { id: string }) => i.id)
  await vi.waitFor(async () => expect(await ids('status=OPEN,ACKNOWLEDGED')).toEqual([taken, open]), 5000)
  expect(await ids('status=open,resolved')).toEqual([alone, open])
  expect(await ids('status=RESOLVED&acknowledged=false')).toEqual([alone])
  expect(await ids('acknowledged=true')).toEqual([taken])
  expect((await team.api('GET', '/api/incidents?status=BURNING')).status).toBe(422)
})
