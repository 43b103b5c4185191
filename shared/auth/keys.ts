import { and, count, desc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { hashToken, newId, newToken } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import { iso, isoOrNull } from '../time.ts'
import type { ApiKey, ApiKeyInput } from './schema.ts'
import { apiKey, user } from './table.ts'

/** Keys in force and those that are over, newest first; deleted ones are gone. */
export async function listKeys(db: Db, team: string, page: PageQuery): Promise<{ data: ApiKey[]; total: number }> {
  const ofTeam = and(eq(apiKey.team, team), isNull(apiKey.deleted_at))
  const [rows, [total]] = await Promise.all([
    db
      .select({ key: apiKey, maker: user.name })
      .from(apiKey)
      .leftJoin(user, eq(user.id, apiKey.created_by))
      .where(ofTeam)
      .orderBy(desc(apiKey.number))
      .limit(page.per_page)
      .offset((page.page - 1) * page.per_page),
    db.select({ n: count() }).from(apiKey).where(ofTeam),
  ])
  return { data: rows.map((r) => toKey(r.key, r.maker)), total: total?.n ?? 0 }
}

type Statement = Parameters<Db['batch']>[0][number]

/** A new key; `key` is its only copy. `also` adds statements to the same batch and sees the answer without it. */
export async function makeKey(
  db: Db,
  team: string,
  input: ApiKeyInput,
  maker: { id: string; name: string },
  at: number,
  also: (made: ApiKey) => Statement[],
): Promise<ApiKey & { key: string }> {
  const key = newToken('toc')
  const row = {
    id: newId(at),
    team,
    name: input.name,
    hash: await hashToken(key),
    tail: key.slice(-4),
    scopes: [...new Set(input.scopes)],
    created_by: maker.id,
    created_at: at,
    expires_at: input.expires_at === null ? null : Date.parse(input.expires_at),
  }
  const made = toKey({ ...row, last_used_at: null }, maker.name)
  await db.batch([db.insert(apiKey).values(row), ...also(made)])
  return { ...made, key }
}

/** Stops a key for good. False: the team has none with this id. */
export async function deleteKey(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const gone = await db
    .update(apiKey)
    .set({ deleted_at: at })
    .where(and(eq(apiKey.team, team), eq(apiKey.id, id), isNull(apiKey.deleted_at)))
    .returning({ id: apiKey.id })
  return gone.length > 0
}

const toKey = (row: Omit<typeof apiKey.$inferSelect, 'number' | 'deleted_at'>, maker: string | null): ApiKey => ({
  id: row.id,
  name: row.name,
  masked: `toc_…${row.tail}`,
  scopes: row.scopes,
  made_by: { id: row.created_by, name: maker },
  created_at: iso(row.created_at),
  last_used_at: isoOrNull(row.last_used_at),
  expires_at: isoOrNull(row.expires_at),
})
