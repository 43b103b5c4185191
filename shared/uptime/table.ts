import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { MonitorType, Status, Weekday } from './attributes.ts'
import type { Region } from './checks/spec.ts'

const flag = () => integer({ mode: 'boolean' })

/** What the customer typed. Columns carry the wire's names; times in epoch ms, durations in seconds. */
export const monitors = sqliteTable(
  'monitors',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    /** Which MonitorShard watches it; changed only by a hand-over. */
    shard: integer().notNull(),
    url: text().notNull(),
    monitor_type: text().$type<MonitorType>().notNull(),
    name: text().notNull(),
    check_frequency: integer().notNull(),
    confirmation_period: integer().notNull(),
    recovery_period: integer().notNull(),
    request_timeout: integer().notNull(),
    regions: text({ mode: 'json' }).$type<Region[]>().notNull(),
    /** Null is the majority of the regions. */
    quorum: integer(),
    http_method: text().notNull(),
    /** Values are sealed (secrets.ts). */
    request_headers: text({ mode: 'json' }).$type<{ name: string; value: string }[]>().notNull(),
    request_body: text(),
    auth_username: text(),
    /** Sealed (secrets.ts). */
    auth_password: text(),
    follow_redirects: flag().notNull(),
    expected_status_codes: text({ mode: 'json' }).$type<number[]>().notNull(),
    required_keyword: text(),
    /** `HH:MM:SS` on the wall clock of `maintenance_timezone`; both or neither. */
    maintenance_from: text(),
    maintenance_to: text(),
    maintenance_timezone: text().notNull(),
    maintenance_days: text({ mode: 'json' }).$type<Weekday[]>().notNull(),
    policy_id: text(),
    monitor_group_id: text(),
    call: flag().notNull(),
    sms: flag().notNull(),
    email: flag().notNull(),
    push: flag().notNull(),
    critical_alert: flag().notNull(),
    team_wait: integer(),
    paused_at: integer(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('monitors_team').on(t.team, t.name), index('monitors_group').on(t.monitor_group_id), index('monitors_shard').on(t.shard)],
)
export type Monitor = typeof monitors.$inferSelect

/** What lists show of a monitor's state. Written by MonitorShard alone, on transitions; `rev` only grows. */
export const monitorHeads = sqliteTable(
  'monitor_heads',
  {
    id: text().primaryKey(),
    team: text().notNull(),
    status: text().$type<Status>().notNull(),
    status_since: integer().notNull(),
    incident_id: text(),
    rev: integer().notNull(),
  },
  (t) => [index('monitor_heads_team').on(t.team, t.status)],
)
export type MonitorHead = typeof monitorHeads.$inferSelect

export const monitorGroups = sqliteTable(
  'monitor_groups',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    sort_index: integer().notNull(),
    /** A paused group pauses each monitor in it. */
    paused_at: integer(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('monitor_groups_team').on(t.team, t.sort_index)],
)
export type MonitorGroup = typeof monitorGroups.$inferSelect
