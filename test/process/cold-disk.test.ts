import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { query, startClickHouse } from '../../local/clickhouse.ts'
import { migrateClickHouse } from '../../local/clickhouse-migrate.ts'
import { until } from './runner.ts'

const dir = mkdtempSync(join(tmpdir(), 'tocsin-cold-'))
let server: Awaited<ReturnType<typeof startClickHouse>>
beforeAll(async () => {
  server = await startClickHouse(dir)
  await migrateClickHouse(server.url, 'clickhouse-migrations')
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
})

const UUID = '0198d1a0-0000-7000-8000-000000000001'
const put = (daysAgo: number) =>
  query(server.url, `INSERT INTO tocsin.logs (team, source_id, timestamp, message, retention_days) VALUES ('${UUID}', '${UUID}', now() - INTERVAL ${daysAgo} DAY, 'x${daysAgo}', 90)`) // biome-ignore format: one thought
const lines = async (sql: string) => (await query(server.url, sql)).trim().split('\n')

test('records of more than a week lie on the cold disk, younger ones do not, and all are read as before', async () => {
  await put(0)
  await put(30)
  const parts = "SELECT disk_name, toString(sum(rows)) FROM system.parts WHERE database = 'tocsin' AND table = 'logs' AND active GROUP BY disk_name ORDER BY disk_name FORMAT TSV" // biome-ignore format: one thought
  await until('the old part has moved', 20_000, async () => (await lines(parts)).join() === 'cold\t1,default\t1')
  expect(await lines('SELECT message FROM tocsin.logs ORDER BY message FORMAT TSVRaw')).toEqual(['x0', 'x30'])
})

test('the tables keep the same policy and the same times to live when the runner starts again', async () => {
  const tables = () => lines("SELECT name, storage_policy, create_table_query FROM system.tables WHERE database = 'tocsin' AND name IN ('logs', 'spans', 'samples') ORDER BY name FORMAT TSVRaw") // biome-ignore format: one thought
  const before = await tables()
  expect(before.every((line) => /\ttiered\t/.test(line) && /retention_days/.test(line))).toBe(true)
  await migrateClickHouse(server.url, 'clickhouse-migrations')
  expect(await tables()).toEqual(before)
})
