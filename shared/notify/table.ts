import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Severity } from '../oncall/escalation.ts'
import type { NotificationRule } from '../oncall/notification.ts'
import type { Hours } from '../oncall/schema.ts'
import type { PersonChannel } from '../oncall/urgency.ts'

/** How loud pages are. The four with a `key` are every team's, made on first need; the index decides a race of two first needs. */
export const urgencies = sqliteTable(
  'urgencies',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    key: text().$type<Severity>(),
    name: text().notNull(),
    channels: text({ mode: 'json' }).$type<PersonChannel[]>().notNull(),
    critical: integer({ mode: 'boolean' }).notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [index('urgencies_team').on(t.team), uniqueIndex('urgencies_key').on(t.team, t.key).where(sql`key IS NOT NULL`)],
)
export type UrgencyRow = typeof urgencies.$inferSelect

/**
 * Ways to a person besides their account's address, which needs no row. `secret` is sealed (a browser's subscription). A code is kept
 * as its hash. Times in epoch ms.
 */
export const contactMethods = sqliteTable(
  'contact_methods',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    person: text().notNull(),
    channel: text().$type<PersonChannel>().notNull(),
    contact: text().notNull(),
    label: text().notNull(),
    secret: text(),
    verified_at: integer(),
    code_hash: text(),
    code_expires_at: integer(),
    code_tries: integer().notNull().default(0),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [
    index('contact_methods_person').on(t.team, t.person),
    uniqueIndex('contact_methods_contact').on(t.team, t.person, t.channel, t.contact),
  ],
)
export type ContactMethodRow = typeof contactMethods.$inferSelect

/**
 * A person's own wishes in a team: which contact when, per urgency; and when only what wakes nobody may be used. `sent` codes and tests
 * since `sent_since` bound how many leave in an hour.
 */
export const notificationRules = sqliteTable(
  'notification_rules',
  {
    team: text().notNull(),
    person: text().notNull(),
    rules: text({ mode: 'json' }).$type<NotificationRule[]>().notNull().default([]),
    quiet: text({ mode: 'json' }).$type<Hours[]>().notNull().default([]),
    sent: integer().notNull().default(0),
    sent_since: integer().notNull().default(0),
    updated_at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.person] })],
)
