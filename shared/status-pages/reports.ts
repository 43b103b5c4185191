import { and, count, desc, eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import type { NewReport, NewUpdate, ReportChange, UpdateChange } from './schema.ts'
import { type Statement, touchPages } from './store.ts'
import { type Report, type ReportUpdate, statusReports, statusReportUpdates } from './table.ts'
import { isOver, type ReportStatus, type ReportType } from './words.ts'

export type WithUpdates = Report & { updates: ReportUpdate[] }

const mine = (team: string, page: string) =>
  and(eq(statusReports.team, team), eq(statusReports.page_id, page), isNull(statusReports.deleted_at))
const listed = [desc(statusReports.starts_at), desc(statusReports.number)]
const withUpdates = (reports: Report[], updates: ReportUpdate[]): WithUpdates[] =>
  reports.map((r) => ({ ...r, updates: updates.filter((u) => u.report_id === r.id) }))
/** Newest first. */
const updatesOf = (db: Db, team: string, reports: SQL) =>
  db
    .select()
    .from(statusReportUpdates)
    .where(and(eq(statusReportUpdates.team, team), sql`${statusReportUpdates.report_id} in ${reports}`))
    .orderBy(desc(statusReportUpdates.published_at), desc(statusReportUpdates.number))

export async function listReports(db: Db, team: string, page: string, query: PageQuery): Promise<{ rows: WithUpdates[]; total: number }> {
  const [reports, [total]] = await db.batch([
    db
      .select()
      .from(statusReports)
      .where(mine(team, page))
      .orderBy(...listed)
      .limit(query.per_page)
      .offset((query.page - 1) * query.per_page),
    db.select({ n: count() }).from(statusReports).where(mine(team, page)),
  ])
  const ids = sql`(select value from json_each(${JSON.stringify(reports.map((r) => r.id))}))`
  return { rows: withUpdates(reports, reports.length ? await updatesOf(db, team, ids) : []), total: total?.n ?? 0 }
}

/** What a page may show: reports that began after `since`, or have not ended before it. At most 100, newest first. */
export async function reportsSince(db: Db, team: string, page: string, since: number): Promise<WithUpdates[]> {
  const recent = and(
    mine(team, page),
    or(gte(statusReports.starts_at, since), isNull(statusReports.ended_at), gte(statusReports.ended_at, since)),
  )
  const ids = db
    .select({ id: statusReports.id })
    .from(statusReports)
    .where(recent)
    .orderBy(...listed)
    .limit(100)
  const [reports, updates] = await db.batch([
    db
      .select()
      .from(statusReports)
      .where(recent)
      .orderBy(...listed)
      .limit(100),
    updatesOf(db, team, sql`(${ids})`),
  ])
  return withUpdates(reports, updates)
}

/** Of several pages: what of their reports may still be open, and when each page last said something. */
export async function openReportsOf(db: Db, team: string, pages: string[], at: number) {
  const of = sql`(select value from json_each(${JSON.stringify(pages)}))`
  const [reports, latest] = await db.batch([
    db
      .select()
      .from(statusReports)
      .where(
        and(
          eq(statusReports.team, team),
          sql`${statusReports.page_id} in ${of}`,
          isNull(statusReports.deleted_at),
          isNull(statusReports.ended_at),
          or(isNull(statusReports.ends_at), gte(statusReports.ends_at, at)),
        ),
      ),
    db
      .select({ page: statusReportUpdates.page_id, at: sql<number>`max(${statusReportUpdates.published_at})` })
      .from(statusReportUpdates)
      .innerJoin(statusReports, and(eq(statusReports.id, statusReportUpdates.report_id), isNull(statusReports.deleted_at)))
      .where(and(eq(statusReportUpdates.team, team), sql`${statusReportUpdates.page_id} in ${of}`))
      .groupBy(statusReportUpdates.page_id),
  ])
  return { reports, latest: new Map(latest.map((row) => [row.page, row.at])) }
}

export async function getReport(db: Db, team: string, page: string, id: string): Promise<WithUpdates | undefined> {
  const [reports, updates] = await db.batch([
    db
      .select()
      .from(statusReports)
      .where(and(mine(team, page), eq(statusReports.id, id))),
    updatesOf(db, team, sql`(${id})`),
  ])
  return withUpdates(reports, updates)[0]
}

/** Where a new report stands before anybody says so. */
export const firstStatus = (type: ReportType, startsAt: number, at: number): ReportStatus =>
  type === 'incident' ? 'investigating' : startsAt > at ? 'scheduled' : 'in_progress'

export async function createReport(
  db: Db,
  team: string,
  page: string,
  { message, status, starts_at = undefined, ...input }: NewReport,
  at: number,
  also: (r: WithUpdates) => Statement[],
): Promise<WithUpdates> {
  const begins = starts_at ?? at
  const stands = status ?? firstStatus(input.type, begins, at)
  const of = { team, page_id: page, created_at: at, updated_at: at }
  const row = {
    ...input,
    ...of,
    id: newId(at),
    status: stands,
    starts_at: begins,
    ended_at: isOver(stands) ? Math.min(at, input.ends_at ?? at) : null,
    deleted_at: null,
  }
  const first = message && { ...of, id: newId(at), report_id: row.id, status: stands, message, published_at: at }
  const made: WithUpdates = { ...row, number: 0, updates: first ? [{ ...first, number: 0 }] : [] }
  await db.batch([
    db.insert(statusReports).values(row),
    ...(first ? [db.insert(statusReportUpdates).values(first)] : []),
    touchPages(db, team, { page }, at),
    ...also(made),
  ])
  return made
}

/** False when it is gone. */
export async function changeReport(db: Db, team: string, page: string, id: string, change: ReportChange, at: number): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(statusReports)
      .set({ ...change, updated_at: at })
      .where(and(mine(team, page), eq(statusReports.id, id)))
      .returning({ id: statusReports.id }),
    touchPages(db, team, { page }, at),
  ])
  return changed.length > 0
}

