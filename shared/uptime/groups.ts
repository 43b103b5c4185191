import { and, asc, count, eq, isNull } from 'drizzle-orm'
import type * as z from 'zod'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { iso } from '../time.ts'
import type { GroupBody, GroupChange, NewGroup } from './schema.ts'
import { type MonitorGroup, monitorGroups, monitors } from './table.ts'

const mine = (team: string) => and(eq(monitorGroups.team, team), isNull(monitorGroups.deleted_at))
const members = (db: Db, team: string, group: string) =>
  db
    .select({ id: monitors.id })
    .from(monitors)
    .where(and(eq(monitors.team, team), eq(monitors.monitor_group_id, group), isNull(monitors.deleted_at)))

export async function listGroups(db: Db, team: string, { page, per_page }: PageQuery): Promise<{ rows: MonitorGroup[]; total: number }> {
  const [rows, [counted]] = await db.batch([
    db
      .select()
      .from(monitorGroups)
      .where(mine(team))
      .orderBy(asc(monitorGroups.sort_index), asc(monitorGroups.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(monitorGroups).where(mine(team)),
  ])
  return { rows, total: counted?.n ?? 0 }
}

export async function getGroup(db: Db, team: string, id: string): Promise<MonitorGroup | undefined> {
  const [row] = await db
    .select()
    .from(monitorGroups)
    .where(and(mine(team), eq(monitorGroups.id, id)))
  return row
}

export async function createGroup(db: Db, team: string, typed: z.infer<typeof NewGroup>, at: number): Promise<MonitorGroup> {
  const [row] = await db
    .insert(monitorGroups)
    .values({
      id: newId(at),
      team,
      name: typed.name,
      sort_index: typed.sort_index ?? 0,
      paused_at: typed.paused ? at : null,
      created_at: at,
      updated_at: at,
    })
    .returning()
  return row!
}

/** Pausing or resuming tells the shard of every monitor in it. False when it is gone. */
export async function changeGroup(db: Db, group: MonitorGroup, change: z.infer<typeof GroupChange>, at: number): Promise<boolean> {
  const paused_at = change.paused === undefined ? group.paused_at : change.paused ? (group.paused_at ?? at) : null
  const told = (paused_at === null) === (group.paused_at === null) ? [] : await members(db, group.team, group.id)
  const [changed] = await db.batch([
    db
      .update(monitorGroups)
      .set({ name: change.name, sort_index: change.sort_index, paused_at, updated_at: at })
      .where(and(mine(group.team), eq(monitorGroups.id, group.id)))
      .returning({ id: monitorGroups.id }),
    ...told.map(({ id }) => poke(db, group.team, 'monitor', id, at)),
  ])
  return changed.length > 0
}

/** Its monitors stay, in no group. False when it was gone. */
export async function deleteGroup(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const told = await members(db, team, id)
  const [gone] = await db.batch([
    db
      .update(monitorGroups)
      .set({ deleted_at: at })
      .where(and(mine(team), eq(monitorGroups.id, id)))
      .returning({ id: monitorGroups.id }),
    db
      .update(monitors)
      .set({ monitor_group_id: null, updated_at: at })
      .where(and(eq(monitors.team, team), eq(monitors.monitor_group_id, id))),
    ...told.map((m) => poke(db, team, 'monitor', m.id, at)),
  ])
  return gone.length > 0
}

export const groupBody = (g: MonitorGroup): z.infer<typeof GroupBody> => ({
  id: g.id,
  number: g.number,
  name: g.name,
  sort_index: g.sort_index,
  paused: g.paused_at !== null,
  created_at: iso(g.created_at),
  updated_at: iso(g.updated_at),
})
