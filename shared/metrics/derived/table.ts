import { integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Aggregate } from './schema.ts'

/** Rules that make metrics of log lines. `source_ids` null: of every source. */
export const derivedMetrics = sqliteTable(
  'derived_metrics',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    description: text().notNull(),
    filter: text().notNull(),
    group_by: text({ mode: 'json' }).$type<string[]>().notNull(),
    aggregate: text().$type<Aggregate>().notNull(),
    field: text(),
    quantile: real(),
    source_ids: text({ mode: 'json' }).$type<string[]>(),
    created_by: text().notNull(),
    created_at: integer().notNull(),
  },
  (t) => [uniqueIndex('derived_metrics_name').on(t.team, t.name)],
)
export type DerivedMetricRow = typeof derivedMetrics.$inferSelect