export async function deleteReport(db: Db, team: string, page: string, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .update(statusReports)
      .set({ deleted_at: at, updated_at: at })
      .where(and(mine(team, page), eq(statusReports.id, id)))
      .returning({ id: statusReports.id }),
    touchPages(db, team, { page }, at),
  ])
  return gone.length > 0
}

/** The report follows its latest update: where it stands, and when it ended. Runs after the update's own statement, in its batch. */
function followLatest(db: Db, team: string, report: Report, at: number) {
  const latest = (column: 'status' | 'published_at') =>
    sql`(select ${sql.raw(column)} from ${statusReportUpdates} where report_id = ${report.id} order by published_at desc, number desc limit 1)`
  const status = sql<ReportStatus>`coalesce(${latest('status')}, ${firstStatus(report.type, report.starts_at, report.created_at)})`
  return db
    .update(statusReports)
    .set({
      status,
      ended_at: sql`case when ${status} in ('resolved', 'completed') then ${latest('published_at')} end`,
      updated_at: at,
    })
    .where(and(eq(statusReports.team, team), eq(statusReports.id, report.id)))
}

export async function createUpdate(
  db: Db,
  team: string,
  report: Report,
  { message, status, affected, next_update_at }: NewUpdate,
  at: number,
  also: (u: ReportUpdate) => Statement[],
): Promise<ReportUpdate> {
  const row = {
    id: newId(at),
    team,
    page_id: report.page_id,
    report_id: report.id,
    status,
    message,
    published_at: at,
    created_at: at,
    updated_at: at,
  }
  const made = { ...row, number: 0 }
  await db.batch([
    db.insert(statusReportUpdates).values(row),
    db
      .update(statusReports)
      .set({ next_update_at, ...(affected ? { affected } : {}) })
      .where(and(mine(team, report.page_id), eq(statusReports.id, report.id))),
    followLatest(db, team, report, at),
    touchPages(db, team, { page: report.page_id }, at),
    ...also(made),
  ])
  return made
}

const updateOf = (team: string, report: Report, id: string) =>
  and(eq(statusReportUpdates.team, team), eq(statusReportUpdates.report_id, report.id), eq(statusReportUpdates.id, id))

export async function changeUpdate(db: Db, team: string, report: Report, id: string, change: UpdateChange, at: number) {
  const [changed] = await db.batch([
    db
      .update(statusReportUpdates)
      .set({ ...change, updated_at: at })
      .where(updateOf(team, report, id))
      .returning(),
    followLatest(db, team, report, at),
    touchPages(db, team, { page: report.page_id }, at),
  ])
  return changed[0]
}

export async function deleteUpdate(db: Db, team: string, report: Report, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .delete(statusReportUpdates)
      .where(updateOf(team, report, id))
      .returning({ id: statusReportUpdates.id }),
    followLatest(db, team, report, at),
    touchPages(db, team, { page: report.page_id }, at),
  ])
  return gone.length > 0
}
