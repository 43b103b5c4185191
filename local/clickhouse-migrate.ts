import { readdirSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { query as ask } from './clickhouse.ts'
import { tierStorage } from './clickhouse-storage.ts'

const LOCK_MS = 60_000

/**
 * Applies clickhouse-migrations/ in order, each once, recorded in `tocsin.migrations`. Safe to run twice at once: a table that
 * only one can create is the lock; a lock older than a minute was left by a crash and is taken over. Statements end with `;` at a line's end
 * outside of quotes and comments, and are written so that repeating a half-applied file is harmless (`IF NOT EXISTS`).
 */
export async function migrateClickHouse(
  url: string,
  dir: string,
  credentials: Record<string, string> = {},
  lockMs = LOCK_MS,
): Promise<string[]> {
  const query = (sql: string) => ask(url, sql, credentials)
  await query('CREATE DATABASE IF NOT EXISTS tocsin ENGINE = Atomic')
  await query('CREATE TABLE IF NOT EXISTS tocsin.migrations (name String, at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name')
  await lock(query, lockMs)
  try {
    const done = new Set((await query('SELECT name FROM tocsin.migrations FORMAT TSVRaw')).split('\n'))
    const applied: string[] = []
    for (const name of readdirSync(dir)
      .filter((file) => /^\d{4}_[\w-]+\.sql$/.test(file))
      .sort()) {
      if (done.has(name)) continue
      for (const statement of statements(readFileSync(`${dir}/${name}`, 'utf8'))) await query(statement)
      await query(`INSERT INTO tocsin.migrations (name) VALUES ('${name}')`)
      applied.push(name)
    }
    await tierStorage(query)
    return applied
  } finally {
    await query('DROP TABLE IF EXISTS tocsin.migrating SYNC')
  }
}

type Ask = (sql: string) => Promise<string>

async function lock(query: Ask, lockMs: number): Promise<void> {
  const owner = `${hostname()}:${process.pid}`.replaceAll("'", '')
  for (const until = Date.now() + 2 * lockMs; ; ) {
    if (await makes(query, `CREATE TABLE tocsin.migrating (x UInt8) ENGINE = Memory COMMENT '${owner}'`)) return
    if (Date.now() > until) throw new Error('Another runner of the migrations has held their lock for too long.')
    const held = await tableOf(query, 'migrating')
    if (held && held.ageMs > lockMs) await takeOver(query, held.uuid, lockMs)
    else await sleep(100)
  }
}

/**
 * Takes away a lock that a crash left. Of all who saw it stale only one can make the marker with its id, and that one drops it only
 * while it still is the lock: whoever comes late finds another lock in its place and leaves that alone.
 */
async function takeOver(query: Ask, uuid: string, lockMs: number): Promise<void> {
  const marker = `migrating_${uuid}`
  if (await makes(query, `CREATE TABLE tocsin.\`${marker}\` (x UInt8) ENGINE = Memory`)) {
    if ((await tableOf(query, 'migrating'))?.uuid === uuid) await query('DROP TABLE IF EXISTS tocsin.migrating SYNC')
    await query(`DROP TABLE IF EXISTS tocsin.\`${marker}\` SYNC`)
    return
  }
  // whoever made the marker may have ended before it was done
  const left = await tableOf(query, marker)
  if (left && left.ageMs > lockMs) await query(`DROP TABLE IF EXISTS tocsin.\`${marker}\` SYNC`)
  else await sleep(100)
}

/** False when the table is there already. */
const makes = (query: Ask, sql: string): Promise<boolean> =>
  query(sql).then(
    () => true,
    (e: Error) => {
      if (/already exists/i.test(e.message)) return false
      throw e
    },
  )

async function tableOf(query: Ask, name: string): Promise<{ uuid: string; ageMs: number } | null> {
  const found = await query(
    `SELECT uuid, toUInt64(now() - metadata_modification_time) * 1000 FROM system.tables WHERE database = 'tocsin' AND name = '${name}' FORMAT TSVRaw`,
  )
  const [uuid, age] = found.trim().split('\t')
  return uuid ? { uuid, ageMs: Number(age) } : null
}

/** Splits on semicolons outside of quotes and comments. */
export function statements(sql: string): string[] {
  const parts: string[] = []
  let part = ''
  for (const [token] of sql.matchAll(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|''|[^'\\])*'|`[^`]*`|"[^"]*"|;|[^;'"`/-]+|[/-]/g)) {
    if (token === ';') parts.push(part)
    if (token === ';') part = ''
    else part += token
  }
  return [...parts, part].map((text) => text.trim()).filter((text) => text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim())
}

// `npm run migrate`: against a ClickHouse of one's own, named by the same settings as the Worker's
if (import.meta.main) {
  const { CLICKHOUSE_URL, CLICKHOUSE_USER = 'default', CLICKHOUSE_PASSWORD = '' } = process.env
  if (!CLICKHOUSE_URL) throw new Error('Set CLICKHOUSE_URL (and CLICKHOUSE_USER, CLICKHOUSE_PASSWORD) to the server to migrate.')
  const credentials = { 'x-clickhouse-user': CLICKHOUSE_USER, 'x-clickhouse-key': CLICKHOUSE_PASSWORD }
  const applied = await migrateClickHouse(CLICKHOUSE_URL, 'clickhouse-migrations', credentials)
  console.log(applied.length ? `Applied ${applied.join(', ')}` : 'Nothing to apply')
}
