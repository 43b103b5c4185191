import { and, asc, count, eq } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import { Problem } from '../problem.ts'
import { iso } from '../time.ts'
import type { NewSavedQuery, SavedQuery, SavedQueryPatch } from './schema.ts'
import { type LogQueryRow, logQueries } from './table.ts'

const SAVED_MAX = 1000

export async function listSaved(db: Db, team: string, { page, per_page }: PageQuery): Promise<{ rows: LogQueryRow[]; total: number }> {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(logQueries)
      .where(eq(logQueries.team, team))
      .orderBy(asc(logQueries.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(logQueries).where(eq(logQueries.team, team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

/** A query as a row, not yet written. */
export const newSaved = (team: string, user: string, input: NewSavedQuery, at: number): Omit<LogQueryRow, 'number'> => ({
  ...input,
  id: newId(at),
  team,
  user_id: user,
  created_at: at,
  updated_at: at,
})

/** The statement that writes it, for a batch. */
export const insertSaved = (db: Db, team: string, row: Omit<LogQueryRow, 'number'>) => db.insert(logQueries).values({ ...row, team })

export async function refuseTooManySaved(db: Db, team: string): Promise<void> {
  const [held] = await db.select({ n: count() }).from(logQueries).where(eq(logQueries.team, team))
  if ((held?.n ?? 0) >= SAVED_MAX) throw new Problem('conflict', `A team keeps at most ${SAVED_MAX} queries. Delete one that is not used.`)
}

const none = () => new Problem('not-found', 'There is no saved query with this id in this team.')

/** Throws `not-found` for another team's id as for none. */
export async function readSaved(db: Db, team: string, id: string): Promise<LogQueryRow> {
  const [row] = await db
    .select()
    .from(logQueries)
    .where(and(eq(logQueries.team, team), eq(logQueries.id, id)))
  if (!row) throw none()
  return row
}

export async function updateSaved(db: Db, team: string, id: string, patch: SavedQueryPatch, at: number): Promise<LogQueryRow> {
  const [row] = await db
    .update(logQueries)
    .set({ ...patch, updated_at: at })
    .where(and(eq(logQueries.team, team), eq(logQueries.id, id)))
    .returning()
  if (!row) throw none()
  return row
}

export async function deleteSaved(db: Db, team: string, id: string): Promise<void> {
  const gone = await db
    .delete(logQueries)
    .where(and(eq(logQueries.team, team), eq(logQueries.id, id)))
    .returning({ id: logQueries.id })
  if (!gone.length) throw none()
}

export const savedBody = (row: Omit<LogQueryRow, 'number'>): SavedQuery => ({
  id: row.id,
  name: row.name,
  query_type: row.query_type,
  query_text: row.query_text,
  saved_as_dashboard: row.saved_as_dashboard,
  user_id: row.user_id,
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
})
