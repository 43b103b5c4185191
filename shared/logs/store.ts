import { and, asc, count, eq, getTableColumns, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { hashToken, newId, newToken } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { Problem } from '../problem.ts'
import { type Ring, seal } from '../seal.ts'
import type { BundleName } from './plans.ts'
import type { NewSource, SourcePatch } from './schema.ts'
import { archiveFiles, overQuotas, type SourceRow, sourceRefusals, sources, telemetryPlans } from './table.ts'

/** What a token is sealed about, so that a row copied to another team does not open. */
export const tokenPlace = (team: string) => `${team}/sources.token`
const SOURCES_MAX = 1000

const mine = (team: string, id: string) => and(eq(sources.team, team), eq(sources.id, id), isNull(sources.deleted_at))

export async function listSources(db: Db, team: string, { page, per_page }: PageQuery): Promise<{ rows: SourceRow[]; total: number }> {
  const live = and(eq(sources.team, team), isNull(sources.deleted_at))
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(sources)
      .where(live)
      .orderBy(asc(sources.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(sources).where(live),
  ])
  return { rows, total: total?.n ?? 0 }
}

/** Throws `not-found` for another team's id as for none. */
export async function readSource(db: Db, team: string, id: string): Promise<SourceRow> {
  const [row] = await db.select().from(sources).where(mine(team, id))
  if (!row) throw new Problem('not-found', 'There is no source with this id in this team.')
  return row
}

/** What the key of a source's own bucket is sealed about. */
export const bucketPlace = (team: string) => `${team}/sources.s3`

/** The key of a bucket as its column; nothing when the change does not speak of it. */
async function sealedKey(ring: Ring, team: string, key: string | null | undefined): Promise<{ s3_secret_sealed?: string | null }> {
  if (key === undefined) return {}
  return { s3_secret_sealed: key === null ? null : await seal(ring, 'at-rest', bucketPlace(team), key) }
}

/** A bucket is of no use without an address and a key; checked over what a source will be. */
export function refuseHalfBucket(source: Pick<SourceRow, 's3_bucket' | 's3_endpoint' | 's3_access_key' | 's3_secret_sealed'>): void {
  const { s3_bucket, s3_endpoint, s3_access_key, s3_secret_sealed } = source
  if (s3_bucket === null) return
  const missing = Object.entries({ s3_endpoint, s3_access_key, s3_secret_key: s3_secret_sealed }).flatMap(([path, value]) => (value ? [] : [path])) // biome-ignore format: one thought
  if (!missing.length) return
  const errors = missing.map((path) => ({ path, code: 'required', message: 'A bucket of your own needs this too.' }))
  throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
}

/** A new source as a row, not yet written; its token is in clear beside it. */
export async function newSource(
  ring: Ring,
  team: string,
  { s3_secret_key, ...input }: NewSource,
  at: number,
): Promise<{ row: Omit<SourceRow, 'number'>; token: string }> {
  const token = newToken('src')
  const id = newId(at)
  const row = {
    ...input,
    id,
    team,
    platform: input.platform ?? input.ingestion_method.toLowerCase(),
    table_name: `${
      input.name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .slice(0, 40) || 'source'
    }_${id.slice(-4)}`,
    token_hash: await hashToken(token),
    token_sealed: await seal(ring, 'at-rest', tokenPlace(team), token),
    s3_secret_sealed: null,
    ...(await sealedKey(ring, team, s3_secret_key)),
    vrl_pipeline: '',
    vrl_drops: 'abort' as const,
    vrl_spans: '',
    vrl_spans_drops: 'abort' as const,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  refuseHalfBucket(row)
  return { row, token }
}

/** The statement that writes it, for a batch. */
export const insertSource = (db: Db, team: string, row: Omit<SourceRow, 'number'>) => db.insert(sources).values({ ...row, team })

export async function refuseTooMany(db: Db, team: string): Promise<void> {
  const [held] = await db
    .select({ n: count() })
    .from(sources)
    .where(and(eq(sources.team, team), isNull(sources.deleted_at)))
  if ((held?.n ?? 0) >= SOURCES_MAX)
    throw new Problem('conflict', `A team has at most ${SOURCES_MAX} sources. Delete one that is not used.`)
}

/** Throws `not-found`. Another retention holds for what is stored already too: the poke sees to it. */
export async function updateSource(db: Db, ring: Ring, team: string, id: string, asked: SourcePatch, at: number): Promise<SourceRow> {
  const { s3_secret_key, ...patch } = { ...asked }
  const set = { ...patch, ...(await sealedKey(ring, team, s3_secret_key)), updated_at: at }
  if (Object.keys(set).some((name) => name.startsWith('s3_')))
    refuseHalfBucket({ ...(await readSource(db, team, id)), ...set } as SourceRow)
  const change = db.update(sources).set(set).where(mine(team, id)).returning()
  const retained = patch.retention_days !== undefined || patch.metrics_retention_days !== undefined
  const [[row]] = await db.batch(retained ? [change, poke(db, team, 'retention', id, at)] : [change])
  if (!row) throw new Problem('not-found', 'There is no source with this id in this team.')
  return row
}

/** The old token stops as soon as caches forget it: 60 s at most. */
export async function rotateToken(db: Db, ring: Ring, team: string, id: string, at: number): Promise<SourceRow> {
  const token = newToken('src')
  const change = { token_hash: await hashToken(token), token_sealed: await seal(ring, 'at-rest', tokenPlace(team), token), updated_at: at }
  const [row] = await db.update(sources).set(change).where(mine(team, id)).returning()
  if (!row) throw new Problem('not-found', 'There is no source with this id in this team.')
  return row
}

/** A deleted source too; undefined when there is not even a trace of it. */
export async function anySource(db: Db, team: string, id: string): Promise<SourceRow | undefined> {
  const [row] = await db
    .select()
    .from(sources)
    .where(and(eq(sources.team, team), eq(sources.id, id)))
  return row
}

/** The last of a deleted source. */
export async function forgetSource(db: Db, team: string, id: string): Promise<void> {
  await db.batch([
    db.delete(sourceRefusals).where(and(eq(sourceRefusals.team, team), eq(sourceRefusals.source, id))),
    db.delete(archiveFiles).where(and(eq(archiveFiles.team, team), eq(archiveFiles.source, id))),
    db.delete(sources).where(and(eq(sources.team, team), eq(sources.id, id))),
  ])
}

/** Its token stops within a minute; its rows go by the poke. */
export async function deleteSource(db: Db, team: string, id: string, at: number): Promise<void> {
  const change = db.update(sources).set({ deleted_at: at }).where(mine(team, id)).returning({ id: sources.id })
  const [gone] = await db.batch([change, poke(db, team, 'source', id, at)])
  if (!gone.length) throw new Problem('not-found', 'There is no source with this id in this team.')
}

/** The one query without a team: the token is the credential, and says which team. `over` is comma separated: signals used up this month. */
export async function sourceOfToken(
  db: Db,
  token: string,
): Promise<(SourceRow & { bundle: BundleName | null; over: string | null }) | undefined> {
  const over = sql<string | null>`(select group_concat(${overQuotas.signal}) from ${overQuotas} where ${overQuotas.team} = ${sources.team})`
  const [row] = await db
    .select({ ...getTableColumns(sources), bundle: telemetryPlans.bundle, over })
    .from(sources)
    .leftJoin(telemetryPlans, eq(telemetryPlans.team, sources.team))
    .where(and(eq(sources.token_hash, await hashToken(token)), isNull(sources.deleted_at)))
  return row
}
