import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type * as z from 'zod'
import type { Db } from '../../db.ts'
import { DAY, iso } from '../../time.ts'
import type { OutcomeName, Outcomes, Signal } from './schema.ts'
import { pipelineOutcomes } from './table.ts'

const SHOWN = 20

/** One place of a program and what happened there. Messages of one place differ by event; they are one row. */
export type Happened = { signal: Signal; outcome: OutcomeName; place: string; message: string; count: number }

/** The place that a message names, so that a row per event's own words cannot come about. */
export const placeOf = (message: string): string =>
  /^function call error for "\w+" at \(\d+:\d+\)/.exec(message)?.[0] ?? message.replace(/[\d"'`].*$/s, '').slice(0, 80)

/** Adds to the counts; what is older than a day is begun anew. `at`: epoch ms. */
export async function addOutcomes(db: Db, team: string, source: string, happened: readonly Happened[], at: number): Promise<void> {
  const t = pipelineOutcomes
  const old = sql`${t.last} < ${at - DAY}`
  const writes = happened.map((h) =>
    db
      .insert(t)
      .values({ ...h, team, source, first: at, last: at })
      .onConflictDoUpdate({
        target: [t.team, t.source, t.signal, t.outcome, t.place],
        set: {
          count: sql`case when ${old} then excluded.count else ${t.count} + excluded.count end`,
          first: sql`case when ${old} then excluded.first else ${t.first} end`,
          message: sql`excluded.message`,
          last: sql`excluded.last`,
        },
      }),
  )
  const [first, ...rest] = writes
  if (first) await db.batch([first, ...rest])
}

/** What the programs of this source did in the last day, the latest first. */
export async function readOutcomes(db: Db, team: string, source: string, at: number): Promise<z.infer<typeof Outcomes>> {
  const t = pipelineOutcomes
  const rows = await db
    .select()
    .from(t)
    .where(and(eq(t.team, team), eq(t.source, source), gt(t.last, at - DAY)))
    .orderBy(desc(t.last))
    .limit(SHOWN)
  return rows.map(({ signal, outcome, message, count, first, last }) => ({
    signal,
    outcome,
    message,
    count,
    first: iso(first),
    last: iso(last),
  }))
}

/** Across teams: the daily sweep. */
export const forgetOutcomes = (db: Db, at: number) => db.delete(pipelineOutcomes).where(lt(pipelineOutcomes.last, at - DAY))
