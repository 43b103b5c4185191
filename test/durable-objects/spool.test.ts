import { runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import type { Spool } from '../../durable-objects/spool.ts'
import { clickhouseOf, sendRows } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import type { TableName } from '../../shared/warehouse/insert.ts'
import { env } from '../given.ts'

const ch = clickhouse(clickhouseOf(env))
const spools = (exports as unknown as { Spool: DurableObjectNamespace<Spool> }).Spool
/** What a test may reach inside the object. */
type Inside = { env: typeof env; held: { rows: number; bytes: number }; bytesMax: number; alarm(): Promise<void> }
const inside = <T>(name: string, act: (spool: Inside, state: DurableObjectState) => T | Promise<T>) =>
  runInDurableObject(spools.getByName(name), (spool, state) => act(spool as unknown as Inside, state))

const states = (team: string, from: number, to: number, monitor = newId()) =>
  Array.from({ length: to - from }, (_, i) =>
    JSON.stringify({ team, monitor, at: '2026-11-23T10:00:00.000Z', state: 'up', incident: '', seq: from + i }),
  ).join('\n')
const accept = (name: string, ndjson: string, count: number, table: TableName = 'monitor_states') =>
  spools.getByName(name).accept({ table, ndjson, count })
/** Every row that ClickHouse holds of a team, doubled ones counted twice. */
const stored = async (team: string) =>
  (
    await ch.rows<{ seq: number }>(
      'SELECT seq FROM tocsin.monitor_states WHERE team = {team:UUID} ORDER BY seq',
      { team },
      { maxRows: 50_000 },
    )
  ).map((r) => r.seq)
const arrived = (team: string, n: number) => vi.waitFor(async () => expect((await stored(team)).length).toBeGreaterThanOrEqual(n), 15_000)
const range = (n: number) => Array.from({ length: n }, (_, i) => i)
const empty = (name: string) =>
  vi.waitFor(async () => expect(await spools.getByName(name).gauges()).toEqual({ rows: 0, bytes: 0, oldest: null }), 15_000)
const DEAD = 'http://127.0.0.1:9'

afterEach(() => vi.restoreAllMocks())

test('accepted rows are in ClickHouse within a second or two', async () => {
  const team = newId()
  await sendRows(env, 'monitor_states', states(team, 0, 3), 3)
  await arrived(team, 3)
  expect(await stored(team)).toEqual(range(3))
})

test('twenty thousand rows are sent at once, without waiting for the clock', async () => {
  const [name, team] = [newId(), newId()]
  const sent = vi.spyOn(globalThis, 'fetch')
  for (let i = 0; i < 20; i++) await accept(name, states(team, i * 1000, (i + 1) * 1000), 1000)
  await arrived(team, 20_000)
  expect(await stored(team)).toEqual(range(20_000))
  expect(sent.mock.calls.filter(([url]) => String(url).includes('INSERT')).length).toBeLessThanOrEqual(4)
  await empty(name)
})

test('what ClickHouse took before a crash is not stored twice after it', async () => {
  const [name, team] = [newId(), newId()]
  const real = globalThis.fetch
  const tokens: string[] = []
  let taken = 0
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    tokens.push(new URL(String(input)).searchParams.get('insert_deduplication_token') ?? '')
    const answer = await real(input, init)
    await answer.text()
    taken++
    return new Promise(() => {})
  })
  await accept(name, states(team, 0, 50), 50)
  await vi.waitFor(() => expect(taken).toBe(1), 5000)
  vi.restoreAllMocks()
  expect(await stored(team)).toEqual(range(50))
  const after = vi.spyOn(globalThis, 'fetch')
  await inside(name, (_, state) => state.abort('crash between the answer and the delete')).catch(() => {})
  await accept(name, states(team, 50, 60), 10)
  await arrived(team, 60)
  await empty(name)
  expect(await stored(team)).toEqual(range(60))
  const again = after.mock.calls.map(([url]) => new URL(String(url)).searchParams.get('insert_deduplication_token')).filter(Boolean)
  expect(again[0]).toBe(tokens[0])
})

