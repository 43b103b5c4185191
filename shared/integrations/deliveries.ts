import { and, count, desc, eq, lt, lte, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { outbox } from '../outbox.ts'
import { DAY, iso, MINUTE } from '../time.ts'
import type { Attempt, DeliveryBody, EventType, ListDeliveries } from './schema.ts'
import { type DeliveryRow, webhookDeliveries, webhooks } from './table.ts'
import { TRIES_MAX } from './tries.ts'

/** Something customers' endpoints are told of. */
export type Outgoing = {
  /** Names what happened once and for all, such as a timeline event's id: enqueued twice, it is delivered once. */
  id: string
  type: EventType
  /** Epoch ms when it happened: the message's `timestamp`. */
  at: number
  /** The message's `data`: what a GET of the thing answers. */
  data: unknown
  /** Endpoints that are told in any case, whatever types they want: an alert's `notify_channels`. */
  channels?: readonly string[]
}

/**
 * Statements for the batch of the change they tell of: one delivery row for every endpoint of the team that is switched on and
 * wants this type, and one poke for each. Nothing for a team without endpoints. Running them again changes nothing, so a batch
 * that is retried until D1 takes it may carry them every time. After it, `drainOutbox(env, at, team)` sends at once; else the
 * minute's cron does.
 *
 *     await db.batch([...heads, ...enqueueWebhooks(db, team, { id: event.id, type: 'incident.resolved', at: event.at, data: body }, Date.now())])
 */
export const enqueueWebhooks = (db: Db, team: string, { id, type, at: happened, data, channels = [] }: Outgoing, at: number) => {
  const body = JSON.stringify({ type, timestamp: iso(happened), data })
  const named = sql`${webhooks.id} IN (SELECT value FROM json_each(${JSON.stringify(channels)}))`
  const wanting = sql`${webhooks.enabled} = 1 AND (${named} OR EXISTS (SELECT 1 FROM json_each(${webhooks.events}) WHERE value = ${type}))`
  return statements(db, team, { event: id, type, body }, and(eq(webhooks.team, team), sql`${webhooks.deleted_at} IS NULL`, wanting), at)
}

/** A test message to one endpoint, whatever it wants to be told of. */
export const enqueueTest = (db: Db, team: string, webhook: string, at: number) => {
  const event = newId(at)
  const body = JSON.stringify({ type: 'webhook.test', timestamp: iso(at), data: { webhook_id: webhook } })
  const one = and(eq(webhooks.team, team), eq(webhooks.id, webhook), sql`${webhooks.deleted_at} IS NULL`)
  return { event, statements: statements(db, team, { event, type: 'webhook.test', body }, one, at) }
}

function statements(
  db: Db,
  team: string,
  { event, type, body }: Pick<DeliveryRow, 'event' | 'type' | 'body'>,
  where: ReturnType<typeof and>,
  at: number,
) {
  // the time of a UUIDv7 from here, its random part per row from SQLite
  const time = newId(at).slice(0, 15)
  const random = sql`lower(substr(hex(randomblob(2)), 2) || '-8' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`
  const row = {
    number: sql<number>`NULL`.as('number'),
    id: sql<string>`${time} || ${random}`.as('id'),
    team: webhooks.team,
    webhook: sql<string>`${webhooks.id}`.as('webhook'),
    event: sql<string>`${event}`.as('event'),
    type: sql<DeliveryRow['type']>`${type}`.as('type'),
    body: sql<string>`${body}`.as('body'),
    state: sql<'pending'>`'pending'`.as('state'),
    tries: sql<number>`0`.as('tries'),
    attempts: sql<Attempt[]>`'[]'`.as('attempts'),
    created_at: sql<number>`${at}`.as('created_at'),
    next_at: sql<number>`${at}`.as('next_at'),
  }
  const waiting = db
    .select({
      id: webhookDeliveries.id,
      team: webhookDeliveries.team,
      kind: sql<'webhook'>`'webhook'`.as('kind'),
      ref: sql<string>`${webhookDeliveries.id}`.as('ref'),
      due_at: sql<number>`${at}`.as('due_at'),
      tries: sql<number>`0`.as('poke_tries'),
    })
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.team, team), eq(webhookDeliveries.event, event), eq(webhookDeliveries.state, 'pending')))
  return [
    db.insert(webhookDeliveries).select(db.select(row).from(webhooks).where(where)).onConflictDoNothing(),
    db.insert(outbox).select(waiting).onConflictDoNothing(),
  ] as const
}

