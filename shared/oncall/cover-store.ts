import { and, asc, count, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { movedTo } from './cover.ts'
import type { CoverStatus } from './cover-status.ts'
import type { ScheduleDefinition } from './definition.ts'
import { type CoverRow, covers, overrides } from './schedule-table.ts'
import { tell } from './tell.ts'

export type Statement = Parameters<Db['batch']>[0][number]
const mine = (team: string) => eq(covers.team, team)

export const getCover = async (db: Db, team: string, id: string): Promise<CoverRow | undefined> => {
  const [row] = await db
    .select()
    .from(covers)
    .where(and(mine(team), eq(covers.id, id)))
  return row
}

/** Those that are not over first come first; `statuses` and `schedule` narrow it. */
export async function listCovers(
  db: Db,
  team: string,
  asked: { statuses: CoverStatus[]; schedule?: string | undefined },
  { page, per_page }: PageQuery,
) {
  const where = and(
    mine(team),
    asked.statuses.length ? inArray(covers.status, asked.statuses) : undefined,
    asked.schedule ? eq(covers.schedule_id, asked.schedule) : undefined,
  )
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(covers)
      .where(where)
      .orderBy(sql`${covers.status} = 'pending' desc`, sql`${covers.from_at} desc`)
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(covers).where(where),
  ])
  return { rows, total: total?.n ?? 0 }
}

export type NewCover = Pick<
  CoverRow,
  | 'schedule_id'
  | 'layer'
  | 'shift_start'
  | 'shift_end'
  | 'user_id'
  | 'requester_id'
  | 'from_at'
  | 'until_at'
  | 'reason'
  | 'potential_covers'
>

/** How many are asked by mail at first: the fairest. Others find it in the dashboard. */
export const ASKED = 5
export const tellPeople = (db: Db, team: string, cover: string, people: (string | null)[], at: number) =>
  [...new Set(people)].filter((who) => who !== null).map((who) => poke(db, team, 'mail', `cover:${cover}:${who}`, at))

/** The request and the statements that make it. Whoever it is `proposed` to is told by mail, else the fairest are. */
export function newCover(db: Db, team: string, typed: NewCover, at: number, proposed = false) {
  const row = {
    id: newId(at),
    team,
    ...typed,
    status: 'pending' as const,
    declined_by: [],
    covered_by: null,
    decided_at: null,
    created_at: at,
    updated_at: at,
  }
  return {
    row,
    statements: [
      db.insert(covers).values(row),
      ...tellPeople(db, team, row.id, typed.potential_covers.slice(0, proposed ? undefined : ASKED), at),
    ] as const,
  }
}

/** Another request for the same time that is still open. */
export const openTwin = async (db: Db, team: string, typed: NewCover): Promise<boolean> => {
  const [row] = await db
    .select({ id: covers.id })
    .from(covers)
    .where(
      and(
        mine(team), eq(covers.schedule_id, typed.schedule_id), eq(covers.user_id, typed.user_id), eq(covers.status, 'pending'),
        sql`${covers.from_at} < ${typed.until_at}`, gt(covers.until_at, typed.from_at),
      ),
    ) // biome-ignore format: a list
    .limit(1)
  return row !== undefined
}

/** One of those asked says no; when all have, the request is rejected. False when they were not asked, or it is decided. */
export async function declineCover(db: Db, team: string, id: string, by: string, at: number): Promise<boolean> {
  const asked = sql`exists (select 1 from json_each(${covers.potential_covers}) where value = ${by})`
  const not = sql`not exists (select 1 from json_each(${covers.declined_by}) where value = ${by})`
  const all = sql`json_array_length(${covers.declined_by}) + 1 >= json_array_length(${covers.potential_covers})`
  const changed = await db
    .update(covers)
    .set({
      declined_by: sql`json_insert(${covers.declined_by}, '$[#]', ${by})`,
      status: sql`case when ${all} then 'rejected' else 'pending' end`,
      decided_at: sql`case when ${all} then ${at} else null end`,
      updated_at: at,
    })
    .where(and(mine(team), eq(covers.id, id), eq(covers.status, 'pending'), asked, not))
    .returning({ id: covers.id })
  return changed.length > 0
}

