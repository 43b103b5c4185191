import { and, asc, count, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import { DAY } from '../time.ts'
import type { Status } from './attributes.ts'
import { shardOf } from './regions.ts'
import type { ListMonitors } from './schema.ts'
import { type Monitor, type MonitorHead, monitorGroups, monitorHeads, monitors } from './table.ts'

/** A monitor with what its shard last told. `status` is what people see: a pause counts at once. */
export type Listed = { monitor: Monitor; status: Status; head: MonitorHead | null }
type BatchItem = Parameters<Db['batch']>[0][number]
export type Typed = Omit<Monitor, 'number' | 'id' | 'team' | 'shard' | 'created_at' | 'updated_at' | 'deleted_at'>

/** Paused groups: of the team, so that a statement reads them once and not once a row. */
const inPausedGroup = (team: string) =>
  sql`coalesce(${monitors.monitor_group_id} in (select ${monitorGroups.id} from ${monitorGroups} where ${monitorGroups.team} = ${team} and ${monitorGroups.paused_at} is not null and ${monitorGroups.deleted_at} is null), 0)`
const statusOf = (team: string) => sql<Status>`case when ${monitors.paused_at} is not null or ${inPausedGroup(team)} then 'paused'
  when ${monitorHeads.status} is null or ${monitorHeads.status} = 'paused' then 'pending' else ${monitorHeads.status} end`
/** Trouble first. */
const rank = (team: string) =>
  sql`case ${statusOf(team)} when 'down' then 0 when 'validating' then 1 when 'maintenance' then 2 when 'paused' then 4 when 'pending' then 3 else 5 end`
const mine = (team: string) => and(eq(monitors.team, team), isNull(monitors.deleted_at))
const listed = (db: Db, team: string) =>
  db
    .select({ monitor: monitors, status: statusOf(team), head: monitorHeads })
    .from(monitors)
    .leftJoin(monitorHeads, eq(monitorHeads.id, monitors.id))

const orders = {
  status: (team: string) => [rank(team), asc(monitors.name)],
  name: () => [asc(monitors.name)],
  '-name': () => [desc(monitors.name)],
  url: () => [asc(monitors.url)],
  '-url': () => [desc(monitors.url)],
  created_at: () => [asc(monitors.number)],
  '-created_at': () => [desc(monitors.number)],
} satisfies Record<ListMonitors['sort'], (team: string) => SQL[]>

/** Contains it, letters of either case. Not LIKE: D1 refuses patterns over 50 bytes. */
const has = (column: typeof monitors.name | typeof monitors.url, text: string) => sql`instr(lower(${column}), lower(${text})) > 0`

function filtered(team: string, f: Omit<ListMonitors, 'page' | 'per_page' | 'sort'>): SQL | undefined {
  const states = f.status ?? f.state
  return and(
    mine(team),
    f.type && inArray(monitors.monitor_type, f.type),
    states && inArray(statusOf(team), states),
    f.region && sql`exists (select 1 from json_each(${monitors.regions}) where value in ${f.region})`,
    f.group === undefined ? undefined : f.group === 'none' ? isNull(monitors.monitor_group_id) : eq(monitors.monitor_group_id, f.group),
    f.q ? or(has(monitors.name, f.q), has(monitors.url, f.q), eq(monitors.id, f.q)) : undefined,
    f.url ? eq(monitors.url, f.url) : undefined,
    f.pronounceable_name ? eq(monitors.name, f.pronounceable_name) : undefined,
  )
}

/** The policy that pages for it names this person: its own policy, or the team's default. */
const pages = (team: string, person: string) =>
  sql`coalesce(${monitors.policy_id}, (select id from policies where team = ${team} and is_default = 1 and deleted_at is null)) in (
    select p.id from policies as p, json_each(p.steps) as step, json_each(step.value, '$.targets') as target
    where p.team = ${team} and p.deleted_at is null and target.value ->> 'type' = 'user' and target.value ->> 'id' = ${person})`

/** `only`: ids that a question to another store has left over; `person`: who asks, for `mine`. */
export async function listMonitors(
  db: Db,
  team: string,
  f: ListMonitors,
  { only, person }: { only?: readonly string[] | undefined; person?: string } = {},
): Promise<{ rows: Listed[]; total: number }> {
  const where = and(filtered(team, f), only && among(only), f.mine && person ? pages(team, person) : undefined)
  const order = [...orders[f.sort](team), asc(monitors.number)]
  // ordered by an index that holds all it needs, and only the rows of this page are read: sorting 10,000 whole rows took a second
  const page = db
    .select({ number: monitors.number })
    .from(monitors)
    .leftJoin(monitorHeads, eq(monitorHeads.id, monitors.id))
    .where(where)
    .orderBy(...order)
    .limit(f.per_page)
    .offset((f.page - 1) * f.per_page)
  const counting = db.select({ n: count() }).from(monitors).$dynamic()
  if (f.status ?? f.state) counting.leftJoin(monitorHeads, eq(monitorHeads.id, monitors.id))
  // not a batch: D1 answers a batch by column name, and both tables have an id
  const [rows, [counted]] = await Promise.all([
    listed(db, team)
      .where(inArray(monitors.number, page))
      .orderBy(...order),
    counting.where(where),
  ])
  return { rows, total: counted?.n ?? 0 }
}
const among = (ids: readonly string[]) => sql`${monitors.id} in (select value from json_each(${JSON.stringify(ids)}))`

/** How many monitors of each group (null: of none) are in which state. */
export const countMonitors = (db: Db, team: string): Promise<{ group: string | null; status: Status; n: number }[]> =>
  db
    .select({ group: monitors.monitor_group_id, status: statusOf(team), n: count() })
    .from(monitors)
    .leftJoin(monitorHeads, eq(monitorHeads.id, monitors.id))
    .where(mine(team))
    .groupBy(monitors.monitor_group_id, statusOf(team))

export async function getMonitor(db: Db, team: string, id: string): Promise<Listed | undefined> {
  const [row] = await listed(db, team).where(and(mine(team), eq(monitors.id, id)))
  return row
}

export const getMonitors = (db: Db, team: string, ids: string[]): Promise<Listed[]> =>
  ids.length ? listed(db, team).where(and(mine(team), among(ids))) : Promise.resolve([])

/** For the shard: the row, also when it is deleted, and whether its group is paused. */
export async function watched(db: Db, team: string, id: string): Promise<{ monitor: Monitor; paused: boolean } | undefined> {
  const [row] = await db
    .select({ monitor: monitors, paused: sql<number>`${monitors.paused_at} is not null or ${inPausedGroup(team)}` })
    .from(monitors)
    .where(and(eq(monitors.team, team), eq(monitors.id, id)))
  return row && { monitor: row.monitor, paused: Boolean(row.paused) }
}

/** Creates it, tells its shard, and runs `also` (a memory of the answer) in the same batch. */
export async function createMonitor(db: Db, team: string, typed: Typed, at: number, also: (m: Monitor) => BatchItem[]): Promise<Monitor> {
  const id = newId(at)
  const values = { ...typed, id, team, shard: shardOf(id), created_at: at, updated_at: at, deleted_at: null }
  for (let attempt = 0; ; attempt++) {
    // an answer that is remembered names its number before the row has one; a race for the number is run again
    const remembered = also({ ...values, number: 0 }).length > 0
    const number = remembered ? await nextNumber(db) : undefined
    try {
      const [[made]] = await db.batch([
        db
          .insert(monitors)
          .values({ ...values, number })
          .returning(),
        poke(db, team, 'monitor', id, at),
        ...(number === undefined ? [] : also({ ...values, number })),
      ])
      return made!
    } catch (e) {
      if (attempt === 4 || !/monitors\.number/.test(`${e} ${(e as Error).cause}`)) throw e
    }
  }
}
const nextNumber = async (db: Db): Promise<number> =>
  ((await db.get<{ n: number | null }>(sql`select seq as n from sqlite_sequence where name = 'monitors'`))?.n ?? 0) + 1

/** False when it is gone. */
export async function changeMonitor(db: Db, team: string, id: string, typed: Partial<Typed>, at: number): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(monitors)
      .set({ ...typed, updated_at: at })
      .where(and(mine(team), eq(monitors.id, id)))
      .returning({ id: monitors.id }),
    poke(db, team, 'monitor', id, at),
  ])
  return changed.length > 0
}

