import { runInDurableObject } from 'cloudflare:test'
import { expect, inject, test, vi } from 'vitest'
import type { Incidents } from '../../durable-objects/incidents.ts'
import type { MonitorShard } from '../../durable-objects/monitor-shard.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { newId } from '../../shared/ids.ts'
import { MINUTE } from '../../shared/time.ts'
import { aTeam, env } from '../given.ts'

const target = inject('target')
const answers = (name: string, ...list: object[]) => fetch(`${target}/${name}`, { method: 'PUT', body: JSON.stringify(list) })
const asked = async (name: string) => Number(await (await fetch(`${target}/${name}?asked`)).text())
const until = <T>(what: () => Promise<T>, timeout = 15_000) => vi.waitFor(what, { timeout, interval: 50 })
/** Its own generics are too deep for these classes. */
const inside = (object: unknown, how: (held: any, state: DurableObjectState) => unknown): Promise<any> =>
  (runInDurableObject as any)(object, how)
const broken = { status: 503, body: 'broken' }

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
  const number = Number.parseInt(id.slice(-4), 16) % 16
  const read = async () => (await given.api('GET', `/api/uptime/monitors/${id}`)).body
  const status = async () => (await read()).status
  const incidents = async () => (await given.api('GET', '/api/incidents')).body.data
  const checks = async () => (await given.api('GET', `/api/uptime/monitors/${id}/checks?per_page=100`)).body.data
  return {
    ...given, id, name, number, read, status, incidents, checks,
    // a stub of a killed object stays broken: a new one each time
    get shard() {
      return stubs.monitorShard(number) as unknown as DurableObjectStub<MonitorShard>
    },
    get object() {
      return stubs.incidents(given.team) as unknown as DurableObjectStub<Incidents>
    },
  } // biome-ignore format: a list
}
/** Due now, whatever its period says. */
const checkedNow = (m: { shard: DurableObjectStub<MonitorShard>; id: string }) =>
  inside(m.shard, (shard: any) => {
    const w = shard.watching.get(m.id)
    shard.watching.schedule(w, Date.now())
    shard.alarm()
  })
