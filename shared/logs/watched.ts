import { and, count, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { sources, watchedSources } from './table.ts'

/** A row holds this long without being renewed: two renewals may fail. */
export const WATCHED_MS = 90_000
/** Doors know the set of watched sources as it was at most this long ago. */
export const DOOR_CACHE_MS = 5000
/** All sources of a team. */
export const ANY = '*'

/** A tail says which of the team's sources it wants to hear of, for WATCHED_MS from `at`. */
export async function renewWatched(db: Db, team: string, tail: string, sources: string[], at: number): Promise<void> {
  if (!sources.length) return
  // D1 allows 100 bound values a statement
  const writes = Array.from({ length: Math.ceil(sources.length / 20) }, (_, i) =>
    db
      .insert(watchedSources)
      .values(sources.slice(20 * i, 20 * i + 20).map((source) => ({ team, source, tail, until: at + WATCHED_MS })))
      .onConflictDoUpdate({
        target: [watchedSources.team, watchedSources.source, watchedSources.tail],
        set: { until: sql`excluded.until` },
      }),
  )
  await db.batch([db.delete(watchedSources).where(lt(watchedSources.until, at)), ...writes])
}

/** For the doors: every team's, `<team>/<source or ANY>` → tails. A small set: one row per source somebody looks at just now. */
export async function readWatched(db: Db, at: number): Promise<Map<string, string[]>> {
  const rows = await db.select().from(watchedSources).where(gt(watchedSources.until, at))
  const found = new Map<string, string[]>()
  for (const { team, source, tail } of rows) found.set(`${team}/${source}`, [...(found.get(`${team}/${source}`) ?? []), tail])
  return found
}

/** True when every one of these (at most 90) is a source of the team. */
export async function ownsSources(db: Db, team: string, ids: string[]): Promise<boolean> {
  const [found] = await db
    .select({ n: count() })
    .from(sources)
    .where(and(eq(sources.team, team), inArray(sources.id, ids), isNull(sources.deleted_at)))
  return found?.n === new Set(ids).size
}
