import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Actor } from '../actor.ts'
import type { Severity, Status } from './incident.ts'

/** What lists show of a team's incidents. Written by its Incidents object alone, on transitions; `rev` only grows. Times in epoch ms. */
export const incidentHeads = sqliteTable(
  'incident_heads',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    team_number: integer().notNull(),
    title: text().notNull(),
    status: text().$type<Status>().notNull(),
    severity: text().$type<Severity>().notNull(),
    cause: text().notNull(),
    monitor_id: text(),
    policy_id: text(),
    service_id: text(),
    responder_id: text(),
    escalation_level: integer().notNull(),
    started_at: integer().notNull(),
    created_at: integer().notNull(),
    acknowledged_at: integer(),
    acknowledged_by: text({ mode: 'json' }).$type<Actor>(),
    resolved_at: integer(),
    resolved_by: text({ mode: 'json' }).$type<Actor>(),
    rev: integer().notNull(),
    /** The alert that opened it. */
    alert_id: text(),
  },
  (t) => [
    index('incident_heads_team').on(t.team, t.created_at),
    index('incident_heads_status').on(t.team, t.status),
    index('incident_heads_monitor').on(t.team, t.monitor_id, t.created_at),
  ],
)
export type IncidentHead = typeof incidentHeads.$inferSelect

/** Since when a team's oldest page waits to leave, told by its object when a page does not leave at once; no row when none waits. For /api/health. */
export const pageGauges = sqliteTable('page_gauges', {
  team: text().primaryKey(),
  oldest_unsent_at: integer().notNull(),
})