/** As a crash does: memory is gone, storage stays. */
async function killed(m: { shard: DurableObjectStub<MonitorShard> }) {
  await inside(m.shard, (_, state) => state.abort('killed by the test')).catch(() => {})
  await until(async () => void (await (m.shard as any).gauges()))
}
/** Its `open` goes through `how` until `mend()`; methods are called on the class. */
function incidentsOpenBy(
  m: { object: DurableObjectStub<Incidents> },
  how: (open: () => Promise<{ id: string }>) => Promise<{ id: string }>,
) {
  let mend = () => {}
  return inside(m.object, (incidents: any) => {
    const type = Object.getPrototypeOf(incidents)
    const real = type.open
    type.open = function (this: unknown, intent: unknown) {
      return how(() => real.call(this, intent))
    }
    mend = () => {
      type.open = real
    }
  }).then(() => ({ mend: () => mend() }))
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

test('one failure that the other regions do not see opens nothing, and its trace is kept', async () => {
  const m = await aMonitor({}, {}, broken, {})
  await until(async () => expect(await asked(m.name)).toBe(1))
  await checkedNow(m)
  // two turns and a round; on a slow machine the next turn may have come
  await until(async () => expect(await asked(m.name)).toBeGreaterThanOrEqual(6))
  await until(() => is('up')(m))
  const checks = await until(async () => {
    const found = await m.checks()
    expect(found.length).toBeGreaterThanOrEqual(6)
    return found
  })
  const failed = checks.find((c: any) => c.outcome === 'down')
  // whose turn it is follows from the time
  expect(failed).toMatchObject({
    status_code: 503,
    error: 'status',
    round_id: null,
    verdict: 'validating',
    excerpt: 'broken',
    why: [`${failed.region}: 503`, '1 region failed; asking all 4 now'],
  })
  const round = checks.filter((c: any) => c.round_id)
  expect(new Set(round.map((c: any) => c.round_id)).size).toBe(1)
  expect(new Set(round.map((c: any) => c.region))).toEqual(new Set(['us', 'eu', 'as', 'au']))
  expect(await m.incidents()).toEqual([])
})

test('a pause counts at once, resolves what is open and asks nobody; its end begins anew', async () => {
  const m = await aMonitor({}, broken)
  await until(() => is('down')(m))
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
  expect((await m.api('PATCH', `/api/uptime/monitors/${m.id}`, { paused: true })).body.status).toBe('paused')
  await until(async () => expect((await m.incidents())[0].status).toBe('RESOLVED'))
  expect((await m.read()).incident_id).toBeNull()
  const before = await asked(m.name)
  await inside(m.shard, (shard: any) => expect(shard.watching.wheel.at.has(m.id)).toBe(false))
  await answers(m.name, {})
  expect((await m.api('PATCH', `/api/uptime/monitors/${m.id}`, { paused: false })).body.status).toBe('pending')
  await until(() => is('up')(m))
  expect(before).toBeGreaterThanOrEqual(4)
})

test('a deleted monitor is watched no more, and its incident ends', async () => {
  const m = await aMonitor({}, broken)
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
  await m.api('DELETE', `/api/uptime/monitors/${m.id}`)
  await until(async () => expect((await m.incidents())[0].status).toBe('RESOLVED'))
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
  await killed(m)
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
})

test('a head that D1 refused is written by the alarm, without any request', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  let refused = 0
  await inside(m.shard, (shard: any) => {
    const real = shard.env
    const refuse = () => {
      refused++
      return Promise.reject(new Error('D1_ERROR: injected'))
    }
    shard.env = {
      ...real,
      DB: new Proxy(real.DB, { get: (db, key) => (key === 'batch' ? refuse : typeof db[key] === 'function' ? db[key].bind(db) : db[key]) }),
    }
    shard.mend = () => {
      shard.env = real
    }
  })
  await answers(m.name, broken)
  await checkedNow(m)
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
  await until(async () => expect(refused).toBeGreaterThanOrEqual(2))
  const head = () => env.DB.prepare('SELECT status, incident_id FROM monitor_heads WHERE id = ?').bind(m.id).first()
  expect(await head()).toMatchObject({ status: 'up' })
  expect(await m.status()).toBe('down')
  await inside(m.shard, (shard: any) => shard.mend())
  await until(async () => expect(await head()).toMatchObject({ status: 'down', incident_id: (await m.incidents())[0].id }))
})

test('while D1 hangs the incident is opened all the same', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  let mend = () => {}
  await inside(m.shard, (shard: any) => {
    const real = shard.env
    shard.env = {
      ...real,
      DB: new Proxy(real.DB, {
        get: (db, key) => (key === 'batch' ? () => new Promise(() => {}) : typeof db[key] === 'function' ? db[key].bind(db) : db[key]),
      }),
    }
    mend = () => {
      shard.env = real
    }
  })
  await answers(m.name, broken)
  await checkedNow(m)
  const began = Date.now()
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'), 3000)
  expect(Date.now() - began).toBeLessThan(3000)
  await inside(m.shard, () => mend())
})

test('a verdict that Incidents did not answer is told again until it does, as one incident', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  let tries = 0
  const { mend } = await incidentsOpenBy(m, (open) => {
    tries++
    return tries === 1 ? Promise.reject(new Error('injected: not now')) : open()
  })
  await answers(m.name, broken)
  await checkedNow(m)
  await until(async () => expect((await m.incidents()).map((i: any) => i.status)).toEqual(['OPEN']))
  mend()
  expect(tries).toBe(2)
  await inside(m.shard, (shard: any) => expect(shard.rows.calls().filter((c: any) => c.monitor === m.id)).toEqual([]))
})

