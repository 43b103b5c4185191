import { and, eq, getTableColumns, gt, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { ASKED, type Statement, tellPeople } from './cover-store.ts'
import { type Span, without } from './restrictions.ts'
import { type CoverRow, covers, overrides } from './schedule-table.ts'
import { tell } from './tell.ts'

/**
 * The first acceptance wins: the statement's condition decides. True when this one was it. Of a `part` only that is taken, and what is
 * left goes on being asked for; a request that moved meanwhile has other parts, so it refuses.
 */
export async function acceptCover(
  db: Db,
  team: string,
  row: CoverRow,
  { by, part }: { by: string; part: Span | null },
  at: number,
): Promise<boolean> {
  const taken = part ? { from_at: Math.max(part.from, at), until_at: part.until } : { from_at: sql`max(${covers.from_at}, ${at})` }
  const override = {
    id: newId(at), team, schedule_id: row.schedule_id, user_id: by, reason: row.reason, cover_request_id: row.id, created_by: row.requester_id, created_at: at,
  } // biome-ignore format: a row
  const column = <T>(value: T, name: string) => sql<T>`${value}`.as(name)
  const [won] = await db.batch([
    db
      .update(covers)
      .set({ status: 'accepted', covered_by: by, decided_at: at, updated_at: at, ...taken })
      .where(
        and(
          eq(covers.team, team), eq(covers.id, row.id), eq(covers.status, 'pending'), gt(covers.until_at, at),
          part ? and(eq(covers.updated_at, row.updated_at), sql`${part.until} > ${at}`) : undefined,
        ),
      ) // biome-ignore format: a list
      .returning({ id: covers.id }),
    // what the request says now, not what was read before: its shift may have moved meanwhile
    db
      .insert(overrides)
      .select(
        db
          .select({
            number: sql<number>`null`.as('number'),
            id: column(override.id, 'id'),
            team: column(team, 'team'),
            schedule_id: covers.schedule_id,
            user_id: column(by, 'user_id'),
            from_at: covers.from_at,
            until_at: covers.until_at,
            replaces: sql<string | null>`case when ${covers.layer} = 'override' then null else ${covers.user_id} end`.as('replaces'),
            layer: sql<string | null>`case when ${covers.layer} = 'override' then null else ${covers.layer} end`.as('layer'),
            reason: covers.reason,
            cover_request_id: covers.id,
            created_by: column(override.created_by, 'created_by'),
            created_at: column(at, 'created_at'),
            deleted_at: sql<number | null>`null`.as('deleted_at'),
          })
          .from(covers)
          .where(
            and(
              eq(covers.team, team),
              eq(covers.id, row.id),
              eq(covers.status, 'accepted'),
              eq(covers.covered_by, by),
              eq(covers.decided_at, at),
            ),
          ),
      )
      .onConflictDoNothing(),
    ...restOf(db, team, row, part, by, at),
    ...tellPeople(db, team, row.id, [by, row.user_id, row.requester_id], at),
    ...tell(db, team, row.schedule_id, at),
  ])
  return won.length > 0
}

/** What is left of a request when a part of it was accepted, as requests of their own. A mail about one that was not made says nothing. */
function restOf(db: Db, team: string, row: CoverRow, part: Span | null, by: string, at: number): Statement[] {
  if (!part) return []
  const left = without([part], Math.max(row.from_at, at), row.until_at)
  const won = and(
    eq(covers.team, team),
    eq(covers.id, row.id),
    eq(covers.status, 'accepted'),
    eq(covers.covered_by, by),
    eq(covers.decided_at, at),
  )
  return left.flatMap(({ from, until }) => {
    const id = newId(at)
    const rest = {
      ...row, number: null, id, from_at: from, until_at: until, status: 'pending', covered_by: null, decided_at: null, created_at: at, updated_at: at,
      potential_covers: JSON.stringify(row.potential_covers), declined_by: JSON.stringify(row.declined_by),
    } // biome-ignore format: a row
    const columns = Object.keys(getTableColumns(covers)) as (keyof typeof rest)[]
    const values = sql.join(columns.map((name) => sql`${rest[name]}`), sql`, `) // biome-ignore format: a row
    const asked = row.potential_covers.filter((who) => who !== by && !row.declined_by.includes(who)).slice(0, ASKED)
    return [db.insert(covers).select(sql`select ${values} from ${covers} where ${won}`), ...tellPeople(db, team, id, asked, at)]
  })
}