/** Marks it deleted; the shard stops watching. False when it was gone already. */
export async function deleteMonitor(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .update(monitors)
      .set({ deleted_at: at })
      .where(and(mine(team), eq(monitors.id, id)))
      .returning({ id: monitors.id }),
    poke(db, team, 'monitor', id, at),
  ])
  return gone.length > 0
}

/** How long a deleted monitor can be brought back. PAGES "Gone". */
export const RESTORE_MS = 30 * DAY

/** Takes a deletion back: it is watched anew, with its history. False when it is not deleted, or for too long. */
export async function restoreMonitor(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const deleted = and(eq(monitors.team, team), eq(monitors.id, id), gt(monitors.deleted_at, at - RESTORE_MS))
  const [, back] = await db.batch([
    // what it said before: its shard begins without a verdict
    db
      .delete(monitorHeads)
      .where(
        and(eq(monitorHeads.team, team), sql`exists (select 1 from ${monitors} where ${deleted} and ${monitors.id} = ${monitorHeads.id})`),
      ),
    db.update(monitors).set({ deleted_at: null, updated_at: at }).where(deleted).returning({ id: monitors.id }),
    poke(db, team, 'monitor', id, at),
  ])
  return back.length > 0
}

/** Across teams, once a day: what nobody restored in time. */
export const forgetDeletedMonitors = (db: Db, at: number) =>
  db.batch([
    db
      .delete(monitorHeads)
      .where(
        sql`exists (select 1 from ${monitors} where ${monitors.id} = ${monitorHeads.id} and ${lte(monitors.deleted_at, at - RESTORE_MS)})`,
      ),
    db.delete(monitors).where(lte(monitors.deleted_at, at - RESTORE_MS)),
    db.delete(monitorGroups).where(lte(monitorGroups.deleted_at, at - RESTORE_MS)),
  ])