test('a crash right after the verdict loses neither the verdict nor its incident', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  const { mend } = await incidentsOpenBy(m, () => new Promise(() => {}))
  await answers(m.name, broken)
  await checkedNow(m)
  await until(() => is('down')(m))
  expect(await m.incidents()).toEqual([])
  mend()
  await inside(m.object, (_, state) => state.abort('killed by the test')).catch(() => {})
  await killed(m)
  await until(async () => expect((await m.incidents()).map((i: any) => i.status)).toEqual(['OPEN']))
  expect((await m.read()).incident_id).toBe((await m.incidents())[0].id)
})

test('a restart changes no verdict and goes on by itself', async () => {
  const m = await aMonitor({}, broken)
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
  const before = await m.read()
  await killed(m)
  expect(await m.read()).toMatchObject({ status: 'down', status_since: before.status_since, incident_id: before.incident_id })
  const count = await asked(m.name)
  await until(async () => expect(await asked(m.name)).toBeGreaterThan(count))
  expect((await m.incidents()).map((i: any) => [i.id, i.status])).toEqual([[before.incident_id, 'OPEN']])
  await answers(m.name, {})
  await until(async () => expect((await m.incidents()).map((i: any) => i.status)).toEqual(['RESOLVED']))
})

test('time in which nobody looked is neither up nor down', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  const alive = Date.now() - 10 * MINUTE
  await inside(m.shard, (shard: any) => shard.rows.setMeta('alive', String(alive)))
  await killed(m)
  await m.read()
  await checkedNow(m)
  const a = await until(async () => {
    const found = (await m.api('GET', `/api/uptime/monitors/${m.id}/availability?from=${new Date(alive - MINUTE).toISOString()}`)).body
    expect(found.up_seconds).toBeGreaterThan(0)
    return found
  })
  expect(a.down_seconds).toBe(0)
  expect(a.excluded_seconds).toBeGreaterThan(9 * 60)
})

test('what was asked before the machine stood still decides nothing', async () => {
  const m = await aMonitor({ check_frequency: 3600 })
  await until(() => is('up')(m))
  await answers(m.name, { ...broken, afterMs: 500 })
  const count = await asked(m.name)
  await checkedNow(m)
  await until(async () => expect(await asked(m.name)).toBe(count + 1))
  await inside(m.shard, (shard) => {
    shard.armedFor = Date.now() - 10_000
    shard.alarm()
  })
  const late = await until(async () => {
    const found = (await m.checks()).find((c: any) => c.outcome === 'down')
    expect(found).toBeTruthy()
    return found
  })
  expect(late).toMatchObject({ verdict: 'up', why: ['we stood still meanwhile, so no verdict'] })
})

test('a probe that does not answer is our trouble, not the monitor\u2019s', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  const count = await asked(m.name)
  await inside(m.shard, (shard: any) => {
    shard.watching.get(m.id).secrets = Promise.reject(new Error('injected: the probe is gone'))
    shard.watching.get(m.id).secrets.catch(() => {})
  })
  await checkedNow(m)
  await inside(m.shard, (shard: any) => expect(shard.watching.get(m.id).inFlight).toBe(0))
  expect([await m.status(), await asked(m.name)]).toEqual(['up', count])
  await killed(m)
  await until(async () => expect(await asked(m.name)).toBeGreaterThan(count))
})

test('in a maintenance window a broken page pages nobody, and its end brings the verdict back', async () => {
  const m = await aMonitor({ maintenance_from: '00:00', maintenance_to: '23:59:59' }, broken)
  await until(() => is('maintenance')(m))
  const count = await asked(m.name)
  await checkedNow(m)
  await until(async () => expect(await asked(m.name)).toBeGreaterThan(count))
  expect(await m.incidents()).toEqual([])
  await m.api('PATCH', `/api/uptime/monitors/${m.id}`, { maintenance_from: null, maintenance_to: null })
  await until(() => is('down')(m))
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
})

