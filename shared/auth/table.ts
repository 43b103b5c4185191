import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Density, Theme } from './schema.ts'

// better-auth's own tables, by its field names; ids are ours (UUIDv7). Written by better-auth, read by us.
export const user = sqliteTable('user', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).default(false).notNull(),
  image: text(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  // ours: how this person reads the product
  timezone: text().notNull().default('UTC'),
  theme: text().$type<Theme>().notNull().default('system'),
  density: text().$type<Density>().notNull().default('pointer'),
  shortcuts: integer({ mode: 'boolean' }).notNull().default(true),
})

export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    token: text().notNull().unique(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    userId: text('user_id').notNull(),
    activeOrganizationId: text('active_organization_id'),
  },
  (t) => [index('session_user').on(t.userId)],
)

export const account = sqliteTable(
  'account',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: integer('access_token_expires_at', { mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer('refresh_token_expires_at', { mode: 'timestamp_ms' }),
    scope: text(),
    password: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('account_user').on(t.userId)],
)

export const verification = sqliteTable(
  'verification',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [index('verification_identifier').on(t.identifier)],
)

/** A team. `deleted_at` stops every credential of it (DESIGN "Leaving"). */
export const organization = sqliteTable('organization', {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  metadata: text(),
  deletedAt: integer('deleted_at', { mode: 'timestamp_ms' }),
})

export const member = sqliteTable(
  'member',
  {
    id: text().primaryKey(),
    organizationId: text('organization_id').notNull(),
    userId: text('user_id').notNull(),
    role: text().notNull().default('member'),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [uniqueIndex('member_organization').on(t.organizationId, t.userId), index('member_user').on(t.userId)],
)

export const invitation = sqliteTable(
  'invitation',
  {
    id: text().primaryKey(),
    organizationId: text('organization_id').notNull(),
    email: text().notNull(),
    role: text(),
    status: text().notNull().default('pending'),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    inviterId: text('inviter_id').notNull(),
  },
  (t) => [
    // one open invitation per address and team: a second one renews it
    uniqueIndex('invitation_pending').on(t.organizationId, t.email).where(sql`status = 'pending'`),
    index('invitation_email').on(t.email),
  ],
)

/** Ours. `hash` is SHA-256 of the whole key; the key itself is shown once. Times in epoch ms. */
export const apiKey = sqliteTable(
  'api_key',
  {
    number: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    team: text().notNull(),
    name: text().notNull(),
    hash: text().notNull().unique(),
    /** The last four characters, to recognise it by. */
    tail: text().notNull(),
    scopes: text({ mode: 'json' }).$type<string[]>().notNull(),
    created_by: text().notNull(),
    created_at: integer().notNull(),
    expires_at: integer(),
    last_used_at: integer(),
    deleted_at: integer(),
  },
  (t) => [index('api_key_team').on(t.team)],
)

/** Ours. Wrong passwords per e-mail address, known or not, since the last right one. `account` is its hash; times in epoch ms. */
export const signInTries = sqliteTable('sign_in_tries', {
  account: text().primaryKey(),
  tries: integer().notNull(),
  blocked_until: integer().notNull(),
  at: integer().notNull(),
})
