import { and, asc, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { PageQuery } from '../page.ts'
import type { NewStatusPage, StatusPageChange } from './schema.ts'
import { type StatusPage, statusPages, statusResources, statusSnapshots } from './table.ts'

export type Statement = Parameters<Db['batch']>[0][number]

/**
 * The statement for the batch of whatever changes what pages show: bumps the revision of one page, or of every page that
 * shows a monitor. The revision is part of the key that pages are cached under, so visitors see the change at once.
 */
export const touchPages = (db: Db, team: string, what: { monitor: string } | { page: string }, at: number) =>
  db
    .update(statusSnapshots)
    .set({ revision: sql`${statusSnapshots.revision} + 1`, updated_at: at })
    .where(
      and(
        eq(statusSnapshots.team, team),
        'page' in what
          ? eq(statusSnapshots.page_id, what.page)
          : inArray(
              statusSnapshots.page_id,
              db
                .select({ id: statusResources.page_id })
                .from(statusResources)
                .where(and(eq(statusResources.team, team), eq(statusResources.resource_id, what.monitor))),
            ),
      ),
    )

/** The same for every page that shows any of these monitors. */
export const touchPagesOf = (db: Db, shown: readonly { team: string; monitor: string }[], at: number) =>
  db
    .update(statusSnapshots)
    .set({ revision: sql`${statusSnapshots.revision} + 1`, updated_at: at })
    .where(
      sql`${statusSnapshots.page_id} IN (SELECT r.page_id FROM json_each(${JSON.stringify(shown)}) AS shown
        JOIN ${statusResources} AS r ON r.resource_id = shown.value ->> 'monitor' AND r.team = shown.value ->> 'team')`,
    )

const mine = (team: string) => and(eq(statusPages.team, team), isNull(statusPages.deleted_at))

export async function listPages(db: Db, team: string, { page, per_page }: PageQuery) {
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(statusPages)
      .where(mine(team))
      .orderBy(asc(statusPages.name), asc(statusPages.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(statusPages).where(mine(team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export async function getPage(db: Db, team: string, id: string): Promise<StatusPage | undefined> {
  const [row] = await db
    .select()
    .from(statusPages)
    .where(and(mine(team), eq(statusPages.id, id)))
  return row
}

/** Which of the names of a page somebody else has, after a write that the index refused. */
export type Taken = 'subdomain' | 'custom_domain'
const takenOf = (e: unknown): Taken | null => {
  const text = `${e} ${(e as Error)?.cause}`
  if (/status_pages\.subdomain/.test(text)) return 'subdomain'
  return /status_pages\.custom_domain/.test(text) ? 'custom_domain' : null
}

/** `also` is the memory of the answer, for the same batch. Two at once with one name: the index decides. */
export async function createPage(
  db: Db,
  team: string,
  input: NewStatusPage & { custom_domain_verified: boolean },
  at: number,
  also: (page: StatusPage) => Statement[],
): Promise<StatusPage | { taken: Taken }> {
  const row = { ...input, number: 0, id: newId(at), team, created_at: at, updated_at: at, deleted_at: null }
  const { number: _, ...values } = row
  try {
    await db.batch([
      db.insert(statusPages).values(values),
      db.insert(statusSnapshots).values({ page_id: row.id, team, revision: 1, updated_at: at }),
      ...also(row),
    ])
    return row
  } catch (e) {
    const taken = takenOf(e)
    if (taken) return { taken }
    throw e
  }
}

export type Changed = 'changed' | 'gone' | { taken: Taken }

export async function changePage(
  db: Db,
  team: string,
  id: string,
  change: StatusPageChange & { custom_domain_verified?: boolean },
  at: number,
): Promise<Changed> {
  try {
    const [changed] = await db.batch([
      db
        .update(statusPages)
        .set({ ...change, updated_at: at })
        .where(and(mine(team), eq(statusPages.id, id)))
        .returning({ id: statusPages.id }),
      touchPages(db, team, { page: id }, at),
    ])
    return changed.length ? 'changed' : 'gone'
  } catch (e) {
    const taken = takenOf(e)
    if (taken) return { taken }
    throw e
  }
}

/** The domain of a page was proven; the condition keeps one that was changed meanwhile unproven. Another page's proof came first: `taken`. */
export async function domainProven(db: Db, team: string, id: string, domain: string, at: number): Promise<Changed> {
  try {
    const [proven] = await db.batch([
      db
        .update(statusPages)
        .set({ custom_domain_verified: true, updated_at: at })
        .where(and(mine(team), eq(statusPages.id, id), eq(statusPages.custom_domain, domain)))
        .returning({ id: statusPages.id }),
      touchPages(db, team, { page: id }, at),
    ])
    return proven.length ? 'changed' : 'gone'
  } catch (e) {
    const taken = takenOf(e)
    if (taken) return { taken }
    throw e
  }
}

/** Its names are free at once; what belongs to it stays until the team leaves. False when it was gone already. */
export async function deletePage(db: Db, team: string, id: string, at: number): Promise<boolean> {
  const [gone] = await db.batch([
    db
      .update(statusPages)
      .set({ deleted_at: at, updated_at: at })
      .where(and(mine(team), eq(statusPages.id, id)))
      .returning({ id: statusPages.id }),
    touchPages(db, team, { page: id }, at),
  ])
  return gone.length > 0
}

export type Found = { page: StatusPage; revision: number }

/**
 * The live page of an address, published or not. The one question of this noun that comes without a team: a visitor has
 * none, the page says whose it is.
 */
export async function findPage(db: Db, name: { subdomain: string } | { domain: string }): Promise<Found | undefined> {
  const named =
    'subdomain' in name
      ? eq(statusPages.subdomain, name.subdomain)
      : and(eq(statusPages.custom_domain, name.domain), eq(statusPages.custom_domain_verified, true))
  const [row] = await db
    .select({ page: statusPages, revision: statusSnapshots.revision })
    .from(statusPages)
    .innerJoin(statusSnapshots, eq(statusSnapshots.page_id, statusPages.id))
    .where(and(named, isNull(statusPages.deleted_at)))
  return row
}