/**
 * What lists show of monitors' states, of whatever teams: on transitions only, never over a newer one, and not for what was deleted
 * meanwhile. DESIGN §2, last rows. One statement however many: a hundred of them took D1 longer than a shard waits for it (measured).
 */
export const writeHeads = (db: Db, heads: readonly MonitorHead[]) =>
  db
    .insert(monitorHeads)
    .select(sql`SELECT m.id, m.team, head.value ->> 'status', head.value ->> 'status_since', head.value ->> 'incident_id', head.value ->> 'rev'
      FROM json_each(${JSON.stringify(heads)}) AS head
      JOIN ${monitors} AS m ON m.id = head.value ->> 'id' AND m.team = head.value ->> 'team' AND m.deleted_at IS NULL
      WHERE true`)
    .onConflictDoUpdate({
      target: monitorHeads.id,
      set: {
        status: sql`excluded.status`,
        status_since: sql`excluded.status_since`,
        incident_id: sql`excluded.incident_id`,
        rev: sql`excluded.rev`,
      },
      setWhere: sql`excluded.rev > ${monitorHeads.rev}`,
    })

/** Which shard a monitor belongs to, also a deleted one: it has to hear of it. */
export async function shardOfMonitor(db: Db, team: string, id: string): Promise<number | undefined> {
  const [row] = await db
    .select({ shard: monitors.shard })
    .from(monitors)
    .where(and(eq(monitors.team, team), eq(monitors.id, id)))
  return row?.shard
}

/** The last step of a hand-over. */
export const moveMonitor = (db: Db, team: string, id: string, from: number, to: number) =>
  db
    .update(monitors)
    .set({ shard: to })
    .where(and(eq(monitors.team, team), eq(monitors.id, id), eq(monitors.shard, from)))

/** Shards that may hold something of a team. */
export const shardsOfTeam = async (db: Db, team: string): Promise<number[]> =>
  (await db.selectDistinct({ shard: monitors.shard }).from(monitors).where(eq(monitors.team, team))).map((r) => r.shard)

/** Shards that have something to watch; across teams, for the cron that re-arms them. */
export const shardsInUse = async (db: Db): Promise<number[]> =>
  (await db.selectDistinct({ shard: monitors.shard }).from(monitors).where(isNull(monitors.deleted_at))).map((r) => r.shard)
