import { and, asc, count, desc, eq, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import { newId } from '../../ids.ts'
import { poke } from '../../outbox.ts'
import { Problem } from '../../problem.ts'
import { alertDefaults } from './defaults.ts'
import type { AlertChange, AlertCounts, ListAlerts, Typed } from './schema.ts'
import { type AlertHead, type AlertRow, alertHeads, alerts } from './table.ts'

/** A team's alerts, imported rules included. Each is evaluated every minute or so, by one object. */
export const ALERTS_MAX = 1000

export type Listed = { alert: AlertRow; head: AlertHead | null }
export type ListedState = 'paused' | AlertHead['state']

const alive = (team: string) => and(eq(alerts.team, team), isNull(alerts.deleted_at))
/** What people see of it: paused counts at once, also before the object has heard of it. */
const stateOf = sql<ListedState>`case when ${alerts.paused} = 1 then 'paused' else coalesce(${alertHeads.state}, 'inactive') end`
const trouble = sql`case ${stateOf} when 'firing' then 0 when 'unknown' then 1 when 'pending' then 2 when 'inactive' then 3 else 4 end`

/** All attributes after a change, the defaults under what was stored. */
export const typedOver = (row: Pick<AlertRow, 'doc'> | null, change: AlertChange): Typed =>
  ({ ...alertDefaults, ...row?.doc, ...change }) as Typed

export async function listAlerts(db: Db, team: string, q: ListAlerts): Promise<{ rows: Listed[]; total: number }> {
  const text = q.q?.replace(/[\\%_]/g, (c) => `\\${c}`)
  const where = and(
    alive(team),
    q.state?.length
      ? inArray(
          stateOf,
          q.state.map((s) => s.toLowerCase() as ListedState),
        )
      : undefined,
    q.group_id ? eq(alerts.group_id, q.group_id) : undefined,
    text ? or(sql`${alerts.name} like ${`%${text}%`} escape '\\'`, sql`json_extract(${alerts.doc}, '$.query') like ${`%${text}%`} escape '\\'`) : undefined, // biome-ignore format: one thought
  )
  const orders: Record<ListAlerts['sort'], SQL[]> = {
    state: [sql`${trouble}`, asc(alerts.name)],
    name: [asc(alerts.name)],
    '-name': [desc(alerts.name)],
    created_at: [asc(alerts.number)],
    '-created_at': [desc(alerts.number)],
  }
  const joined = and(eq(alertHeads.id, alerts.id), eq(alertHeads.team, team))
  // not a batch: D1 answers a batch by column name, and both tables have an id
  const [rows, [total]] = await Promise.all([
    db
      .select({ alert: alerts, head: alertHeads })
      .from(alerts)
      .leftJoin(alertHeads, joined)
      .where(where)
      .orderBy(...orders[q.sort], asc(alerts.number))
      .limit(q.per_page)
      .offset((q.page - 1) * q.per_page),
    db.select({ n: count() }).from(alerts).leftJoin(alertHeads, joined).where(where),
  ])
  return { rows, total: total?.n ?? 0 }
}

export async function countAlerts(db: Db, team: string): Promise<AlertCounts> {
  const rows = await db
    .select({ state: stateOf, n: count() })
    .from(alerts)
    .leftJoin(alertHeads, and(eq(alertHeads.id, alerts.id), eq(alertHeads.team, team)))
    .where(alive(team))
    .groupBy(stateOf)
  const of = (state: ListedState) => rows.find((r) => r.state === state)?.n ?? 0
  return {
    total: rows.reduce((sum, r) => sum + r.n, 0),
    firing: of('firing'),
    pending: of('pending'),
    inactive: of('inactive'),
    unknown: of('unknown'),
    paused: of('paused'),
  }
}

export async function getAlert(db: Db, team: string, id: string): Promise<Listed | undefined> {
  const [row] = await db
    .select({ alert: alerts, head: alertHeads })
    .from(alerts)
    .leftJoin(alertHeads, and(eq(alertHeads.id, alerts.id), eq(alertHeads.team, team)))
    .where(and(alive(team), eq(alerts.id, id)))
  return row
}

/** Every alert of a team: what its object evaluates. */
export const allAlerts = (db: Db, team: string): Promise<AlertRow[]> =>
  db.select().from(alerts).where(alive(team)).orderBy(asc(alerts.number)).limit(ALERTS_MAX)

export const newAlert = (team: string, typed: Typed, group: string | null, at: number): Omit<AlertRow, 'number'> => ({
  id: newId(at),
  team,
  name: typed.name,
  group_id: group,
  doc: typed,
  paused: typed.paused,
  created_at: at,
  updated_at: at,
  deleted_at: null,
})

/** The statements that write new alerts, for a batch; the last pokes the team's object. */
export const insertAlerts = (db: Db, team: string, rows: Omit<AlertRow, 'number'>[], at: number) =>
  [...rows.map((row) => db.insert(alerts).values({ ...row, team })), poke(db, team, 'alerts', team, at)] as const

export async function refuseTooMany(db: Db, team: string, more: number): Promise<void> {
  const [held] = await db.select({ n: count() }).from(alerts).where(alive(team))
  if ((held?.n ?? 0) + more > ALERTS_MAX)
    throw new Problem('conflict', `A team has at most ${ALERTS_MAX} alerts. Delete some that nobody needs.`)
}

/** False when it is not there any more. */
export async function changeAlert(db: Db, team: string, id: string, typed: Typed, at: number): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(alerts)
      .set({ name: typed.name, doc: typed, paused: typed.paused, updated_at: at })
      .where(and(alive(team), eq(alerts.id, id)))
      .returning({ id: alerts.id }),
    poke(db, team, 'alerts', team, at),
  ])
  return changed.length > 0
}

export async function deleteAlert(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .update(alerts)
      .set({ deleted_at: at, updated_at: at })
      .where(and(alive(team), eq(alerts.id, id)))
      .returning({ id: alerts.id }),
    db.delete(alertHeads).where(and(eq(alertHeads.team, team), eq(alertHeads.id, id))),
    poke(db, team, 'alerts', team, at),
  ])
  return gone.length > 0
}

/** Never over a newer one, and not for what was deleted meanwhile. DESIGN §2, last rows. */
export const writeAlertHead = (db: Db, head: AlertHead) =>
  db
    .insert(alertHeads)
    .select(
      db
        .select({
          id: sql<string>`${head.id}`.as('id'),
          team: sql<string>`${head.team}`.as('team'),
          state: sql<AlertHead['state']>`${head.state}`.as('state'),
          state_since: sql<number>`${head.state_since}`.as('state_since'),
          incident_id: sql<string | null>`${head.incident_id}`.as('incident_id'),
          rev: sql<number>`${head.rev}`.as('rev'),
        })
        .from(alerts)
        .where(and(alive(head.team), eq(alerts.id, head.id))),
    )
    .onConflictDoUpdate({
      target: alertHeads.id,
      set: { state: head.state, state_since: head.state_since, incident_id: head.incident_id, rev: head.rev },
      setWhere: sql`excluded.rev > ${alertHeads.rev}`,
    })

/** Teams that have something to evaluate; across teams, for the cron that re-arms their objects. */
export const teamsWithAlerts = async (db: Db): Promise<string[]> =>
  (await db.selectDistinct({ team: alerts.team }).from(alerts).where(isNull(alerts.deleted_at))).map((r) => r.team)
