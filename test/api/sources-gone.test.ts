import { expect, test, vi } from 'vitest'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { anySource } from '../../shared/logs/store.ts'
import { DAY, MINUTE } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { insert, type TableName } from '../../shared/warehouse/insert.ts'
import { parkedKey } from '../../workers/queues/parked.ts'
import { replayParked } from '../../workers/queues/replay.ts'
import { retentionChanged, sourceGone } from '../../workers/sources.ts'
import { aTeam, env } from '../given.ts'

const ch = clickhouse(clickhouseOf(env))
const HOUR = 3_600_000
type Team = Awaited<ReturnType<typeof aTeam>>
const aSource = async (team: Team, more: object = {}): Promise<string> =>
  (await team.api('POST', '/api/logs/sources', { name: 'App', retention_days: 90, metrics_retention_days: 90, ...more })).body.id
const put = async (table: TableName, rows: object[]) =>
  expect(await insert(clickhouseOf(env), table, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), newId())).toEqual({ outcome: 'ok' })
const logRow = (team: Team, source: string, ageDays: number, more: object = {}) => ({
  team: team.team,
  source_id: source,
  timestamp: new Date(Date.now() - ageDays * DAY).toISOString(),
  level: 'info',
  message: `${ageDays} days old`,
  retention_days: 90,
  ...more,
})
/** Rows of a source in one table, as anybody sees them. */
const rows = async (table: string, team: Team, source: string, what = 'count() AS n') =>
  await ch.rows<Record<string, unknown>>(`SELECT ${what} FROM tocsin.${table} WHERE team = {team:UUID} AND source_id = {source:UUID}`, {
    team: team.team,
    source,
  })
const none = async (table: string, team: Team, source: string) =>
  vi.waitFor(async () => expect(await rows(table, team, source)).toEqual([{ n: 0 }]), 10_000)
const poke = (team: Team, ref: string) => ({ id: newId(), team: team.team, kind: 'source' as const, ref, due_at: 0, tries: 0 })

test('a deleted source leaves ClickHouse, its archive and what is parked; its neighbour keeps everything', async () => {
  const team = await aTeam()
  const [gone, stays] = [await aSource(team), await aSource(team)]
  for (const source of [gone, stays]) {
    await put('logs', [logRow(team, source, 0), logRow(team, source, 5)])
    await put('spans', [{ ...logRow(team, source, 0), message: undefined, level: undefined, trace_id: 'ab', span_id: 'cd', name: 'GET', kind: 'server', service: 'a', status: 'ok' }]) // biome-ignore format: one thought
    const series = { team: team.team, source_id: source, retention_days: 90, fingerprints: [source === gone ? 1 : 2], times: [Date.now()], values: [1], kinds: [0], starts: [0] } // biome-ignore format: one thought
    await put('samples', [series])
    await env.COLD.put(`${team.team}/cold/${source}/logs/2026-11-23T10.parquet`, 'rows')
  }
  const mixed = [logRow(team, gone, 1), logRow(team, stays, 1)].map((row) => `${JSON.stringify(row)}\n`).join('')
  await env.COLD.put(parkedKey('waiting', 'logs', newId()), mixed)
  await env.COLD.put(parkedKey('refused', 'logs', newId()), `${JSON.stringify(logRow(team, gone, 1))}\n`)

  expect((await team.api('DELETE', `/api/logs/sources/${gone}`)).status).toBe(204)
  for (const table of ['logs', 'spans', 'samples']) await none(table, team, gone)
  await vi.waitFor(async () => expect((await env.COLD.list({ prefix: `${team.team}/cold/` })).objects.map((o) => o.key)).toEqual([`${team.team}/cold/${stays}/logs/2026-11-23T10.parquet`]), 10_000) // biome-ignore format: one thought
  expect(await replayParked(env)).toEqual({ stored: 1, refused: 0 })
  expect((await env.COLD.list({ prefix: 'refused/' })).objects).toEqual([])
  expect(await rows('logs', team, stays)).toEqual([{ n: 3 }])
  expect(await rows('logs', team, gone)).toEqual([{ n: 0 }])
  expect(await rows('samples', team, stays)).toEqual([{ n: 1 }])
})

