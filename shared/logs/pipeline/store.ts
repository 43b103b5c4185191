import { and, count, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Actor } from '../../actor.ts'
import type { Db } from '../../db.ts'
import { newId } from '../../ids.ts'
import type { PageQuery } from '../../page.ts'
import { Problem } from '../../problem.ts'
import { type SourceRow, sources } from '../table.ts'
import type { Drops, Signal } from './schema.ts'
import { pipelineVersions, type VersionRow } from './table.ts'
import type { Pipeline } from './transform.ts'

const t = pipelineVersions
const its = (team: string, source: string, signal: Signal) => and(eq(t.team, team), eq(t.source, source), eq(t.signal, signal))

/** So many are kept for each source and signal; the oldest go first. */
const VERSIONS_KEPT = 200

export const dropsOf = ({ drop_on_abort, drop_on_error }: { drop_on_abort: boolean; drop_on_error: boolean }): Drops =>
  drop_on_abort ? (drop_on_error ? 'abort,error' : 'abort') : drop_on_error ? 'error' : 'nothing'
export const dropFlags = (drops: Drops) => ({ drop_on_abort: drops.startsWith('abort'), drop_on_error: drops.endsWith('error') })

/** What runs now; null without a program. */
export const pipelineOf = (row: SourceRow, signal: Signal): Pipeline | null => {
  const [program, drops] = signal === 'logs' ? [row.vrl_pipeline, row.vrl_drops] : [row.vrl_spans, row.vrl_spans_drops]
  return program ? { program, drops } : null
}

/**
 * Makes a program that compiles the one that runs, and writes it down as the next version: one batch. Of two at once the later wins and
 * both are kept. Throws `not-found` for another team's source.
 */
export async function putPipeline(
  db: Db,
  team: string,
  source: string,
  signal: Signal,
  { program, drops }: Pipeline,
  by: Actor,
  at: number,
  restoredFrom: number | null = null,
): Promise<VersionRow> {
  const set = signal === 'logs' ? { vrl_pipeline: program, vrl_drops: drops } : { vrl_spans: program, vrl_spans_drops: drops }
  const name = by.type === 'user' ? '' : by.name
  const next = sql<number>`coalesce((select max(${t.version}) from ${t} where ${its(team, source, signal)}), 0) + 1`
  const [changed, [made]] = await db.batch([
    db
      .update(sources)
      .set({ ...set, updated_at: at })
      .where(and(eq(sources.team, team), eq(sources.id, source), isNull(sources.deleted_at)))
      .returning({ id: sources.id }),
    db
      .insert(t)
      .values({
        id: newId(at),
        team,
        source,
        signal,
        version: next,
        program,
        drops,
        restored_from: restoredFrom,
        author_type: by.type,
        author_id: by.id,
        author_name: name,
        created_at: at,
      })
      .returning(),
    db
      .delete(t)
      .where(
        and(
          its(team, source, signal),
          lte(t.version, sql`(select max(${t.version}) from ${t} where ${its(team, source, signal)}) - ${VERSIONS_KEPT}`),
        ),
      ),
  ])
  if (!changed.length || !made) throw new Problem('not-found', 'There is no source with this id in this team.')
  return made
}

/** The newest first. */
export async function listVersions(
  db: Db,
  team: string,
  source: string,
  signal: Signal,
  { page, per_page }: PageQuery,
): Promise<{ rows: VersionRow[]; total: number }> {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(t)
      .where(its(team, source, signal))
      .orderBy(desc(t.version))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db
      .select({ n: count() })
      .from(t)
      .where(its(team, source, signal)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export async function latestVersion(db: Db, team: string, source: string, signal: Signal): Promise<VersionRow | null> {
  const [row] = await db
    .select()
    .from(t)
    .where(its(team, source, signal))
    .orderBy(desc(t.version))
    .limit(1)
  return row ?? null
}

/** Throws `not-found` for a version that never was, or is no longer kept. */
export async function readVersion(db: Db, team: string, source: string, signal: Signal, version: number): Promise<VersionRow> {
  const [row] = await db
    .select()
    .from(t)
    .where(and(its(team, source, signal), eq(t.version, version)))
  if (!row)
    throw new Problem('not-found', 'This source has no such version of its program. GET …/vrl-pipeline/versions lists those that are kept.')
  return row
}
