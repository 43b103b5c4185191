import { and, asc, count, eq } from 'drizzle-orm'
import type { Db } from '../../db.ts'
import { newId } from '../../ids.ts'
import type { PageQuery } from '../../page.ts'
import { Problem } from '../../problem.ts'
import { iso } from '../../time.ts'
import type { DerivedMetric, NewDerivedMetric } from './schema.ts'
import { type DerivedMetricRow, derivedMetrics } from './table.ts'

/** Every line of a source is held against each of them. */
const RULES_MAX = 100

export async function listDerived(
  db: Db,
  team: string,
  { page, per_page }: PageQuery,
): Promise<{ rows: DerivedMetricRow[]; total: number }> {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(derivedMetrics)
      .where(eq(derivedMetrics.team, team))
      .orderBy(asc(derivedMetrics.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(derivedMetrics).where(eq(derivedMetrics.team, team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

/** The rules that the lines of a source are held against. */
export async function derivedRulesOf(db: Db, team: string, source: string): Promise<DerivedMetricRow[]> {
  const rows = await db.select().from(derivedMetrics).where(eq(derivedMetrics.team, team)).orderBy(asc(derivedMetrics.number))
  return rows.filter((row) => row.source_ids === null || row.source_ids.includes(source))
}

/** Throws `not-found` for another team's id as for none. */
export async function readDerived(db: Db, team: string, id: string): Promise<DerivedMetricRow> {
  const [row] = await db
    .select()
    .from(derivedMetrics)
    .where(and(eq(derivedMetrics.team, team), eq(derivedMetrics.id, id)))
  if (!row) throw new Problem('not-found', 'There is no derived metric with this id in this team.')
  return row
}

/** A rule as a row, not yet written. */
export const newDerived = (team: string, person: string, input: NewDerivedMetric, at: number): Omit<DerivedMetricRow, 'number'> => ({
  ...input,
  id: newId(at),
  team,
  created_by: person,
  created_at: at,
})

/** The statement that writes it, for a batch. A second of one name breaks the unique index. */
export const insertDerived = (db: Db, team: string, row: Omit<DerivedMetricRow, 'number'>) =>
  db.insert(derivedMetrics).values({ ...row, team })

/** `conflict` where the team has a rule of this name, or as many rules as it may. */
export async function refuseDerived(db: Db, team: string, name: string): Promise<void> {
  const rows = await db.select({ name: derivedMetrics.name }).from(derivedMetrics).where(eq(derivedMetrics.team, team))
  if (rows.some((row) => row.name === name))
    throw new Problem('conflict', 'There is a derived metric of this name. Delete it first, or take another name.')
  if (rows.length >= RULES_MAX)
    throw new Problem('conflict', `A team has at most ${RULES_MAX} derived metrics. Delete one that is not used.`)
}

/** Lines that arrive are no longer held against it; what it made stays. */
export async function deleteDerived(db: Db, team: string, id: string): Promise<void> {
  const gone = await db
    .delete(derivedMetrics)
    .where(and(eq(derivedMetrics.team, team), eq(derivedMetrics.id, id)))
    .returning({ id: derivedMetrics.id })
  if (!gone.length) throw new Problem('not-found', 'There is no derived metric with this id in this team.')
}

export const derivedBody = (row: Omit<DerivedMetricRow, 'number'>): DerivedMetric => ({
  id: row.id,
  name: row.name,
  description: row.description,
  filter: row.filter,
  group_by: row.group_by,
  aggregate: row.aggregate,
  field: row.field,
  quantile: row.quantile,
  source_ids: row.source_ids,
  created_by: row.created_by,
  created_at: iso(row.created_at),
})
