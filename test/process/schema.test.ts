import { globSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'

type Column = { name: string; type: string; notNull: boolean; key: boolean }

const files = globSync(['shared/**/table.ts', 'shared/**/*-table.ts', 'shared/{outbox,idempotency}.ts'])
/** Every drizzle table of shared/, once. */
const tables = [...new Set((await Promise.all(files.map(async (f) => Object.values(await import(`../../${f}`))))).flat())].filter(
  (t): t is SQLiteTable => t instanceof SQLiteTable,
)

const db = new DatabaseSync(':memory:')
for (const file of globSync('d1-migrations/*.sql').sort()) db.exec(readFileSync(file, 'utf8'))

const inSql = (table: string): Column[] =>
  (db.prepare(`PRAGMA table_info(${table})`).all() as { name: string; type: string; notnull: number; pk: number }[])
    .map((c) => ({ name: c.name, type: c.type.toLowerCase(), notNull: Boolean(c.notnull || c.pk), key: Boolean(c.pk) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

const inDrizzle = (table: SQLiteTable): Column[] => {
  const config = getTableConfig(table)
  const keys = new Set(config.primaryKeys.flatMap((k) => k.columns.map((c) => c.name)))
  return config.columns
    .map((c) => ({
      name: c.name,
      type: c.getSQLType(),
      notNull: c.notNull || c.primary || keys.has(c.name),
      key: c.primary || keys.has(c.name),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

test.each(tables.map((t) => [getTableConfig(t).name, t] as const))('the drizzle table %s is what the migrations make', (name, table) => {
  expect(inDrizzle(table)).toEqual(inSql(name))
})

test('the migrations make no table that drizzle does not know', () => {
  const made = (
    db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all() as { name: string }[]
  ).map((t) => t.name)
  expect(made.sort()).toEqual(tables.map((t) => getTableConfig(t).name).sort())
})
