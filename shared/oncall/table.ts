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
    /** Whose wall clock the steps' hours are on. */
    timezone: text().notNull().default('UTC'),
    final_team_after: integer(),
    acknowledgement_timeout: integer(),
    policy_group: text(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('policies_team').on(t.team), uniqueIndex('policies_default').on(t.team).where(sql`is_default = 1 AND deleted_at IS NULL`)],
)
export type PolicyRow = typeof policies.$inferSelect

/** Policies are shown by group; one that is deleted leaves its policies without. */
export const policyGroups = sqliteTable(
  'policy_groups',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    sort_index: integer().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [index('policy_groups_team').on(t.team)],
)

export * from './schedule-table.ts'
