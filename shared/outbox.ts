import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import { newId } from './ids.ts'

/**
 * A poke is never lost: every D1 write that an object must learn of puts a row here in the same `db.batch`. The request
 * drains it in `waitUntil`, a one-minute cron drains the rest. Handlers re-read present truth, so twice is harmless.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    team: text().notNull(),
    kind: text().$type<PokeKind>().notNull(),
    /** What to look at again: a monitor, a policy, a delivery. */
    ref: text().notNull(),
    due_at: integer().notNull(),
    tries: integer().notNull().default(0),
  },
  (t) => [index('outbox_due').on(t.due_at)],
)

/** Every kind of poke; workers/outbox.ts says for each which object or sender it wakes. */
export type PokeKind = 'monitor' | 'team' | 'schedule' | 'webhook' | 'mail' | 'alerts' | 'leaving' | 'source' | 'retention'
export type Poke = { id: string; team: string; kind: PokeKind; ref: string; due_at: number; tries: number }

/** The statement to put into a batch beside the change it tells of. */
export const poke = (db: Db, team: string, kind: PokeKind, ref: string, at: number) =>
  db.insert(outbox).values({ id: newId(at), team, kind, ref, due_at: at, tries: 0 })

/** Longer than any handler works; a poke whose handler died with its isolate comes again after it. */
export const CLAIM_MS = 60_000

/**
 * Takes due rows for whoever asks, oldest first, at most `limit`: one statement moves them out of everybody else's sight for
 * CLAIM_MS, so two drains at once never work on the same one. Of one team when the request that wrote them drains them.
 */
export const claimPokes = (db: Db, at: number, limit: number, team?: string): Promise<Poke[]> => {
  const due = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(team ? and(lte(outbox.due_at, at), eq(outbox.team, team)) : lte(outbox.due_at, at))
    .orderBy(asc(outbox.due_at))
    .limit(limit)
  return db
    .update(outbox)
    .set({ due_at: at + CLAIM_MS })
    .where(and(inArray(outbox.id, due), lte(outbox.due_at, at)))
    .returning()
}

/** Done with these, whatever their teams. */
export const donePokes = (db: Db, pokes: readonly Pick<Poke, 'id'>[]) =>
  db.delete(outbox).where(sql`${outbox.id} IN (SELECT value FROM json_each(${JSON.stringify(pokes.map((p) => p.id))}))`)

/** Not delivered: again after a wait that doubles from 5 s to 1 h, or at the time the handler asks for. */
export const laterPoke = (db: Db, p: Poke, at: number, dueAt = at + Math.min(3_600_000, 5_000 * 2 ** p.tries)) =>
  db
    .update(outbox)
    .set({ tries: p.tries + 1, due_at: dueAt })
    .where(and(eq(outbox.id, p.id), eq(outbox.team, p.team)))

/** Milliseconds the oldest due poke has waited; 0 when none waits. A gauge for /api/health, so across teams. */
export const outboxAge = async (db: Db, at: number): Promise<number> => {
  const [row] = await db.select({ due: sql<number | null>`min(${outbox.due_at})` }).from(outbox)
  return row?.due == null ? 0 : Math.max(0, at - row.due)
}
