import { and, asc, count, eq } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import { iso } from '../time.ts'
import type { PolicyGroupBody, PolicyGroupChange, PolicyGroupInput } from './schema.ts'
import { policies, policyGroups } from './table.ts'

type Row = typeof policyGroups.$inferSelect
const one = (team: string, id: string) => and(eq(policyGroups.team, team), eq(policyGroups.id, id))

export const groupBody = ({ id, name, sort_index, created_at, updated_at }: Omit<Row, 'number'>): PolicyGroupBody => ({
  id,
  name,
  sort_index,
  created_at: iso(created_at),
  updated_at: iso(updated_at),
})

export async function listGroups(db: Db, team: string, { page, per_page }: PageQuery) {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(policyGroups)
      .where(eq(policyGroups.team, team))
      .orderBy(asc(policyGroups.sort_index), asc(policyGroups.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(policyGroups).where(eq(policyGroups.team, team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export function newGroup(db: Db, team: string, { name, sort_index }: PolicyGroupInput, at: number) {
  const row = { id: newId(at), team, name, sort_index, created_at: at, updated_at: at }
  return { row, statement: db.insert(policyGroups).values(row) }
}

export async function changeGroup(
  db: Db,
  team: string,
  id: string,
  { name, sort_index }: PolicyGroupChange,
  at: number,
): Promise<Row | undefined> {
  const set = { ...(name === undefined ? {} : { name }), ...(sort_index === undefined ? {} : { sort_index }), updated_at: at }
  return (await db.update(policyGroups).set(set).where(one(team, id)).returning())[0]
}

/** Its policies are in no group then. */
export async function removeGroup(db: Db, team: string, id: string): Promise<boolean> {
  const [removed] = await db.batch([
    db.delete(policyGroups).where(one(team, id)).returning({ id: policyGroups.id }),
    db
      .update(policies)
      .set({ policy_group: null })
      .where(and(eq(policies.team, team), eq(policies.policy_group, id))),
  ])
  return removed.length > 0
}