test('rows that arrive after the source was deleted go with a later pass, and the last pass leaves no row in D1', async () => {
  const team = await aTeam()
  const source = await aSource(team)
  await team.api('DELETE', `/api/logs/sources/${source}`)
  const { deleted_at } = (await anySource(db(env.DB), team.team, source))!
  const pass = (after: number) => sourceGone(env, poke(team, source), deleted_at! + after)
  expect(await pass(0)).toBe(deleted_at! + 2 * MINUTE)
  await put('logs', [logRow(team, source, 0)])
  expect(await pass(2 * MINUTE)).toBe(deleted_at! + 15 * MINUTE)
  await none('logs', team, source)
  await put('logs', [logRow(team, source, 0)])
  expect(await pass(DAY)).toBe(deleted_at! + 2 * DAY)
  await none('logs', team, source)
  expect(await pass(15 * DAY)).toBeUndefined()
  expect(await anySource(db(env.DB), team.team, source)).toBeUndefined()
  expect(await pass(16 * DAY)).toBeUndefined()
})

test('a shorter retention deletes what is too old and holds for what stays; a longer one keeps it longer', async () => {
  const team = await aTeam()
  const [source, other] = [await aSource(team), await aSource(team)]
  for (const of of [source, other]) await put('logs', [logRow(team, of, 0), logRow(team, of, 6), logRow(team, of, 40)])
  const kept = async (of: string) => (await rows('logs', team, of, 'message, retention_days')).sort((a, b) => (String(a.message) < String(b.message) ? -1 : 1)) // biome-ignore format: one thought
  expect((await team.api('PATCH', `/api/logs/sources/${source}`, { retention_days: 7 })).status).toBe(200)
  await vi.waitFor(async () => expect(await kept(source)).toEqual([
    { message: '0 days old', retention_days: 7 },
    { message: '6 days old', retention_days: 7 },
  ]), 10_000) // biome-ignore format: one thought
  expect(await kept(other)).toHaveLength(3)
  // a door that knew the old retention for a minute longer
  await put('logs', [logRow(team, source, 1)])
  const row = (await anySource(db(env.DB), team.team, source))!
  expect(await retentionChanged(env, { ...poke(team, source), kind: 'retention' }, row.updated_at + MINUTE)).toBe(
    row.updated_at + 2 * MINUTE,
  )
  expect(await retentionChanged(env, { ...poke(team, source), kind: 'retention' }, row.updated_at + HOUR)).toBeUndefined()
  await vi.waitFor(async () => expect((await kept(source)).map((r) => r.retention_days)).toEqual([7, 7, 7]), 10_000)
  await team.api('PATCH', `/api/logs/sources/${source}`, { retention_days: 365 })
  await vi.waitFor(async () => expect((await kept(source)).map((r) => r.retention_days)).toEqual([365, 365, 365]), 10_000)
})

test('what is older than the retention of its row goes by itself, also after the retention was changed', async () => {
  const team = await aTeam()
  const source = await aSource(team)
  await put('logs', [logRow(team, source, 3), logRow(team, source, 0)])
  await clickhouse(clickhouseOf(env)).rows('SELECT 1')
  const merge = () => fetch(env.CLICKHOUSE_URL, { method: 'POST', body: 'OPTIMIZE TABLE tocsin.logs FINAL' }).then((r) => r.text())
  await merge()
  expect(await rows('logs', team, source)).toEqual([{ n: 2 }])
  await team.api('PATCH', `/api/logs/sources/${source}`, { retention_days: 4 })
  await vi.waitFor(async () => expect(await rows('logs', team, source, 'retention_days')).toEqual([{ retention_days: 4 }, { retention_days: 4 }]), 10_000) // biome-ignore format: one thought
  await put('logs', [logRow(team, source, 3, { retention_days: 2 })])
  await vi.waitFor(async () => {
    await merge()
    expect((await rows('logs', team, source, 'message')).map((r) => r.message).sort()).toEqual(['0 days old', '3 days old'])
  }, 15_000)
})