/** Takes a request back, and the cover that came of it from now on. False when it is decided otherwise, or over. */
export async function cancelCover(db: Db, team: string, row: CoverRow, at: number): Promise<boolean> {
  const open = and(mine(team), eq(covers.id, row.id), inArray(covers.status, ['pending', 'accepted']), gt(covers.until_at, at))
  const [changed] = await db.batch([
    db.update(covers).set({ status: 'canceled', decided_at: at, updated_at: at }).where(open).returning({ id: covers.id }),
    ...endCover(db, team, row.id, at),
    ...tellPeople(db, team, row.id, [row.covered_by], at),
    ...tell(db, team, row.schedule_id, at),
  ])
  return changed.length > 0
}

/** Ends the override of a cover that is canceled: what of it has passed stays. */
const endCover = (db: Db, team: string, cover: string, at: number): Statement[] => {
  const its = and(
    eq(overrides.team, team), eq(overrides.cover_request_id, cover), isNull(overrides.deleted_at), gt(overrides.until_at, at),
    sql`exists (select 1 from ${covers} where ${and(mine(team), eq(covers.id, cover), eq(covers.status, 'canceled'))})`,
  ) // biome-ignore format: a list
  return [
    db
      .update(overrides)
      .set({ deleted_at: at })
      .where(and(its, sql`${overrides.from_at} >= ${at}`)),
    db.update(overrides).set({ until_at: at }).where(its),
  ]
}

export type CoverMove = { row: CoverRow; moved: ReturnType<typeof movedTo> }

/** What becomes of covers when a schedule is `next` from `from` on: those that move with their shift, or end with it (`moved` null). */
export async function coverMoves(db: Db, team: string, next: ScheduleDefinition, from: number, at: number): Promise<CoverMove[]> {
  const rows = await db
    .select()
    .from(covers)
    .where(and(mine(team), eq(covers.schedule_id, next.id), gt(covers.until_at, from), inArray(covers.status, ['pending', 'accepted'])))
    .orderBy(asc(covers.number))
    .limit(200) // biome-ignore format: a row
  return rows.flatMap((row) => {
    if (row.layer === 'override') return []
    const cover = {
      user: row.user_id,
      layer: row.layer,
      shift: { from: row.shift_start, until: row.shift_end },
      from: row.from_at,
      until: row.until_at,
    }
    // a cover that runs already keeps what has passed: only its end may move
    const moved = movedTo(next, cover, row.from_at < at ? row.from_at : from)
    const stays = moved && moved.from === row.from_at && moved.until === row.until_at && moved.shift.from === row.shift_start
    return stays ? [] : [{ row, moved }]
  })
}

/** The statements that take covers along when a schedule changes. */
export const movedCovers = (db: Db, team: string, moves: CoverMove[], at: number): Statement[] =>
  moves.flatMap(({ row, moved }) => {
    const its = and(mine(team), eq(covers.id, row.id), eq(covers.status, row.status))
    if (!moved)
      return [
        db.update(covers).set({ status: 'canceled', decided_at: at, updated_at: at }).where(its),
        ...endCover(db, team, row.id, at),
        ...tellPeople(db, team, row.id, [row.covered_by], at),
      ]
    const span = { from_at: moved.from, until_at: moved.until }
    return [
      db.update(covers).set({ ...span, shift_start: moved.shift.from, shift_end: moved.shift.until, updated_at: at }).where(its),
      db.update(overrides).set(span).where(and(eq(overrides.team, team), eq(overrides.cover_request_id, row.id), isNull(overrides.deleted_at))),
      ...(row.status === 'accepted' ? tellPeople(db, team, row.id, [row.covered_by, row.user_id], at) : []),
    ] // biome-ignore format: statements
  })
