import { and, asc, count, eq, gt, isNull, or } from 'drizzle-orm'
import type { Actor } from '../../../actor.ts'
import type { Db } from '../../../db.ts'
import { hashToken, newId } from '../../../ids.ts'
import { iso, isoOrNull } from '../../../time.ts'
import { type Names, named } from '../store.ts'
import { type BoardLinkRow, type BoardRow, boardLinks, boards } from '../table.ts'
import type { BoardLink } from './schema.ts'

/** Of one dashboard. */
export const LINKS_MAX = 50

const of = (team: string, dashboard: string) => and(eq(boardLinks.team, team), eq(boardLinks.dashboard, dashboard))

export const linksOf = (db: Db, team: string, dashboard: string): Promise<BoardLinkRow[]> =>
  db.select().from(boardLinks).where(of(team, dashboard)).orderBy(asc(boardLinks.number)).limit(LINKS_MAX)

export async function newLink(
  team: string,
  dashboard: string,
  { name, expires_at }: { name: string; expires_at: number | null },
  token: string,
  by: Actor,
  at: number,
): Promise<Omit<BoardLinkRow, 'number'>> {
  const created_by = by.type === 'user' ? { ...by, name: '' } : by
  return { id: newId(at), team, dashboard, name, hash: await hashToken(token), created_at: at, created_by, expires_at }
}
export const insertLink = (db: Db, team: string, row: Omit<BoardLinkRow, 'number'>) => db.insert(boardLinks).values({ ...row, team })
export async function countLinks(db: Db, team: string, dashboard: string): Promise<number> {
  const [held] = await db.select({ n: count() }).from(boardLinks).where(of(team, dashboard))
  return held?.n ?? 0
}

/** False when it is not there any more. */
export async function deleteLink(db: Db, team: string, dashboard: string, id: string): Promise<boolean> {
  const gone = await db.delete(boardLinks).where(and(of(team, dashboard), eq(boardLinks.id, id))).returning({ id: boardLinks.id }) // biome-ignore format: one line
  return gone.length > 0
}

/** The dashboard that a token shows now; it alone says which team's. */
export async function boardByToken(db: Db, token: string, at: number): Promise<{ board: BoardRow; link: BoardLinkRow } | undefined> {
  const [found] = await db
    .select({ link: boardLinks })
    .from(boardLinks)
    .where(and(eq(boardLinks.hash, await hashToken(token)), or(isNull(boardLinks.expires_at), gt(boardLinks.expires_at, at))))
  if (!found) return undefined
  const { link } = found
  const [board] = await db.select().from(boards).where(and(eq(boards.team, link.team), eq(boards.id, link.dashboard), isNull(boards.deleted_at))) // biome-ignore format: one line
  return board && { board, link }
}

export const linkBody = (row: Omit<BoardLinkRow, 'number'>, names: Names, at: number): BoardLink => ({
  id: row.id,
  name: row.name,
  created_at: iso(row.created_at),
  created_by: named(row.created_by, names),
  expires_at: isoOrNull(row.expires_at),
  expired: row.expires_at !== null && row.expires_at <= at,
})
