import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { GaugeName } from './names.ts'

/** What we measured of ourselves last, one row each: /api/health reads these and wakes no object. Written by the minute's cron alone. */
export const gauges = sqliteTable('gauges', {
  name: text().$type<GaugeName>().primaryKey(),
  value: real().notNull(),
  /** Epoch ms when it was measured. */
  at: integer().notNull(),
})
