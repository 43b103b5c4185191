import { and, asc, count, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { DAY, iso } from '../time.ts'
import type { WebhookBody, WebhookChange, WebhookInput } from './schema.ts'
import { ROTATION } from './secret.ts'
import { type WebhookRow, webhookDeliveries, webhooks } from './table.ts'

export const WEBHOOKS_MAX = 50

const alive = (team: string) => and(eq(webhooks.team, team), isNull(webhooks.deleted_at))
type Statement = Parameters<Db['batch']>[0][number]

/** Endpoints in the order they were made, each with what became of its last day. */
export async function listWebhooks(db: Db, team: string, page: PageQuery, at: number): Promise<{ data: WebhookBody[]; total: number }> {
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(webhooks)
      .where(alive(team))
      .orderBy(asc(webhooks.number))
      .limit(page.per_page)
      .offset((page.page - 1) * page.per_page),
    db.select({ n: count() }).from(webhooks).where(alive(team)),
  ])
  return { data: await withLastDay(db, team, rows, at), total: total?.n ?? 0 }
}

export async function getWebhook(db: Db, team: string, id: string): Promise<WebhookRow | null> {
  const [row] = await db
    .select()
    .from(webhooks)
    .where(and(alive(team), eq(webhooks.id, id)))
  return row ?? null
}

/** Those of `ids` that are no endpoint of the team. */
export async function unknownWebhooks(db: Db, team: string, ids: readonly string[]): Promise<string[]> {
  const found = await db.select({ id: webhooks.id }).from(webhooks).where(and(alive(team), inArray(webhooks.id, [...ids]))) // biome-ignore format: one line
  return ids.filter((id) => !found.some((f) => f.id === id))
}

/** One endpoint as people read it; null when the team has none with this id. */
export async function readWebhook(db: Db, team: string, id: string, at: number): Promise<WebhookBody | null> {
  const row = await getWebhook(db, team, id)
  return row && (await withLastDay(db, team, [row], at))[0]!
}

/** A new endpoint; `sealed` is its secret. `also` adds statements to the same batch. `too-many`: the team has as many as it may. */
export async function makeWebhook(
  db: Db,
  team: string,
  input: WebhookInput,
  sealed: string,
  by: string,
  at: number,
  also: (made: WebhookBody) => Statement[],
): Promise<WebhookBody | 'too-many'> {
  const [total] = await db.select({ n: count() }).from(webhooks).where(alive(team))
  if ((total?.n ?? 0) >= WEBHOOKS_MAX) return 'too-many'
  const row = {
    ...input,
    events: [...new Set(input.events)],
    id: newId(at),
    team,
    secret: sealed,
    enabled: true,
    disabled_why: null,
    created_by: by,
    created_at: at,
    updated_at: at,
  }
  const made = toBody(row, { pending: 0, delivered: 0, failed: 0 })
  await db.batch([db.insert(webhooks).values(row), poke(db, team, 'team', row.id, at), ...also(made)])
  return made
}

/** False: the team has none with this id. */
export async function changeWebhook(db: Db, team: string, id: string, change: WebhookChange, at: number): Promise<boolean> {
  const set = {
    ...change,
    ...(change.events && { events: [...new Set(change.events)] }),
    ...(change.enabled && { disabled_why: null }),
    updated_at: at,
  }
  const [changed] = await db.batch([
    db
      .update(webhooks)
      .set(set)
      .where(and(alive(team), eq(webhooks.id, id)))
      .returning({ id: webhooks.id }),
    poke(db, team, 'team', id, at),
  ])
  return changed.length > 0
}

/** Another secret; the one before signs as well until the returned time. Null: the team has none with this id. */
export async function rotateSecret(db: Db, team: string, id: string, sealed: string, at: number): Promise<number | null> {
  const until = at + ROTATION
  const [changed] = await db.batch([
    db
      .update(webhooks)
      .set({ secret_before: webhooks.secret, secret_before_until: until, secret: sealed, updated_at: at })
      .where(and(alive(team), eq(webhooks.id, id)))
      .returning({ id: webhooks.id }),
    poke(db, team, 'team', id, at),
  ])
  return changed.length ? until : null
}

/** Nothing more is sent to it; its past deliveries go with the next sweep. False: the team has none with this id. */
export async function deleteWebhook(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .update(webhooks)
      .set({ deleted_at: at })
      .where(and(alive(team), eq(webhooks.id, id)))
      .returning({ id: webhooks.id }),
    poke(db, team, 'team', id, at),
  ])
  return gone.length > 0
}

/** The endpoint said that it wants no more of these (410). */
export const switchOff = (db: Db, team: string, id: string, why: string, at: number) =>
  db
    .update(webhooks)
    .set({ enabled: false, disabled_why: why, updated_at: at })
    .where(and(eq(webhooks.team, team), eq(webhooks.id, id)))

async function withLastDay(db: Db, team: string, rows: WebhookRow[], at: number): Promise<WebhookBody[]> {
  const ids = rows.map((r) => r.id)
  const counts = ids.length
    ? await db
        .select({ webhook: webhookDeliveries.webhook, state: webhookDeliveries.state, n: count() })
        .from(webhookDeliveries)
        .where(and(eq(webhookDeliveries.team, team), inArray(webhookDeliveries.webhook, ids), gt(webhookDeliveries.created_at, at - DAY)))
        .groupBy(webhookDeliveries.webhook, webhookDeliveries.state)
    : []
  const n = (id: string, state: string) => counts.find((c) => c.webhook === id && c.state === state)?.n ?? 0
  return rows.map((row) => toBody(row, { pending: n(row.id, 'pending'), delivered: n(row.id, 'delivered'), failed: n(row.id, 'failed') }))
}

type Read = Pick<WebhookRow, 'id' | 'name' | 'url' | 'events' | 'enabled' | 'disabled_why' | 'created_at' | 'updated_at'>

const toBody = (row: Read, last_day: WebhookBody['last_day']): WebhookBody => ({
  id: row.id,
  name: row.name,
  url: row.url,
  events: row.events,
  enabled: row.enabled,
  disabled_why: row.disabled_why,
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
  last_day,
})
