import { beforeAll, expect, test, vi } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { Labels } from '../../shared/metrics/promql/labels.ts'
import { MemoryStorage } from '../../shared/metrics/promql/memory.ts'
import { aTeam } from '../given.ts'
import { stored } from './prometheus-garden.ts'

const MINUTE = 60_000
const until = { timeout: 15_000, interval: 100 }
let team: Awaited<ReturnType<typeof aTeam>>

/** A gauge with a value a minute, the last one now. */
const gauge = async (
  of: string,
  name: string,
  labels: Record<string, string>,
  values: number[],
  end = Math.floor(Date.now() / 1000) * 1000,
) => {
  const memory = new MemoryStorage()
  const samples = values.map((value, i) => ({ at: end - (values.length - 1 - i) * MINUTE, value }))
  memory.append(Labels.of({ __name__: name, ...labels }), samples)
  await stored(of, memory)
}
const make = async (body: object, of = team) => (await of.api('POST', '/api/metrics/alerts', body)).body

beforeAll(async () => {
  team = await aTeam()
  await gauge(team.team, 'queue_depth', { queue: 'mail' }, [1, 2, 900, 900, 900])
})

test('an alert has Better Stack’s and the seed’s attributes with their defaults, is changed by PATCH and gone after DELETE', async () => {
  const made = await team.api('POST', '/api/metrics/alerts', { name: 'Deep queue', query: 'queue_depth', condition: 'gt', threshold: 1e9 })
  expect(made).toMatchObject({
    status: 201,
    body: { condition: 'GT', for: 0, check_period: 60, on_missing_data: 'dont_fire', severity: 'SEV2' },
  })
  const path = `/api/metrics/alerts/${made.body.id}`
  expect(await team.api('PATCH', path, { for: 120, labels: { team: 'mail' } })).toMatchObject({
    status: 200,
    body: { for: 120, labels: { team: 'mail' } },
  })
  expect((await team.api('GET', path)).body).toMatchObject({ name: 'Deep queue', query: 'queue_depth', for: 120 })
  expect((await team.api('DELETE', path)).status).toBe(204)
  expect((await team.api('GET', path)).status).toBe(404)
})

test.each<[string, object, string]>([
  ['a query that is not PromQL', { query: 'sum(' }, 'query'],
  ['a range vector', { query: 'queue_depth[5m]' }, 'query'],
  ['a condition without a threshold', { condition: 'GT' }, 'threshold'],
  ['a policy of another team', { policy_id: newId() }, 'policy_id'],
  ['a channel that is no webhook of the team', { notify_channels: [newId()] }, 'notify_channels.0'],
  ['a label that the rule sets itself', { labels: { alertname: 'x' } }, 'labels'],
  ['a period under 10 s', { check_period: 1 }, 'check_period'],
])('%s is refused by its path', async (_, change, path) => {
  const { status, body } = await team.api('POST', '/api/metrics/alerts', { name: 'x', query: 'queue_depth', ...change })
  expect([status, body.errors[0].path]).toEqual([422, path])
})

test('what fires opens an incident that names the alert, and ends it when it recovers', async () => {
  const other = await aTeam()
  await gauge(other.team, 'temperature', { room: 'a' }, [20, 95])
  const hook = await other.api('POST', '/api/integrations/webhooks', {
    name: 'Chat',
    url: 'https://hooks.example.com/a',
    events: ['incident.created'],
  })
  const notify_channels = [hook.body.id]
  const { id } = await make(
    { name: 'Hot', query: 'temperature', condition: 'GT', threshold: 90, check_period: 10, severity: 'SEV1', notify_channels },
    other,
  )
  const incident = await vi.waitFor(async () => {
    const { data } = (await other.api('GET', '/api/incidents')).body
    expect(data).toHaveLength(1)
    return data[0]
  }, until)
  expect(incident).toMatchObject({ title: 'Hot: 95 is above 90 for room=a', severity: 'SEV1', status: 'OPEN', monitor_id: null })
  expect(incident.alert_id).toBe(id)
  const firing = (await other.api('GET', `/api/metrics/alerts/${id}`)).body
  expect(firing).toMatchObject({ state: 'FIRING', firing_count: 1, incident_id: incident.id, health: 'ok' })
  expect(firing.active[0]).toMatchObject({ labels: { alertname: 'Hot', room: 'a' }, state: 'FIRING', value: '95' })

  await gauge(other.team, 'temperature', { room: 'a' }, [21], Math.floor(Date.now() / 1000) * 1000)
  await vi.waitFor(async () => {
    expect((await other.api('GET', `/api/incidents/${incident.id}`)).body.status).toBe('RESOLVED')
  }, { timeout: 18_000, interval: 300 }) // biome-ignore format: one wait
  await vi.waitFor(async () => {
    const { data } = (await other.api('GET', `/api/metrics/alerts/${id}/history`)).body
    expect(data.map((d: { from: string; to: string }) => `${d.from} ${d.to}`)).toEqual(['FIRING INACTIVE', 'INACTIVE FIRING'])
    expect(data[1].incident_id).toBe(incident.id)
  }, until)
  expect((await other.api('GET', `/api/metrics/alerts/${id}`)).body).toMatchObject({
    state: 'INACTIVE',
    fired_30d: 1,
    incidents_30d: 1,
    acted_on_30d: 0,
  })
  await vi.waitFor(async () => {
    const { data } = (await other.api('GET', `/api/integrations/webhooks/${hook.body.id}/deliveries`)).body
    // besides what the endpoint asked for, what the alert names it for
    expect(data.map((d: { type: string }) => d.type).sort()).toEqual(['alert.firing', 'alert.resolved', 'incident.created'])
  }, until)
}, 45_000)

