import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { GroupDoc } from './schema.ts'

/** A group of rules out of a Prometheus rule file. Its alerts are rows of `metric_alerts`; here stand its order and its recording rules. */
export const ruleGroups = sqliteTable(
  'rule_groups',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    file: text().notNull(),
    doc: text({ mode: 'json' }).$type<GroupDoc>().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('rule_groups_team').on(t.team, t.file, t.name)],
)
export type RuleGroupRow = typeof ruleGroups.$inferSelect
