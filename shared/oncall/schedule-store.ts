import { and, asc, count, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import { member, user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { DAY } from '../time.ts'
import { eventsOf } from './calendar-store.ts'
import type { Layer, ScheduleDefinition } from './definition.ts'
import type { ScheduleChange, ScheduleInput } from './schedule-schema.ts'
import { type OverrideRow, overrides, type ScheduleRow, schedules, type VersionRow, versions } from './schedule-table.ts'
import { policies } from './table.ts'
import { tell } from './tell.ts'

/** A schedule with its versions, the oldest first. */
export type Kept = { row: ScheduleRow; versions: VersionRow[] }

const alive = (team: string) => and(eq(schedules.team, team), isNull(schedules.deleted_at))
const versionsOf = (db: Db, team: string, ids: string[]) =>
  db
    .select()
    .from(versions)
    .where(and(eq(versions.team, team), inArray(versions.schedule_id, ids)))
    .orderBy(asc(versions.from_at))

const SCHEDULES_MAX = 1000

/** By name. */
export async function listSchedules(db: Db, team: string, { page, per_page }: PageQuery): Promise<{ kept: Kept[]; total: number }> {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(schedules)
      .where(alive(team))
      .orderBy(asc(schedules.name), asc(schedules.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(schedules).where(alive(team)),
  ])
  return { kept: await withVersions(db, team, rows), total: total?.n ?? 0 }
}

export async function getSchedule(db: Db, team: string, id: string): Promise<Kept | undefined> {
  const [rows, versions] = await db.batch([
    db
      .select()
      .from(schedules)
      .where(and(alive(team), eq(schedules.id, id))),
    versionsOf(db, team, [id]),
  ])
  return rows[0] && { row: rows[0], versions }
}

/** D1 binds at most 100 values a statement. */
const BOUND = 90

async function withVersions(db: Db, team: string, rows: ScheduleRow[]): Promise<Kept[]> {
  const found: VersionRow[] = []
  for (let i = 0; i < rows.length; i += BOUND)
    found.push(
      ...(await versionsOf(
        db,
        team,
        rows.slice(i, i + BOUND).map((r) => r.id),
      )),
    )
  const by = Map.groupBy(found, (v) => v.schedule_id)
  return rows.map((row) => ({ row, versions: by.get(row.id) ?? [] }))
}

/** The schedule and the statements that make it: to be put into one batch. Nobody pages it before a policy names it, which tells the team. */
export function newSchedule(db: Db, team: string, input: ScheduleInput, layers: Layer[], at: number) {
  const row = {
    id: newId(at),
    team,
    name: input.name,
    google_calendar_id: input.google_calendar_id ?? null,
    outlook_calendar_id: input.outlook_calendar_id ?? null,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  const version: VersionRow = { id: newId(at), team, schedule_id: row.id, from_at: 0, timezone: input.timezone, layers, created_at: at }
  const kept: Kept = { row: { ...row, number: 0 }, versions: [version] }
  return {
    kept,
    statements: [db.insert(schedules).values(row), db.insert(versions).values(version), poke(db, team, 'schedule', row.id, at)] as const,
  }
}

/** How many schedules a team has, of how many it may have. */
export async function hasRoom(db: Db, team: string): Promise<boolean> {
  const [row] = await db.select({ n: count() }).from(schedules).where(alive(team))
  return (row?.n ?? 0) < SCHEDULES_MAX
}

type Changed = { change: ScheduleChange; version: Pick<VersionRow, 'from_at' | 'timezone' | 'layers'> | null }

/**
 * The statements of a change. What was saved for the same time or later gives way to `version`; versions that have begun stay. To be
 * put into one batch: it does nothing when the schedule is gone.
 */
export function changeStatements(db: Db, team: string, id: string, { change, version }: Changed, at: number) {
  const { name, google_calendar_id, outlook_calendar_id } = change
  const exists = sql`exists (select 1 from ${schedules} where ${and(alive(team), eq(schedules.id, id))})`
  const update = db
    .update(schedules)
    .set({ ...(name === undefined ? {} : { name }), ...pick({ google_calendar_id, outlook_calendar_id }), updated_at: at })
    .where(and(alive(team), eq(schedules.id, id)))
    .returning({ id: schedules.id })
  if (!version) return [update, ...tell(db, team, id, at)] as const
  const row = { id: newId(at), team, schedule_id: id, created_at: at, ...version }
  return [
    update,
    db.delete(versions).where(and(eq(versions.team, team), eq(versions.schedule_id, id), sql`${versions.from_at} >= ${version.from_at}`)),
    db.insert(versions).select(
      db
        .select({
          id: sql<string>`${row.id}`.as('id'),
          team: sql<string>`${team}`.as('team'),
          schedule_id: sql<string>`${id}`.as('schedule_id'),
          from_at: sql<number>`${version.from_at}`.as('from_at'),
          timezone: sql<string>`${version.timezone}`.as('timezone'),
          layers: sql<Layer[]>`${JSON.stringify(version.layers)}`.as('layers'),
          created_at: sql<number>`${at}`.as('created_at'),
        })
        .from(schedules)
        .where(and(alive(team), eq(schedules.id, id), exists)),
    ),
    ...tell(db, team, id, at),
  ] as const
}

const pick = <T extends object>(given: T) => Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined))

export type RemovedSchedule = 'removed' | 'gone' | { usedBy: string[] }

/** Deletes a schedule that no policy names; the condition is in the statement, so a policy saved meanwhile wins. */
export async function removeSchedule(db: Db, team: string, id: string, at: number): Promise<RemovedSchedule> {
  const users = and(eq(policies.team, team), isNull(policies.deleted_at), sql`instr(${policies.steps}, ${id}) > 0`)
  const [removed] = await db.batch([
    db
      .update(schedules)
      .set({ deleted_at: at, updated_at: at })
      .where(and(alive(team), eq(schedules.id, id), sql`not exists (select 1 from ${policies} where ${users})`))
      .returning({ id: schedules.id }),
    ...tell(db, team, id, at),
  ])
  if (removed.length) return 'removed'
  if (!(await getSchedule(db, team, id))) return 'gone'
  return { usedBy: (await db.select({ name: policies.name }).from(policies).where(users).limit(5)).map((p) => p.name) }
}

/** How long ago a copy still looks: what is over is asked of D1. */
const BACK = 2 * DAY

export const asOverride = (o: OverrideRow): ScheduleDefinition['overrides'][number] => ({
  id: o.id,
  user: o.user_id,
  from: o.from_at,
  until: o.until_at,
  replaces: o.replaces,
  layer: o.layer,
  reason: o.cover_request_id ? 'cover' : 'override',
  note: o.reason,
  cover: o.cover_request_id,
  by: o.created_by,
})

const overridesOf = (db: Db, team: string, schedules: string[], from: number, to: number) =>
  db
    .select()
    .from(overrides)
    .where(
      and(
        eq(overrides.team, team), inArray(overrides.schedule_id, schedules), isNull(overrides.deleted_at),
        gt(overrides.until_at, from), lt(overrides.from_at, to),
      ),
    ) // biome-ignore format: a list
    .orderBy(asc(overrides.number))

/** Definitions of these schedules that are right in [from, to); with the events of their calendars. */
export async function definitionsOf(db: Db, team: string, kept: Kept[], from: number, to: number): Promise<ScheduleDefinition[]> {
  const laid: OverrideRow[] = []
  const ids = kept.map((k) => k.row.id)
  for (let i = 0; i < ids.length; i += BOUND) laid.push(...(await overridesOf(db, team, ids.slice(i, i + BOUND), from, to)))
  return assembled(db, team, kept, laid, from, to)
}

/** One schedule's, in one question; with a calendar in two. Null when it is gone. */
export async function definitionOf(db: Db, team: string, id: string, from: number, to: number): Promise<ScheduleDefinition | null> {
  const one = and(alive(team), eq(schedules.id, id))
  const [rows, versions, laid] = await db.batch([
    db.select().from(schedules).where(one),
    versionsOf(db, team, [id]),
    overridesOf(db, team, [id], from, to),
  ])
  return rows[0] ? (await assembled(db, team, [{ row: rows[0], versions }], laid, from, to))[0]! : null
}

async function assembled(db: Db, team: string, kept: Kept[], laid: OverrideRow[], from: number, to: number): Promise<ScheduleDefinition[]> {
  const calendars = kept.flatMap((k) => k.versions.flatMap((v) => v.layers.flatMap((l) => l.calendar ?? [])))
  const events = await eventsOf(db, team, calendars, from, to)
  const by = Map.groupBy(laid, (o) => o.schedule_id)
  return kept.map(({ row, versions }) => ({
    v: 1,
    id: row.id,
    name: row.name,
    versions: inRange(versions, from, to).map((v) => ({
      from: v.from_at,
      zone: v.timezone,
      layers: v.layers.map((l) => (l.calendar ? { ...l, events: events.get(l.calendar) ?? [] } : l)),
    })),
    overrides: (by.get(row.id) ?? []).map(asOverride),
  }))
}

/** Versions in order, of which one is in force at `from` and the last begins before `to`. */
const inRange = (all: VersionRow[], from: number, to: number) =>
  all.filter((v, i) => v.from_at < to && (all[i + 1]?.from_at ?? Number.POSITIVE_INFINITY) > from)

/** What an object keeps of a team's schedules so that it can say who is on call for 90 days without asking D1. */
export async function scheduleCopies(db: Db, team: string, at: number): Promise<ScheduleDefinition[]> {
  const rows = await db.select().from(schedules).where(alive(team)).limit(SCHEDULES_MAX)
  return definitionsOf(db, team, await withVersions(db, team, rows), at - BACK, at + 90 * DAY)
}

/** One schedule's copy; null when it is gone. */
export const scheduleCopy = (db: Db, team: string, id: string, at: number): Promise<ScheduleDefinition | null> =>
  definitionOf(db, team, id, at - BACK, at + 90 * DAY)

export type Member = { id: string; name: string; email: string; zone: string }

/** Who may be on call: the team's members with the zone they live in. */
export const membersOf = (db: Db, team: string): Promise<Member[]> =>
  db
    .select({ id: user.id, name: user.name, email: user.email, zone: user.timezone })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, team))
    .orderBy(asc(member.createdAt))