test('a deleted alert ends what it opened; a paused one too', async () => {
  const other = await aTeam()
  await gauge(other.team, 'up', { job: 'api' }, [0])
  for (const end of ['DELETE', 'PATCH']) {
    const { id } = await make({ name: `Down ${end}`, query: 'up == 0', check_period: 10 }, other)
    const open = () => other.api('GET', '/api/incidents?status=OPEN').then((r) => r.body.data)
    await vi.waitFor(async () => expect(await open()).toHaveLength(1), until)
    await other.api(end, `/api/metrics/alerts/${id}`, end === 'PATCH' ? { paused: true } : undefined)
    await vi.waitFor(async () => expect(await open()).toHaveLength(0), until)
  }
  expect((await other.api('GET', '/api/metrics/alerts/counts')).body).toMatchObject({ total: 1, paused: 1 })
}, 40_000)

test('a query that fails at evaluation is unknown, and says why', async () => {
  const other = await aTeam()
  await gauge(other.team, 'a', { x: '1' }, [1])
  await gauge(other.team, 'a', { x: '2' }, [1])
  const { id } = await make({ name: 'Many to many', query: 'a + on () a', check_period: 10 }, other)
  await vi.waitFor(async () => {
    const { body } = await other.api('GET', `/api/metrics/alerts/${id}`)
    expect(body).toMatchObject({ state: 'UNKNOWN', health: 'unknown' })
    expect(body.error).toContain('many-to-many')
  }, until)
})

test('another team sees nothing of it', async () => {
  const { id } = await make({ name: 'Mine', query: 'queue_depth > 1e9' })
  const other = await aTeam()
  for (const [method, path] of [['GET', ''], ['PATCH', ''], ['DELETE', ''], ['GET', '/history']] as const)
    expect((await other.api(method, `/api/metrics/alerts/${id}${path}`, method === 'PATCH' ? { name: 'y' } : undefined)).status).toBe(404)
  expect((await other.api('GET', '/api/metrics/alerts')).body.data).toEqual([])
}) // biome-ignore format: a table

test('a backtest lists when the alert would have fired, by the evaluation that also runs it', async () => {
  const other = await aTeam()
  const end = Math.floor(Date.now() / 3_600_000) * 3_600_000
  // three hours, high for ten minutes twice
  const values = Array.from({ length: 180 }, (_, i) => ((i >= 30 && i < 40) || (i >= 100 && i < 110) ? 50 : 5))
  await gauge(other.team, 'load', { host: 'a' }, values, end)
  const asked = {
    query: 'load',
    condition: 'GT',
    threshold: 10,
    for: 120,
    from: new Date(end - 180 * MINUTE).toISOString(),
    to: new Date(end).toISOString(),
  }
  const { status, body } = await other.api('POST', '/api/metrics/alerts/backtest', asked)
  expect(status).toBe(200)
  expect(body).toMatchObject({ would_have_fired: 2, would_have_opened: 2, every: 60, series: 1, error: null })
  const at = (minute: number) => new Date(end - (179 - minute) * MINUTE).toISOString()
  expect(body.fired).toEqual([
    { labels: { alertname: 'Backtest', host: 'a' }, active_at: at(30), from: at(32), to: at(40), peak: 50 },
    { labels: { alertname: 'Backtest', host: 'a' }, active_at: at(100), from: at(102), to: at(110), peak: 50 },
  ])
  const bad = await other.api('POST', '/api/metrics/alerts/backtest', { ...asked, from: asked.to, to: asked.from })
  expect([bad.status, bad.body.errors[0].path]).toEqual([422, 'from'])
})

test('what is unusual for the hour fires, by a baseline learnt from the days before', async () => {
  const other = await aTeam()
  const now = Math.floor(Date.now() / 1000) * 1000
  const usual = (at: number) => 100 + 40 * Math.sin((2 * Math.PI * at) / 86_400_000) + ((at / 600_000) % 7)
  const memory = new MemoryStorage()
  // more often than the lookback of five minutes: else half of all moments have no value
  const past = Array.from({ length: 8 * 360 }, (_, i) => now - (8 * 360 - i) * 240_000)
  memory.append(Labels.of({ __name__: 'visits', site: 'shop' }), [
    ...past.map((at) => ({ at, value: usual(at) })),
    { at: now - 60_000, value: 900 },
  ])
  memory.append(
    Labels.of({ __name__: 'visits', site: 'blog' }),
    [...past, now - 60_000].map((at) => ({ at, value: usual(at) })),
  )
  await stored(other.team, memory)
  const anomaly = { use_anomaly_detection: true, anomaly_trigger: 'higher', anomaly_training_range_days: 7 }
  const { id } = await make({ name: 'Crowd', query: 'visits', check_period: 10, create_incident: false, ...anomaly }, other)
  await vi.waitFor(async () => {
    const { body } = await other.api('GET', `/api/metrics/alerts/${id}`)
    expect(body).toMatchObject({
      state: 'FIRING',
      firing_count: 1,
      active: [{ labels: { alertname: 'Crowd', site: 'shop' }, value: '900' }],
    })
  }, until)
}, 30_000)