test('rows accepted before a crash arrive after it', async () => {
  const [name, team] = [newId(), newId()]
  await accept(name, states(team, 0, 5), 5)
  await inside(name, (_, state) => state.abort('crash before the first flush')).catch(() => {})
  await arrived(team, 5)
  expect(await stored(team)).toEqual(range(5))
})

test('while ClickHouse is down rows wait, and they drain by themselves, once each and in order, when it is back', async () => {
  const [name, team] = [newId(), newId()]
  await inside(name, (spool) => {
    spool.env = { ...env, CLICKHOUSE_URL: DEAD }
  })
  const before = Date.now()
  for (let i = 0; i < 10; i++) await accept(name, states(team, i * 10, i * 10 + 10), 10)
  await vi.waitFor(
    async () =>
      expect(
        await inside(name, (_, state) => [...state.storage.sql.exec('SELECT tries FROM blocks')][0]?.tries).then(Number),
      ).toBeGreaterThan(0),
    10_000,
  )
  const frozen = await inside(name, (_, state) => state.storage.sql.exec('SELECT id, first, last FROM blocks').toArray())
  for (let i = 10; i < 20; i++) await accept(name, states(team, i * 10, i * 10 + 10), 10)
  // what came later is not added to the block that is already on its way
  await vi.waitFor(
    async () =>
      expect(
        await inside(name, (_, state) => [...state.storage.sql.exec('SELECT tries FROM blocks')][0]?.tries).then(Number),
      ).toBeGreaterThan(1),
    10_000,
  )
  expect(await inside(name, (_, state) => state.storage.sql.exec('SELECT id, first, last FROM blocks').toArray())).toEqual(frozen)
  const gauges = await spools.getByName(name).gauges()
  expect(gauges.rows).toBe(200)
  expect(gauges.oldest).toBeGreaterThanOrEqual(before)
  expect(await stored(team)).toEqual([])
  await inside(name, (spool) => {
    spool.env = env
  })
  await arrived(team, 200)
  await empty(name)
  expect(await stored(team)).toEqual(range(200))
})

test('a full log refuses with degraded and a time to come again, and takes rows again when it has drained', async () => {
  const [name, team] = [newId(), newId()]
  await inside(name, (spool) => {
    spool.env = { ...env, CLICKHOUSE_URL: DEAD }
    spool.bytesMax = 2000
  })
  await accept(name, states(team, 0, 20), 20)
  const refusal = await accept(name, states(team, 20, 21), 1).then(
    () => null,
    (e) => e,
  )
  expect(refusal).toMatchObject({ code: 'degraded', retryAfter: 10 })
  await inside(name, (spool) => {
    spool.env = env
  })
  await arrived(team, 20)
  await empty(name)
  await accept(name, states(team, 20, 21), 1)
  await arrived(team, 21)
  expect(await stored(team)).toEqual(range(21))
})

test('a row that ClickHouse cannot read is parked by itself; its neighbours and what follows arrive', async () => {
  const [name, team] = [newId(), newId()]
  const bad = JSON.stringify({ team, monitor: 'no uuid', at: 'never', state: 'up', incident: '', seq: 999 })
  await accept(name, `${states(team, 0, 20)}\n${bad}\n${states(team, 20, 40)}`, 41)
  await accept(name, states(team, 40, 50), 10)
  await arrived(team, 50)
  await empty(name)
  expect(await stored(team)).toEqual(range(50))
  const parked = await env.COLD.list({ prefix: 'replay/monitor_states/' })
  expect(await Promise.all(parked.objects.map(async (o) => (await env.COLD.get(o.key))?.text()))).toEqual([`${bad}\n`])
})

