import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Typed } from './schema.ts'

/** What the customer typed, with the wire's names; an imported rule is one too, with its group. Times in epoch ms. */
export const alerts = sqliteTable(
  'metric_alerts',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    group_id: text(),
    /** All attributes; read through the defaults, so that an older row gains what is new. */
    doc: text({ mode: 'json' }).$type<Typed>().notNull(),
    paused: integer({ mode: 'boolean' }).notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('metric_alerts_team').on(t.team, t.name), index('metric_alerts_group').on(t.team, t.group_id)],
)
export type AlertRow = typeof alerts.$inferSelect

export type HeadState = 'inactive' | 'pending' | 'firing' | 'unknown'
/** What lists are ordered and counted by. Written by the Alerts object alone, on transitions; `rev` only grows. */
export const alertHeads = sqliteTable(
  'metric_alert_heads',
  {
    id: text().primaryKey(),
    team: text().notNull(),
    state: text().$type<HeadState>().notNull(),
    state_since: integer().notNull(),
    incident_id: text(),
    rev: integer().notNull(),
  },
  (t) => [index('metric_alert_heads_team').on(t.team, t.state)],
)
export type AlertHead = typeof alertHeads.$inferSelect
