import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, inject, test, vi } from 'vitest'
import type { MonitorShard } from '../../durable-objects/monitor-shard.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import { aTeam, env } from '../given.ts'

const target = inject('target')
const answers = (name: string, ...list: object[]) => fetch(`${target}/${name}`, { method: 'PUT', body: JSON.stringify(list) })
const asked = async (name: string) => Number(await (await fetch(`${target}/${name}?asked`)).text())
const until = <T>(what: () => Promise<T>, timeout = 15_000) => vi.waitFor(what, { timeout, interval: 50 })

/** A team with one monitor on a page of its own; `status()` is what the API answers. */
async function aMonitor(more: object = {}, ...list: object[]) {
  const given = await aTeam()
  const name = newId()
  await answers(name, ...(list.length ? list : [{}]))
  const made = await given.api('POST', '/api/uptime/monitors', {
    url: `${target}/${name}`,
    check_frequency: 5,
    recovery_period: 0,
    ...more,
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { id } = made.body
  const shard = Number.parseInt(id.slice(-4), 16) % 16
  const read = async () => (await given.api('GET', `/api/uptime/monitors/${id}`)).body
  const status = async () => (await read()).status
  return {
    ...given,
    id,
    name,
    shard: stubs.monitorShard(shard) as unknown as DurableObjectStub<MonitorShard>,
    read,
    status,
    incidents: async () => (await given.api('GET', '/api/incidents')).body.data,
  }
}
const is = (status: string) => async (m: { status: () => Promise<string> }) => expect(await m.status()).toBe(status)

test('a new monitor is checked within seconds and shown up, in the list too', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  const body = await m.read()
  expect(Date.now() - Date.parse(body.last_checked_at)).toBeLessThan(10_000)
  await until(async () => expect((await m.api('GET', '/api/uptime/monitors?status=up')).body.data.map((x: any) => x.id)).toEqual([m.id]))
})

test('a broken page makes an incident, a mended one resolves it', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  await answers(m.name, { status: 503, body: 'broken' })
  await until(() => is('down')(m))
  const [incident] = await until(async () => {
    const found = await m.incidents()
    expect(found).toHaveLength(1)
    return found
  })
  expect(incident).toMatchObject({ status: 'OPEN', severity: 'SEV2', monitor_id: m.id })
  expect((await m.read()).incident_id).toBe(incident.id)
  await answers(m.name, {})
  await until(() => is('up')(m))
  await until(async () => expect((await m.incidents())[0].status).toBe('RESOLVED'))
  expect((await m.read()).incident_id).toBeNull()
})