test('when every row is refused, all are parked and the queue goes on', async () => {
  const [name, team] = [newId(), newId()]
  const bad = range(500)
    .map((i) => JSON.stringify({ team, monitor: 'x', at: 'never', seq: i }))
    .join('\n')
  await accept(name, bad, 500)
  await accept(name, states(team, 0, 10), 10)
  await arrived(team, 10)
  await empty(name)
  const parked = await env.COLD.list({ prefix: 'replay/monitor_states/' })
  const texts = await Promise.all(parked.objects.map(async (o) => (await (await env.COLD.get(o.key))!.text()).trim().split('\n')))
  const seqs = texts
    .flat()
    .map((line) => JSON.parse(line))
    .filter((row) => row.team === team)
    .map((row) => row.seq)
  expect(seqs.sort((a, b) => a - b)).toEqual(range(500))
})

test('rows of several tables in one log arrive in their own', async () => {
  const [name, team, monitor] = [newId(), newId(), newId()]
  const check = {
    team,
    monitor,
    at: '2026-11-23T10:00:00.123Z',
    region: 'eu',
    colo: '',
    outcome: 'down',
    error: 'timeout',
    status: 0,
    ttfb_ms: null,
    total_ms: 15_000,
    bytes: 0,
    round: newId(),
    verdict: 'validating',
    why: ['eu: timeout'],
  }
  await accept(name, states(team, 0, 2), 2)
  await accept(name, JSON.stringify(check), 1, 'checks')
  await accept(name, states(team, 2, 4), 2)
  await arrived(team, 4)
  expect(await ch.rows('SELECT * FROM tocsin.checks WHERE team = {team:UUID}', { team })).toMatchObject([check])
})

test('a body larger than one value of the log is cut between rows and arrives whole', async () => {
  const [name, team] = [newId(), newId()]
  await accept(name, states(team, 0, 15_000), 15_000)
  await arrived(team, 15_000)
  expect(await stored(team)).toEqual(range(15_000))
})

test('a table that does not exist is refused', async () => {
  const refusal = await accept(newId(), '{}', 1, 'users' as TableName).then(
    () => null,
    (e) => e,
  )
  expect(refusal?.message).toContain('no table')
})

test('an upload is stored whole at its commit, and nothing of it before', async () => {
  const [name, team, upload] = [newId(), newId(), newId()]
  const spool = spools.getByName(name)
  await spool.stage({ upload, part: 0, table: 'monitor_states', ndjson: states(team, 0, 10), count: 10 })
  await accept(name, states(team, 20, 25), 5)
  await arrived(team, 5)
  await spool.stage({ upload, part: 1, table: 'monitor_states', ndjson: states(team, 10, 20), count: 10 })
  expect(await stored(team)).toEqual([20, 21, 22, 23, 24])
  await spool.commit({ upload, parts: 2 })
  await arrived(team, 25)
  expect(await stored(team)).toEqual(range(25))
})

test('an upload that a restart cut cannot be committed, and leaves nothing', async () => {
  const [name, team, upload] = [newId(), newId(), newId()]
  await spools.getByName(name).stage({ upload, part: 0, table: 'monitor_states', ndjson: states(team, 0, 10), count: 10 })
  await inside(name, (_, state) => state.abort('crash in the middle of an upload')).catch(() => {})
  await spools.getByName(name).stage({ upload, part: 1, table: 'monitor_states', ndjson: states(team, 10, 20), count: 10 })
  const refusal = await spools.getByName(name).commit({ upload, parts: 2 }).then(() => null, (e) => e) // biome-ignore format: one thought
  expect(refusal).toMatchObject({ code: 'degraded' })
  await spools.getByName(name).abandon({ upload })
  await accept(name, states(team, 30, 31), 1)
  await arrived(team, 1)
  expect(await stored(team)).toEqual([30])
})

test('an upload whose sender is gone is dropped after a while, and gives its space back', async () => {
  const [name, team, upload] = [newId(), newId(), newId()]
  await spools.getByName(name).stage({ upload, part: 0, table: 'monitor_states', ndjson: states(team, 0, 10), count: 10 })
  const left = await inside(name, async (spool, state) => {
    state.storage.sql.exec('UPDATE pending SET at = at - 3600000')
    await spool.alarm()
    return [...state.storage.sql.exec('SELECT count(*) AS n FROM pending')][0]?.n
  })
  expect(left).toBe(0)
})
