import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Attempt, DeliveryState, EventType } from './schema.ts'

/** A team's endpoints. Times are epoch ms. */
export const webhooks = sqliteTable(
  'webhooks',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    /** Sealed: secret.ts. After a rotation the one before signs as well, until its end. */
    secret: text().notNull(),
    secret_before: text(),
    secret_before_until: integer(),
    events: text({ mode: 'json' }).$type<EventType[]>().notNull(),
    enabled: integer({ mode: 'boolean' }).notNull().default(true),
    /** Said to people when it was not they who switched it off. */
    disabled_why: text(),
    created_by: text().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
    deleted_at: integer(),
  },
  (t) => [index('webhooks_team').on(t.team)],
)
export type WebhookRow = typeof webhooks.$inferSelect

/** One event for one endpoint, with every try. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    /** The `webhook-id` of every try. */
    id: text().notNull().unique(),
    team: text().notNull(),
    webhook: text().notNull(),
    /** What happened, as its writer names it: written twice, it is one delivery. */
    event: text().notNull(),
    type: text().$type<EventType | 'webhook.test'>().notNull(),
    /** The bytes that are signed and sent. */
    body: text().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    /** Since it was first due or last sent again by hand. */
    tries: integer().notNull(),
    attempts: text({ mode: 'json' }).$type<Attempt[]>().notNull(),
    created_at: integer().notNull(),
    next_at: integer().notNull(),
  },
  (t) => [uniqueIndex('webhook_deliveries_once').on(t.webhook, t.event), index('webhook_deliveries_team').on(t.team, t.created_at)],
)
export type DeliveryRow = typeof webhookDeliveries.$inferSelect
