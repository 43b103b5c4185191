import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { query, startClickHouse } from '../../local/clickhouse.ts'
import { migrateClickHouse, statements } from '../../local/clickhouse-migrate.ts'
import { usersSql } from '../../local/clickhouse-users.ts'
import { until } from './runner.ts'

const MIGRATIONS = readdirSync('clickhouse-migrations')
  .filter((f) => f.endsWith('.sql'))
  .sort()
const cleanup: (() => unknown)[] = []
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'tocsin-clickhouse-'))
  cleanup.unshift(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }))
  return dir
}
async function aServer(dir = folder()) {
  const server = await startClickHouse(dir)
  cleanup.push(() => server.stop())
  return server
}
const lines = async (url: string, sql: string) => (await query(url, sql)).split('\n').filter(Boolean)
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

afterEach(async () => {
  for (const end of cleanup.splice(0).reverse()) await end()
})

test('three runners at once apply every migration once, and a later one nothing', async () => {
  const { url } = await aServer()
  const applied = await Promise.all([1, 2, 3].map(() => migrateClickHouse(url, 'clickhouse-migrations')))
  expect(applied.flat().sort()).toEqual(MIGRATIONS)
  expect(await lines(url, 'SELECT name FROM tocsin.migrations ORDER BY name FORMAT TSVRaw')).toEqual(MIGRATIONS)
  expect(await migrateClickHouse(url, 'clickhouse-migrations')).toEqual([])
})

test('a migration that fails is not recorded, leaves no lock, and is applied when it is mended', async () => {
  const [{ url }, dir] = [await aServer(), folder()]
  writeFileSync(join(dir, '0001_a.sql'), 'CREATE TABLE IF NOT EXISTS tocsin.a (x UInt8) ENGINE = MergeTree ORDER BY x;')
  writeFileSync(join(dir, '0002_b.sql'), 'CREATE TABLE IF NOT EXISTS tocsin.b (x Nonsense) ENGINE = MergeTree ORDER BY x;')
  await expect(migrateClickHouse(url, dir)).rejects.toThrow('Nonsense')
  expect(await lines(url, 'SELECT name FROM tocsin.migrations FORMAT TSVRaw')).toEqual(['0001_a.sql'])
  writeFileSync(join(dir, '0002_b.sql'), 'CREATE TABLE IF NOT EXISTS tocsin.b (x UInt8) ENGINE = MergeTree ORDER BY x;')
  expect(await migrateClickHouse(url, dir)).toEqual(['0002_b.sql'])
})

test('of runners that find a lock left by a crash at the same moment, one goes on and the others wait for it', async () => {
  const [{ url }, dir] = [await aServer(), folder()]
  writeFileSync(join(dir, '0001_a.sql'), 'CREATE TABLE IF NOT EXISTS tocsin.a (x UInt8) ENGINE = MergeTree ORDER BY x;')
  await migrateClickHouse(url, dir)
  // not to be repeated, and slow enough that two would meet
  writeFileSync(join(dir, '0002_once.sql'), 'SELECT sleep(0.5);\nINSERT INTO tocsin.a SELECT 1;')
  await query(url, 'CREATE TABLE tocsin.migrating (x UInt8) ENGINE = Memory')
  await new Promise((done) => setTimeout(done, 4000))
  const applied = await Promise.all(Array.from({ length: 6 }, () => migrateClickHouse(url, dir, {}, 3000)))
  expect(applied.filter((a) => a.length)).toEqual([['0002_once.sql']])
  expect(await lines(url, 'SELECT count() FROM tocsin.a FORMAT TSVRaw')).toEqual(['1'])
  expect(await lines(url, "SELECT name FROM system.tables WHERE database = 'tocsin' AND name LIKE 'migrating%' FORMAT TSVRaw")).toEqual([])
})

test.each<[string, string[]]>([
  ['SELECT 1; SELECT 2;', ['SELECT 1', 'SELECT 2']],
  ["SELECT ';' ; SELECT 'it''s; fine' -- not; here\n;", ["SELECT ';'", "SELECT 'it''s; fine' -- not; here"]],
  ['/* a; b */ SELECT `a;b`, "c;d";', ['/* a; b */ SELECT `a;b`, "c;d"']],
  ['-- only words\n', []],
  ["SELECT 'a\\';b';", ["SELECT 'a\\';b'"]],
])('%j is cut outside of quotes and comments', (sql, parts) => expect(statements(sql)).toEqual(parts))

