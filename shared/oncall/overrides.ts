import { and, asc, count, eq, gt, isNull, lt } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import { type OverrideRow, overrides } from './schedule-table.ts'
import { tell } from './tell.ts'

export type NewOverride = Pick<
  OverrideRow,
  'schedule_id' | 'user_id' | 'from_at' | 'until_at' | 'replaces' | 'layer' | 'reason' | 'created_by'
>

/** The override and the statements that make it: to be put into one batch. */
export function newOverride(db: Db, team: string, typed: NewOverride, at: number) {
  const row = { id: newId(at), team, ...typed, cover_request_id: null, created_at: at, deleted_at: null }
  return { row, statements: [db.insert(overrides).values(row), ...tell(db, team, typed.schedule_id, at)] as const }
}

export const getOverride = async (db: Db, team: string, id: string): Promise<OverrideRow | undefined> => {
  const [row] = await db
    .select()
    .from(overrides)
    .where(and(eq(overrides.team, team), eq(overrides.id, id), isNull(overrides.deleted_at)))
  return row
}

/** Takes an override back. One that runs ends now; what has passed stays, so one that is over is `past`. */
export async function removeOverride(db: Db, team: string, id: string, at: number): Promise<'removed' | 'past' | 'gone'> {
  const row = await getOverride(db, team, id)
  if (!row) return 'gone'
  const still = and(eq(overrides.team, team), eq(overrides.id, id), isNull(overrides.deleted_at), gt(overrides.until_at, at))
  const [changed] = await db.batch([
    db
      .update(overrides)
      .set(row.from_at < at ? { until_at: at } : { deleted_at: at })
      .where(still)
      .returning({ id: overrides.id }),
    ...tell(db, team, row.schedule_id, at),
  ])
  return changed.length ? 'removed' : 'past'
}

/** Overrides of a schedule that overlap [from, to), in the order they lie on each other. */
export async function listOverrides(db: Db, team: string, schedule: string, from: number, to: number, { page, per_page }: PageQuery) {
  const where = and(
    eq(overrides.team, team), eq(overrides.schedule_id, schedule), isNull(overrides.deleted_at), gt(overrides.until_at, from), lt(overrides.from_at, to),
  ) // biome-ignore format: a list
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(overrides)
      .where(where)
      .orderBy(asc(overrides.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(overrides).where(where),
  ])
  return { rows, total: total?.n ?? 0 }
}
