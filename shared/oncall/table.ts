import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Step } from './schema.ts'

/** Escalation policies. A team has one default, made on first need; the index decides a race of two first needs. */
export const policies = sqliteTable(
  'policies',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    repeat_count: integer().notNull(),
    steps: text({ mode: 'json' }).$type<Step[]>().notNull(),
    is_default: integer({ mode: 'boolean' }).notNull().default(false),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('policies_team').on(t.team), uniqueIndex('policies_default').on(t.team).where(sql`is_default = 1 AND deleted_at IS NULL`)],
)
export type PolicyRow = typeof policies.$inferSelect

export * from './schedule-table.ts'
