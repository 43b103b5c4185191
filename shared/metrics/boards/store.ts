import { and, asc, count, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Actor } from '../../actor.ts'
import type { Db } from '../../db.ts'
import { newId } from '../../ids.ts'
import { Problem } from '../../problem.ts'
import { iso } from '../../time.ts'
import type { BoardBody, BoardDoc, BoardLine, BoardTyped, ListBoards } from './schema.ts'
import { boardDefaults } from './schema.ts'
import { type BoardRow, type BoardVersion, boards, boardVersions } from './table.ts'

const BOARDS_MAX = 1000
const VERSIONS_MAX = 50

const alive = (team: string) => and(eq(boards.team, team), isNull(boards.deleted_at))
type Row = Omit<BoardRow, 'number'>

const docOf = (typed: BoardTyped): BoardDoc => {
  const { name: _, is_shared: __, ...doc } = typed
  return { v: 1, ...doc }
}
export const typedOf = (row: Pick<BoardRow, 'name' | 'is_shared' | 'doc'>): BoardTyped => {
  const { v: _, ...doc } = row.doc
  return { ...boardDefaults, ...doc, name: row.name, is_shared: row.is_shared }
}

export async function listBoards(db: Db, team: string, { page, per_page, q }: ListBoards) {
  const text = q?.replace(/[\\%_]/g, (c) => `\\${c}`)
  const where = and(alive(team), text ? sql`${boards.name} like ${`%${text}%`} escape '\\'` : undefined)
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(boards)
      .where(where)
      .orderBy(asc(sql`lower(${boards.name})`), asc(boards.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(boards).where(where),
  ])
  return { rows, total: total?.n ?? 0 }
}

export async function getBoard(db: Db, team: string, id: string): Promise<BoardRow | undefined> {
  const [row] = await db
    .select()
    .from(boards)
    .where(and(alive(team), eq(boards.id, id)))
  return row
}

/** A new dashboard as a row; `insertBoard` writes it with its first version, in one batch. */
export const newBoard = (team: string, typed: BoardTyped, by: Actor, at: number): Row => ({
  id: newId(at),
  team,
  name: typed.name,
  is_shared: typed.is_shared,
  doc: docOf(typed),
  version: 1,
  created_at: at,
  updated_at: at,
  updated_by: nameless(by),
  deleted_at: null,
})
export const insertBoard = (db: Db, team: string, row: Row) => [db.insert(boards).values({ ...row, team }), insertVersion(db, row)] as const

export async function refuseTooMany(db: Db, team: string): Promise<void> {
  const [held] = await db.select({ n: count() }).from(boards).where(alive(team))
  if ((held?.n ?? 0) >= BOARDS_MAX)
    throw new Problem('conflict', `A team has at most ${BOARDS_MAX} dashboards. Delete one that nobody opens.`)
}

/** Null: somebody saved meanwhile, or it is gone. The version is in the statement, so of two at once one wins. */
export async function changeBoard(db: Db, before: BoardRow, typed: BoardTyped, by: Actor, at: number): Promise<BoardRow | null> {
  const row: BoardRow = { ...before, name: typed.name, is_shared: typed.is_shared, doc: docOf(typed), version: before.version + 1, updated_at: at, updated_by: nameless(by) } // biome-ignore format: one thought
  const same = and(alive(before.team), eq(boards.id, before.id), eq(boards.version, row.version))
  const [changed] = await db.batch([
    db
      .update(boards)
      .set({ name: row.name, is_shared: row.is_shared, doc: row.doc, version: row.version, updated_at: at, updated_by: row.updated_by })
      .where(and(alive(before.team), eq(boards.id, before.id), eq(boards.version, before.version)))
      .returning({ id: boards.id }),
    db
      .insert(boardVersions)
      .select(
        db
          .select({ dashboard: boards.id, version: boards.version, team: boards.team, name: boards.name, doc: boards.doc, at: boards.updated_at, by: boards.updated_by })
          .from(boards)
          .where(same),
      )
      .onConflictDoNothing(),
    db.delete(boardVersions).where(and(eq(boardVersions.dashboard, row.id), eq(boardVersions.team, row.team), lte(boardVersions.version, row.version - VERSIONS_MAX))),
  ]) // biome-ignore format: a statement a block
  return changed.length ? row : null
}

export async function deleteBoard(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const gone = await db
    .update(boards)
    .set({ deleted_at: at })
    .where(and(alive(team), eq(boards.id, id)))
    .returning({ id: boards.id })
  return gone.length > 0
}

/** Newest first. */
export const versionsOf = (db: Db, team: string, id: string): Promise<BoardVersion[]> =>
  db
    .select()
    .from(boardVersions)
    .where(and(eq(boardVersions.team, team), eq(boardVersions.dashboard, id)))
    .orderBy(desc(boardVersions.version))
    .limit(VERSIONS_MAX)
export async function versionOf(db: Db, team: string, id: string, version: number): Promise<BoardVersion | undefined> {
  const [row] = await db
    .select()
    .from(boardVersions)
    .where(and(eq(boardVersions.team, team), eq(boardVersions.dashboard, id), eq(boardVersions.version, version)))
  return row
}

const insertVersion = (db: Db, row: Row) =>
  db.insert(boardVersions).values({
    dashboard: row.id,
    version: row.version,
    team: row.team,
    name: row.name,
    doc: row.doc,
    at: row.updated_at,
    by: row.updated_by,
  })

/** Rows hold ids of people, never their names. */
const nameless = (by: Actor): Actor => (by.type === 'user' ? { ...by, name: '' } : by)
export type Names = ReadonlyMap<string, string>
export const named = (by: Actor, names: Names): Actor =>
  by.type === 'user' ? { ...by, name: names.get(by.id) ?? 'Somebody who left' } : by

const metaOf = (row: Row, names: Names) => ({
  id: row.id,
  version: row.version,
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
  updated_by: named(row.updated_by, names),
})
export const boardBody = (row: Row, names: Names): BoardBody => ({ ...metaOf(row, names), ...typedOf(row) })
export const boardLine = (row: BoardRow, names: Names): BoardLine => ({
  ...metaOf(row, names),
  name: row.name,
  is_shared: row.is_shared,
  description: row.doc.description,
  panels_count: row.doc.panels.length,
  preview: row.doc.panels.filter((p) => p.type === 'timeseries' || p.type === 'stat').flatMap((p) => p.queries)[0]?.expr ?? null,
})
