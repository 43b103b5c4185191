import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { open, type Ring, seal } from '../seal.ts'
import { type FeedRow, feeds } from './schedule-table.ts'

const alive = (team: string) => and(eq(feeds.team, team), isNull(feeds.revoked_at))

export const listFeeds = (db: Db, team: string): Promise<FeedRow[]> =>
  db.select().from(feeds).where(alive(team)).orderBy(asc(feeds.number)).limit(500)

export const newFeed = (team: string, typed: Pick<FeedRow, 'of' | 'ref' | 'created_by'>, at: number): Omit<FeedRow, 'number'> => ({
  id: newId(at),
  team,
  ...typed,
  created_at: at,
  revoked_at: null,
})
export const insertFeed = (db: Db, row: Omit<FeedRow, 'number'>) => db.insert(feeds).values(row)

export const getFeed = async (db: Db, team: string, id: string): Promise<FeedRow | undefined> => {
  const [row] = await db
    .select()
    .from(feeds)
    .where(and(alive(team), eq(feeds.id, id)))
  return row
}

/** From then on its address is nobody's. */
export async function revokeFeed(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const gone = await db
    .update(feeds)
    .set({ revoked_at: at })
    .where(and(alive(team), eq(feeds.id, id)))
    .returning({ id: feeds.id })
  return gone.length > 0
}

/** The address's last part: sealed, so that nobody makes one; which feed it is, its row decides whether it still is. */
export const feedLink = (keys: Ring, team: string, id: string): Promise<string> => seal(keys, 'oncall-feed', '', `${team}:${id}`)
export async function openFeedLink(keys: Ring, link: string): Promise<{ team: string; id: string } | null> {
  const [team, id] = (await open(keys, 'oncall-feed', '', link))?.split(':') ?? []
  return team && id ? { team, id } : null
}