/** How long a try may take before another may begin: longer than its timeout, so that two never run beside each other. */
const CLAIM = MINUTE

/** Takes a due delivery for one try, counted before it is made. Null: it is done, not due yet, or somebody else has it. */
export async function claim(db: Db, team: string, id: string, at: number): Promise<DeliveryRow | null> {
  const [row] = await db
    .update(webhookDeliveries)
    .set({ tries: sql`${webhookDeliveries.tries} + 1`, next_at: at + CLAIM })
    .where(
      and(
        eq(webhookDeliveries.team, team),
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.state, 'pending'),
        lte(webhookDeliveries.next_at, at),
      ),
    )
    .returning()
  return row ?? null
}

export async function getDelivery(db: Db, team: string, id: string): Promise<DeliveryRow | null> {
  const [row] = await db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.team, team), eq(webhookDeliveries.id, id)))
  return row ?? null
}

/** Attempts that are kept of one delivery, the newest. */
const ATTEMPTS_MAX = 30

/** Saves how a claimed try went. `again` is when the next one is due, null when there is none. */
export const tried = (db: Db, row: DeliveryRow, attempt: Attempt, state: DeliveryRow['state'], again: number | null) =>
  db
    .update(webhookDeliveries)
    .set({ state, attempts: [...row.attempts, attempt].slice(-ATTEMPTS_MAX), ...(again === null ? {} : { next_at: again }) })
    .where(and(eq(webhookDeliveries.team, row.team), eq(webhookDeliveries.id, row.id), eq(webhookDeliveries.tries, row.tries)))

/** Newest first. */
export async function listDeliveries(
  db: Db,
  team: string,
  webhook: string,
  { page, per_page, state, event }: ListDeliveries & { event?: string },
): Promise<{ data: DeliveryBody[]; total: number }> {
  const wanted = and(
    eq(webhookDeliveries.team, team),
    eq(webhookDeliveries.webhook, webhook),
    state ? eq(webhookDeliveries.state, state) : undefined,
    event ? eq(webhookDeliveries.event, event) : undefined,
  )
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(webhookDeliveries)
      .where(wanted)
      .orderBy(desc(webhookDeliveries.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(webhookDeliveries).where(wanted),
  ])
  return { data: rows.map(deliveryBody), total: total?.n ?? 0 }
}

/** Sends a delivery again by hand: twelve more tries, the first at once, under the same `webhook-id`. */
export const sendAgain = (db: Db, { team, id }: Pick<DeliveryRow, 'team' | 'id'>, at: number) =>
  db.batch([
    db
      .update(webhookDeliveries)
      .set({ state: 'pending', tries: 0, next_at: at })
      .where(and(eq(webhookDeliveries.team, team), eq(webhookDeliveries.id, id))),
    db
      .insert(outbox)
      .values({ id, team, kind: 'webhook', ref: id, due_at: at, tries: 0 })
      .onConflictDoUpdate({ target: outbox.id, set: { due_at: at, tries: 0 } }),
  ])

export const deliveryBody = (row: DeliveryRow): DeliveryBody => ({
  id: row.id,
  type: row.type,
  state: row.state,
  tries: row.tries,
  tries_max: TRIES_MAX,
  created_at: iso(row.created_at),
  next_try_at: row.state === 'pending' ? iso(row.next_at) : null,
  attempts: row.attempts.map(({ at, status, error, ms, response }) => ({
    at: iso(at),
    status_code: status,
    error,
    duration_ms: ms,
    response,
  })),
})

/** Across teams: the daily sweep keeps thirty days. */
export const forgetOldDeliveries = (db: Db, at: number) =>
  db.delete(webhookDeliveries).where(lt(webhookDeliveries.created_at, at - 30 * DAY))
