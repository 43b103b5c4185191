import { and, eq, gt, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import { HOUR, MINUTE } from '../../time.ts'
import type { Signal } from './schema.ts'
import { pipelineSamples } from './table.ts'

/** So long after somebody looked the doors go on keeping samples. */
const WANTED_MS = 10 * MINUTE

const t = pipelineSamples
const its = (team: string, source: string, signal: Signal) => and(eq(t.team, team), eq(t.source, source), eq(t.signal, signal))

/** Keeps the last events that came in for one signal, if somebody wants to see them. `events` are JSON texts; `at`: epoch ms. */
export async function keepSample(
  db: Db,
  team: string,
  source: string,
  signal: Signal,
  events: readonly string[],
  at: number,
): Promise<void> {
  await db
    .update(t)
    .set({ events: JSON.stringify(events), at })
    .where(and(its(team, source, signal), gt(t.wanted_until, at)))
}

/** JSON texts of events as they came, the last one last; empty when none is held yet. From now on the doors keep some. */
export async function readSample(db: Db, team: string, source: string, signal: Signal, at: number): Promise<string[]> {
  const [row] = await db
    .insert(t)
    .values({ team, source, signal, events: '[]', at: 0, wanted_until: at + WANTED_MS })
    .onConflictDoUpdate({ target: [t.team, t.source, t.signal], set: { wanted_until: sql`excluded.wanted_until` } })
    .returning()
  return row && row.at > at - HOUR ? (JSON.parse(row.events) as string[]) : []
}

/** Across teams, every minute: samples that nobody wants any more. */
export const forgetSamples = (db: Db, at: number) => db.delete(t).where(lt(t.wanted_until, at))
