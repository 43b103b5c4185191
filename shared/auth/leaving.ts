import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { outbox, poke } from '../outbox.ts'
import { invitation, member, organization } from './table.ts'

// A team that leaves. What D1 holds of a team is found by its column `team`, so no table can be forgotten here; these have other names for it.

/** Deletes a team: its credentials stop at once, or when the last cache of one is over; the rest follows by its poke. False: it was deleted before. */
export async function leave(db: Db, team: string, at: number): Promise<boolean> {
  const [left] = await db.batch([
    db
      .update(organization)
      .set({ deletedAt: new Date(at) })
      .where(and(eq(organization.id, team), isNull(organization.deletedAt)))
      .returning({ id: organization.id }),
    poke(db, team, 'leaving', team, at),
  ])
  return left.length > 0
}

/** Epoch ms since when a team is leaving; null when it is not, or is gone. */
export async function leftAt(db: Db, team: string): Promise<number | null> {
  const [row] = await db.select({ at: organization.deletedAt }).from(organization).where(eq(organization.id, team))
  return row?.at?.getTime() ?? null
}

/** Ids of a team's things of one kind, the deleted ones too: their objects may still hold something. */
export const idsOf = async (db: Db, team: string, table: 'schedules' | 'sources'): Promise<string[]> =>
  (await db.all<{ id: string }>(sql`SELECT id FROM ${sql.identifier(table)} WHERE team = ${team}`)).map((row) => row.id)

type Tenant = { name: string; deletable: number }

/** Every table with a column `team`; `deletable` when it has a `deleted_at` beside it. */
async function tenantTables(db: Db): Promise<Tenant[]> {
  const names = await db.all<{ name: string }>(
    sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'`,
  )
  const found = await Promise.all(
    names.map(async ({ name }) => {
      const columns = (await db.all<{ name: string }>(sql`PRAGMA table_info(${sql.identifier(name)})`)).map((c) => c.name)
      return columns.includes('team') ? [{ name, deletable: Number(columns.includes('deleted_at')) }] : []
    }),
  )
  return found.flat()
}

/** Ends everything that can be ended by a mark: tokens, pages, monitors. Rows stay, so that objects can still be found by them. */
export async function endEverything(db: Db, team: string, at: number): Promise<void> {
  const tables = (await tenantTables(db)).filter((t) => t.deletable)
  for (const { name } of tables)
    await db.run(sql`UPDATE ${sql.identifier(name)} SET deleted_at = ${at} WHERE team = ${team} AND deleted_at IS NULL`)
}

/** Every row. What says that the team is leaving goes last, so that a run that was cut is begun again. */
export async function forgetRows(db: Db, team: string): Promise<void> {
  for (const { name } of await tenantTables(db))
    if (name !== 'outbox') await db.run(sql`DELETE FROM ${sql.identifier(name)} WHERE team = ${team}`)
  await db.batch([
    db.delete(invitation).where(eq(invitation.organizationId, team)),
    db.delete(member).where(eq(member.organizationId, team)),
    db.delete(organization).where(eq(organization.id, team)),
    db.delete(outbox).where(eq(outbox.team, team)),
  ])
}
