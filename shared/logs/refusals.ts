import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { DAY, iso } from '../time.ts'
import type { Health } from './search/schema.ts'
import { sourceRefusals } from './table.ts'

const SHOWN = 20

/** Refusals of one reason that were not written yet; `began` is what the latest body began with. */
export type Refusals = { reason: string; count: number; began: string }

/** Adds them; what is older than a day is begun anew. */
export async function addRefusals(db: Db, team: string, source: string, { reason, count, began }: Refusals, at: number): Promise<void> {
  const old = sql`${sourceRefusals.last} < ${at - DAY}`
  await db
    .insert(sourceRefusals)
    .values({ team, source, reason, count, first: at, last: at, began })
    .onConflictDoUpdate({
      target: [sourceRefusals.team, sourceRefusals.source, sourceRefusals.reason],
      set: {
        count: sql`case when ${old} then excluded.count else ${sourceRefusals.count} + excluded.count end`,
        first: sql`case when ${old} then excluded.first else ${sourceRefusals.first} end`,
        last: sql`excluded.last`,
        began: sql`excluded.began`,
      },
    })
}

/** Why the door refused uploads of this source in the last day, the latest first. */
export async function readRefusals(db: Db, team: string, source: string, at: number): Promise<Health['refused']> {
  const rows = await db
    .select()
    .from(sourceRefusals)
    .where(and(eq(sourceRefusals.team, team), eq(sourceRefusals.source, source), gt(sourceRefusals.last, at - DAY)))
    .orderBy(desc(sourceRefusals.last))
    .limit(SHOWN)
  return rows.map(({ reason, count, first, began }) => ({ reason, count, first: iso(first), began }))
}
