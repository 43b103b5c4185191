import { and, eq, gt, lt } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Db } from './db.ts'
import { DAY } from './time.ts'

/** One row per `Idempotency-Key`, written in the batch of the change it guards. Scope: team and route; life: 24 h. WIRE "Errors and idempotency". */
export const idempotency = sqliteTable(
  'idempotency',
  {
    team: text().notNull(),
    route: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of the body's bytes: another body under the same key is refused. */
    body_hash: text().notNull(),
    status: integer().notNull(),
    /** JSON of the first answer, without show-once secrets. */
    answer: text().notNull(),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.team, t.route, t.key] }), index('idempotency_at').on(t.at)],
)

export type FirstAnswer = typeof idempotency.$inferSelect

export const firstAnswer = async (db: Db, team: string, route: string, key: string, at: number): Promise<FirstAnswer | undefined> => {
  const [row] = await db
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.team, team), eq(idempotency.route, route), eq(idempotency.key, key), gt(idempotency.at, at - DAY)))
  return row
}

/** The statement for the change's own batch; a second one with the same key fails that batch, so the race has one winner. */
export const rememberAnswer = (db: Db, row: FirstAnswer) => db.insert(idempotency).values(row)

/** Across teams: the daily sweep. */
export const forgetAnswers = (db: Db, at: number) => db.delete(idempotency).where(lt(idempotency.at, at - DAY))
