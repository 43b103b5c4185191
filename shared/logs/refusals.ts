import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { DAY, iso } from '../time.ts'
import type { Health } from './search/schema.ts'
import { sourceRefusals } from './table.ts'

const SHOWN = 20

/** Adds `count` refusals; what is older than a day is begun anew. */
export async function addRefusals(db: Db, team: string, source: string, reason: string, count: number, at: number): Promise<void> {
  const old = sql`${sourceRefusals.last} < ${at - DAY}`
  await db
    .insert(sourceRefusals)
    .values({ team, source, reason, count, first: at, last: at })
    .onConflictDoUpdate({
      target: [sourceRefusals.team, sourceRefusals.source, sourceRefusals.reason],
      set: {
        count: sql`case when ${old} then excluded.count else ${sourceRefusals.count} + excluded.count end`,
        first: sql`case when ${old} then excluded.first else ${sourceRefusals.first} end`,
        last: sql`excluded.last`,
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
  return rows.map(({ reason, count, first }) => ({ reason, count, first: iso(first) }))
}
