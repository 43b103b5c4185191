import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { policies } from '../oncall/table.ts'
import { seeded } from '../oncall/urgency.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { iso } from '../time.ts'
import type { UrgencyBody, UrgencyChange, UrgencyInput } from './schema.ts'
import { type UrgencyRow, urgencies } from './table.ts'

const URGENCIES_MAX = 50

export const urgencyBody = (u: Omit<UrgencyRow, 'number'>): UrgencyBody => ({
  id: u.id,
  name: u.name,
  severity: u.key && (u.key.toUpperCase() as Uppercase<typeof u.key>),
  channels: u.channels,
  critical: u.critical,
  created_at: iso(u.created_at),
  updated_at: iso(u.updated_at),
})

/** The four that every team has, made when they are first needed. */
export async function ensureUrgencies(db: Db, team: string, at: number): Promise<void> {
  const [have] = await db
    .select({ n: count() })
    .from(urgencies)
    .where(and(eq(urgencies.team, team), sql`key is not null`))
  if ((have?.n ?? 0) >= seeded.length) return
  const row = (u: (typeof seeded)[number]) => ({ ...u, channels: [...u.channels], id: newId(at), team, created_at: at, updated_at: at })
  await db.insert(urgencies).values(seeded.map(row)).onConflictDoNothing()
}

/** In the order they were made, SEV1 to SEV4 first. */
export async function listUrgencies(db: Db, team: string, { page, per_page }: PageQuery, at: number) {
  await ensureUrgencies(db, team, at)
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(urgencies)
      .where(eq(urgencies.team, team))
      .orderBy(sql`coalesce(${urgencies.key}, 'z')`, asc(urgencies.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(urgencies).where(eq(urgencies.team, team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export const getUrgency = async (db: Db, team: string, id: string): Promise<UrgencyRow | undefined> =>
  (
    await db
      .select()
      .from(urgencies)
      .where(and(eq(urgencies.team, team), eq(urgencies.id, id)))
  )[0]

/** Null when the team has as many as it may. */
export async function newUrgency(db: Db, team: string, input: UrgencyInput, at: number) {
  const [n] = await db.select({ n: count() }).from(urgencies).where(eq(urgencies.team, team))
  if ((n?.n ?? 0) >= URGENCIES_MAX) return null
  const row = { id: newId(at), team, key: null, ...input, channels: [...new Set(input.channels)], created_at: at, updated_at: at }
  return { row, statements: [db.insert(urgencies).values(row), poke(db, team, 'team', team, at)] as const }
}

export async function changeUrgency(db: Db, team: string, id: string, change: UrgencyChange, at: number): Promise<boolean> {
  const channels = change.channels && [...new Set(change.channels)]
  const set = {
    ...(change.name ? { name: change.name } : {}),
    ...(channels ? { channels } : {}),
    ...(change.critical === undefined ? {} : { critical: change.critical }),
  }
  const [changed] = await db.batch([
    db
      .update(urgencies)
      .set({ ...set, updated_at: at })
      .where(and(eq(urgencies.team, team), eq(urgencies.id, id)))
      .returning({ id: urgencies.id }),
    poke(db, team, 'team', team, at),
  ])
  return changed.length > 0
}

/** Deletes one that no policy names; the condition is in the statement, so a policy saved meanwhile wins. */
export async function removeUrgency(db: Db, team: string, id: string, at: number): Promise<'removed' | 'gone' | 'every-teams' | 'used'> {
  const naming = and(eq(policies.team, team), isNull(policies.deleted_at), sql`instr(${policies.steps}, ${id}) > 0`)
  const [removed] = await db.batch([
    db
      .delete(urgencies)
      .where(
        and(
          eq(urgencies.team, team),
          eq(urgencies.id, id),
          isNull(urgencies.key),
          sql`not exists (select 1 from ${policies} where ${naming})`,
        ),
      )
      .returning({ id: urgencies.id }),
    poke(db, team, 'team', team, at),
  ])
  if (removed.length) return 'removed'
  const row = await getUrgency(db, team, id)
  return !row ? 'gone' : row.key ? 'every-teams' : 'used'
}