test('check now on a monitor that is down brings it up at once when it answers', async () => {
  const m = await aMonitor({ check_frequency: 3600 }, broken)
  await until(() => is('down')(m))
  await answers(m.name, {})
  const { body } = await until(async () => {
    const r = await m.api('POST', `/api/uptime/monitors/${m.id}/check-now`)
    expect(r.body.results.every((x: any) => x.outcome === 'up')).toBe(true)
    return r
  })
  expect(body.results).toHaveLength(4)
  expect(await m.status()).toBe('up')
})

test('a monitor is handed over with its state, and only the new shard goes on', async () => {
  const m = await aMonitor({}, broken)
  await until(async () => expect((await m.incidents())[0]?.status).toBe('OPEN'))
  const before = await m.read()
  const to = (m.number + 1) % 16
  await until(() => m.shard.handOver(m.id, to))
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
  expect(await m.read()).toMatchObject({ status: 'down', incident_id: before.incident_id })
  await m.shard.poke({ team: m.team, monitor: m.id })
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
  await answers(m.name, {})
  await until(async () => expect((await m.incidents()).map((i: any) => i.status)).toEqual(['RESOLVED']))
})

test('a shard whose alarm was lost is armed again by the cron', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  await inside(m.shard, (_, state) => state.storage.deleteAlarm())
  expect(await m.shard.ensureArmed()).toBe(true)
  expect(await m.shard.ensureArmed()).toBe(false)
  const count = await asked(m.name)
  await until(async () => expect(await asked(m.name)).toBeGreaterThan(count))
})

test('a shard tells nothing to another team and holds nothing it was not given', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  expect(await m.shard.read(newId(), [m.id])).toEqual([])
  expect(await m.shard.checkNow(newId(), m.id)).toBeNull()
  const stranger = newId()
  await m.shard.poke({ team: stranger, monitor: m.id })
  await m.shard.poke({ team: m.team, monitor: stranger })
  expect((await m.shard.read(m.team, [m.id, stranger])).map((f) => f.id)).toEqual([m.id])
})

test('a team that left leaves nothing in a shard', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  await m.shard.forget(m.team)
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
  await killed(m)
  expect(await m.shard.read(m.team, [m.id])).toEqual([])
})

test('a new failure soon after a recovery is the same incident again', async () => {
  const m = await aMonitor({}, broken)
  const [first] = await until(async () => {
    const found = await m.incidents()
    expect(found[0]?.status).toBe('OPEN')
    return found
  })
  await answers(m.name, {})
  await checkedNow(m)
  await until(async () => expect((await m.incidents())[0].status).toBe('RESOLVED'))
  await answers(m.name, broken)
  await checkedNow(m)
  await until(async () => expect((await m.incidents()).map((i: any) => [i.id, i.status])).toEqual([[first.id, 'OPEN']]))
  await until(async () => expect((await m.read()).incident_id).toBe(first.id))
  await answers(m.name, {})
  await checkedNow(m)
  await until(async () => expect((await m.incidents()).map((i: any) => [i.id, i.status])).toEqual([[first.id, 'RESOLVED']]))
})

test('rows that the transport refuses are kept and sent again', async () => {
  const m = await aMonitor()
  await until(() => is('up')(m))
  const spool = stubs.spool('checks')
  let refused = 0
  let mend = () => {}
  await inside(spool, (held) => {
    const type = Object.getPrototypeOf(held)
    const real = type.accept
    type.accept = () => {
      refused++
      throw new Error('injected: full')
    }
    mend = () => {
      type.accept = real
    }
  })
  const count = await asked(m.name)
  await checkedNow(m)
  await until(async () => expect(await asked(m.name)).toBeGreaterThan(count))
  await until(async () => expect(refused).toBeGreaterThan(0))
  mend()
  await until(async () => expect((await m.checks()).length).toBeGreaterThan(count))
})
