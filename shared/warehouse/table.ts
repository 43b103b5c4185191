import { integer, sqliteTable } from 'drizzle-orm/sqlite-core'

/** One row while ClickHouse takes nothing: `since` when (epoch ms), `seen_at` when it was last seen so. Of the installation, not of a team. */
export const warehouseOutage = sqliteTable('warehouse_outage', {
  id: integer().primaryKey(),
  since: integer().notNull(),
  seen_at: integer().notNull(),
})