test('every table says how many blocks it deduplicates, and what each column is', async () => {
  const { url } = await aServer()
  await migrateClickHouse(url, 'clickhouse-migrations')
  const tables = "database = 'tocsin' AND name NOT IN ('migrations', 'migrating') AND engine LIKE '%MergeTree'"
  const without = await lines(
    url,
    `SELECT name FROM system.tables WHERE ${tables} AND toUInt64OrZero(extract(engine_full, 'non_replicated_deduplication_window = (\\\\d+)')) < 10000 FORMAT TSVRaw`,
  )
  expect(without).toEqual([])
  const silent = await lines(
    url,
    `SELECT table || '.' || name FROM system.columns WHERE database = 'tocsin' AND comment = '' AND table IN (SELECT name FROM system.tables WHERE ${tables}) FORMAT TSVRaw`,
  )
  expect(silent).toEqual([])
})

test('the tenants’ users as SQL are statements a server can read, with a filter for every table they may select from', async () => {
  const { url } = await aServer()
  const made = usersSql()
  for (const statement of made) {
    const asked = new URLSearchParams({ param_statement: statement.replaceAll('\\', '\\\\') })
    const read = await fetch(`${url}/?${asked}`, { method: 'POST', body: 'SELECT formatQuerySingleLine({statement:String})' })
    expect([statement, read.status]).toEqual([statement, 200])
  }
  const named = (start: string) => new Set(made.filter((s) => s.startsWith(start)).map((s) => s.match(/ON (tocsin\.\w+)/)![1]!))
  const views = ['tocsin.metrics']
  expect([...named('CREATE ROW POLICY')].sort()).toEqual([...named('GRANT')].filter((table) => !views.includes(table)).sort())
})

test('two instances side by side never touch each other, and each finds its rows again', async () => {
  const [one, two] = [folder(), folder()]
  const [a, b] = await Promise.all([aServer(one), aServer(two)])
  expect(a.url).not.toBe(b.url)
  for (const [server, row] of [
    [a, 1],
    [b, 2],
  ] as const) {
    await query(server.url, 'CREATE DATABASE t ENGINE = Atomic')
    await query(server.url, 'CREATE TABLE t.rows (x UInt8) ENGINE = MergeTree ORDER BY x')
    await query(server.url, `INSERT INTO t.rows VALUES (${row})`)
  }
  expect([await lines(a.url, 'SELECT x FROM t.rows FORMAT TSV'), await lines(b.url, 'SELECT x FROM t.rows FORMAT TSV')]).toEqual([
    ['1'],
    ['2'],
  ])
  await a.stop()
  expect(await lines(b.url, 'SELECT x FROM t.rows FORMAT TSV')).toEqual(['2'])
  const again = await aServer(one)
  expect(await lines(again.url, 'SELECT x FROM t.rows FORMAT TSV')).toEqual(['1'])
})

test('a port that another instance answers on is noticed', async () => {
  const first = await aServer()
  await expect(startClickHouse(folder(), Number(new URL(first.url).port))).rejects.toThrow('did not start')
  expect(await lines(first.url, 'SELECT 1 FORMAT TSV')).toEqual(['1'])
})

test('acknowledged rows survive kill -9, and a killed parent leaves no server behind', async () => {
  const dir = folder()
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, join(process.cwd(), 'local/clickhouse.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [told] = (await once(parent.stdout, 'data')) as [Buffer]
  const { pid, url } = JSON.parse(String(told)) as { pid: number; url: string }
  await query(url, 'CREATE DATABASE t ENGINE = Atomic')
  await query(url, 'CREATE TABLE t.rows (x UInt32) ENGINE = MergeTree ORDER BY x')
  await query(url, 'INSERT INTO t.rows SELECT number FROM numbers(1000)')
  parent.kill('SIGKILL')
  await until('the server ends', 15_000, async () => !isAlive(pid))
  const again = await aServer(dir)
  expect(await lines(again.url, 'SELECT count() FROM t.rows FORMAT TSV')).toEqual(['1000'])
})

const PARENT = `
const { startClickHouse } = await import(process.argv[1])
const { pid, url } = await startClickHouse(process.argv[2])
console.log(JSON.stringify({ pid, url }))
setInterval(() => {}, 1000)
`
