import { readdirSync, readFileSync } from 'node:fs'
import { unstable_splitSqlQuery as split } from 'wrangler'

/** The part of a D1 binding this needs; Miniflare's proxy and a Worker's binding both have it. */
type Database = {
  prepare(sql: string): { bind(...values: unknown[]): unknown; all<T>(): Promise<{ results: T[] }> }
  batch(statements: unknown[]): Promise<unknown>
}

/** Applies d1-migrations/ as `wrangler d1 migrations apply` would: in order, each once, recorded in the same batch. */
export async function migrateD1(db: Database, dir: string): Promise<string[]> {
  const table =
    'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)'
  await db.batch([db.prepare(table)])
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
  const done = new Set(results.map((r) => r.name))
  const applied: string[] = []
  for (const name of readdirSync(dir)
    .filter((f) => f.endsWith('.sql'))
    .sort()) {
    if (done.has(name)) continue
    const sql = split(readFileSync(`${dir}/${name}`, 'utf8'))
    await db.batch([...sql.map((s) => db.prepare(s)), db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name)])
    applied.push(name)
  }
  return applied
}
