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
export async function migrateClickHouse(url: string, dir: string, credentials: Record<string, string> = {}): Promise<string[]> {
  const query = (sql: string) => ask(url, sql, credentials)
  await query('CREATE DATABASE IF NOT EXISTS tocsin ENGINE = Atomic')
  await query('CREATE TABLE IF NOT EXISTS tocsin.migrations (name String, at DateTime DEFAULT now()) ENGINE = MergeTree ORDER BY name')
  await lock(query)
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

async function lock(query: (sql: string) => Promise<string>) {
  const owner = `${hostname()}:${process.pid}`.replaceAll("'", '')
  for (const until = Date.now() + 2 * LOCK_MS; ; ) {
    try {
      return await query(`CREATE TABLE tocsin.migrating (x UInt8) ENGINE = Memory COMMENT '${owner}'`)
    } catch (e) {
      if (!/already exists/i.test((e as Error).message) || Date.now() > until) throw e
    }
    const age = Number(
      await query(
        "SELECT toUInt64(now() - metadata_modification_time) * 1000 FROM system.tables WHERE database = 'tocsin' AND name = 'migrating' FORMAT TSVRaw",
      ),
    )
    if (age > LOCK_MS) await query('DROP TABLE IF EXISTS tocsin.migrating SYNC')
    else await sleep(100)
  }
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
