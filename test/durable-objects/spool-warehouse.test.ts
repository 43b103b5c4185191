import { expect, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { newId } from '../../shared/ids.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { cancelTenantQuery, runningQueries } from '../../shared/warehouse/guard.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { env } from '../given.ts'

const at = clickhouseOf(env)
const ch = clickhouse(at)
const dead = { ...at, url: 'http://127.0.0.1:9' }
const row = (team: string, more: object = {}) =>
  `${JSON.stringify({ team, monitor: newId(), at: '2026-11-23T10:00:00.250Z', state: 'up', incident: '', seq: 1, ...more })}\n`

test('values are parameters with a type: quotes in them are text, and a wrong type is refused', async () => {
  expect(
    await ch.rows('SELECT {a:String} AS a, {n:UInt64} AS n, {ids:Array(UUID)} AS ids', { a: "'); DROP TABLE x --", n: 7, ids: [] }),
  ).toEqual([{ a: "'); DROP TABLE x --", n: 7, ids: [] }])
  await expect(ch.rows('SELECT {team:UUID} AS team', { team: "x' OR 1" })).rejects.toThrow(/UUID/i)
})

test('times come out as RFC 3339, 64-bit integers as numbers', async () => {
  expect(await ch.rows("SELECT toDateTime64('2026-11-23 10:00:00.25', 3, 'UTC') AS at, toUInt64(12) AS n")).toEqual([
    { at: '2026-11-23T10:00:00.250Z', n: 12 },
  ])
})

test('an unreachable ClickHouse is degraded, with a time to come again', async () => {
  await expect(clickhouse(dead).rows('SELECT 1')).rejects.toMatchObject({ code: 'degraded', retryAfter: 5 })
  expect(await clickhouse(dead).ping()).toBe(false)
  expect(await ch.ping()).toBe(true)
})

test('a query slower than its limit is degraded, and the server stops it', async () => {
  const began = Date.now()
  await expect(
    ch.rows('SELECT sleepEachRow(0.1) FROM numbers(100) SETTINGS max_block_size = 1', {}, { timeoutMs: 300 }),
  ).rejects.toMatchObject({ code: 'degraded' })
  expect(Date.now() - began).toBeLessThan(5000)
})

test('more rows than the limit is too large, exactly the limit is not', async () => {
  expect(await ch.rows('SELECT number FROM numbers(20)', {}, { maxRows: 20 })).toHaveLength(20)
  await expect(ch.rows('SELECT number FROM numbers(21)', {}, { maxRows: 20 })).rejects.toMatchObject({ code: 'too-large' })
})

test('wrong SQL is a bug and not told as degraded', async () => {
  await expect(ch.rows('SELECT nothing FROM tocsin.nowhere')).rejects.toMatchObject({ name: 'Error' })
})

test('the same rows under the same token are stored once', async () => {
  const [team, token] = [newId(), newId()]
  const body = row(team)
  expect(await insert(at, 'monitor_states', body, token)).toEqual({ outcome: 'ok' })
  expect(await insert(at, 'monitor_states', body, token)).toEqual({ outcome: 'ok' })
  expect(await insert(at, 'monitor_states', body, newId())).toEqual({ outcome: 'ok' })
  expect(await ch.rows('SELECT count() AS n FROM tocsin.monitor_states WHERE team = {team:UUID}', { team })).toEqual([{ n: 2 }])
})

test('rows that cannot be read are rejected, and the reason holds nothing of them', async () => {
  const secret = 'hunter2'
  for (const body of [row('no uuid'), row(newId(), { at: secret }), row(newId(), { seq: secret }), `{"team": "${secret}`, `${secret}\n`]) {
    const answer = await insert(at, 'monitor_states', body, newId())
    expect(answer).toMatchObject({ outcome: 'rejected' })
    expect(JSON.stringify(answer)).not.toContain(secret)
  }
})

test('an enum value, a null or an array where another type belongs is rejected too', async () => {
  const check = { team: newId(), monitor: newId(), at: '2026-11-23T10:00:00Z', region: 'eu', outcome: 'up', why: [] }
  for (const wrong of [{ outcome: 'sideways' }, { why: 'text' }, { total_ms: [] }, { status: 'ok' }])
    expect(await insert(at, 'checks', `${JSON.stringify({ ...check, ...wrong })}\n`, newId())).toMatchObject({ outcome: 'rejected' })
})

test('what may pass is retried: no server, a wrong password', async () => {
  expect(await insert(dead, 'checks', row(newId()), newId())).toMatchObject({ outcome: 'retry' })
  expect(await insert({ ...at, password: 'wrong' }, 'checks', row(newId()), newId())).toMatchObject({ outcome: 'retry' })
})

test('what asks under a name is cancelled by it, by its own team only', async () => {
  const [team, id] = [newId(), newId()]
  const asked = clickhouse(at, { team, id }).rows('SELECT count() FROM numbers(100) WHERE sleepEachRow(0.1) SETTINGS max_block_size = 1')
  const told = expect(asked).rejects.toMatchObject({ code: 'conflict', message: 'The query was cancelled.' })
  await vi.waitFor(async () => expect(await runningQueries(at, team)).toBe(1), 3000)
  expect(await cancelTenantQuery(at, newId(), id)).toBe(false)
  expect(await cancelTenantQuery(at, team, id)).toBe(true)
  await told
})
