import { and, asc, count, eq, gte, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import type { PageQuery } from '../../page.ts'
import type { Hour } from '../../warehouse/archive.ts'
import { type ArchiveFile, archiveFiles } from '../table.ts'

/** Longer than an export may take; whoever died in the middle is followed by the next run. */
const LEASE_MS = 900_000

const of = ({ team, source, kind, hour }: Hour) =>
  and(eq(archiveFiles.team, team), eq(archiveFiles.source, source), eq(archiveFiles.kind, kind), eq(archiveFiles.hour, hour))

/** Takes an hour for export, if nobody has it and the file that there may be has fewer rows than this. One statement decides, so it is never exported twice at once. */
export async function claimHour(db: Db, file: Hour, rows: number, place: string, at: number): Promise<boolean> {
  const taken = await db
    .insert(archiveFiles)
    .values({ ...file, state: 'running', place, rows: 0, bytes: 0, tries: 1, lease_until: at + LEASE_MS, error: null, at })
    .onConflictDoUpdate({
      target: [archiveFiles.team, archiveFiles.source, archiveFiles.kind, archiveFiles.hour],
      set: { state: 'running', place, tries: sql`${archiveFiles.tries} + 1`, lease_until: at + LEASE_MS, at },
      setWhere: and(lt(archiveFiles.lease_until, at), or(sql`${archiveFiles.state} != 'done'`, lt(archiveFiles.rows, rows))),
    })
    .returning({ hour: archiveFiles.hour })
  return taken.length > 0
}

export const hourDone = (db: Db, file: Hour, rows: number, bytes: number, at: number) =>
  db.update(archiveFiles).set({ state: 'done', rows, bytes, error: null, lease_until: 0, at }).where(of(file))

/** It is tried again with the next run. */
export const hourFailed = (db: Db, file: Hour, error: string, at: number) =>
  db
    .update(archiveFiles)
    .set({ state: 'failed', error: error.slice(0, 300), lease_until: 0, at })
    .where(of(file))

/** How many rows files since `from` have, by `<team> <source> <kind> <hour>`; of the installation, for the export. */
export async function knownHours(db: Db, from: number): Promise<Map<string, number>> {
  const rows = await db
    .select()
    .from(archiveFiles)
    .where(and(gte(archiveFiles.hour, from), eq(archiveFiles.state, 'done')))
  return new Map(rows.map((file) => [hourName(file), file.rows]))
}
export const hourName = ({ team, source, kind, hour }: Hour): string => `${team} ${source} ${kind} ${hour}`

export async function readHour(db: Db, file: Hour): Promise<ArchiveFile | undefined> {
  const [row] = await db.select().from(archiveFiles).where(of(file))
  return row
}

/** Files of a source, oldest first. */
export async function listFiles(db: Db, team: string, source: string, { page, per_page }: PageQuery) {
  const mine = and(eq(archiveFiles.team, team), eq(archiveFiles.source, source))
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(archiveFiles)
      .where(mine)
      .orderBy(asc(archiveFiles.hour), asc(archiveFiles.kind))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(archiveFiles).where(mine),
  ])
  return { rows, total: total?.n ?? 0 }
}

/** Hours of log records whose files are there, in [from, to), the newest first; at most `max`. */
export async function hoursThere(db: Db, team: string, source: string, from: number, to: number, max: number): Promise<number[]> {
  const rows = await db
    .select({ hour: archiveFiles.hour })
    .from(archiveFiles)
    .where(
      and(
        eq(archiveFiles.team, team),
        eq(archiveFiles.source, source),
        eq(archiveFiles.kind, 'logs'),
        gte(archiveFiles.hour, from),
        lt(archiveFiles.hour, to),
        // a file that is written anew may be read: it is replaced at once
        or(eq(archiveFiles.state, 'done'), sql`${archiveFiles.rows} > 0`),
      ),
    )
    .orderBy(sql`${archiveFiles.hour} desc`)
    .limit(max)
  return rows.map(({ hour }) => hour)
}

export const forgetFiles = (db: Db, team: string, source: string) =>
  db.delete(archiveFiles).where(and(eq(archiveFiles.team, team), eq(archiveFiles.source, source)))
