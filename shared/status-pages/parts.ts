import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { numbered, placed } from './order.ts'
import type { Order } from './schema.ts'
import { type Statement, touchPages } from './store.ts'
import { type Resource, type Section, statusResources, statusSections } from './table.ts'

/** A page that has more of these than it can show well refuses the next. */
export const SECTIONS_MAX = 50
export const RESOURCES_MAX = 100

const sectionsOf = (db: Db, team: string, page: string) =>
  db
    .select()
    .from(statusSections)
    .where(and(eq(statusSections.team, team), eq(statusSections.page_id, page)))
    .orderBy(asc(statusSections.position), asc(statusSections.number))

const resourcesOf = (db: Db, team: string, page: string) =>
  db
    .select()
    .from(statusResources)
    .where(and(eq(statusResources.team, team), eq(statusResources.page_id, page)))
    .orderBy(asc(statusResources.position), asc(statusResources.number))

/** Everything a page is made of, each list in its order. */
export async function partsOf(db: Db, team: string, page: string): Promise<{ sections: Section[]; resources: Resource[] }> {
  const [sections, resources] = await db.batch([sectionsOf(db, team, page), resourcesOf(db, team, page)])
  return { sections, resources }
}

/** Of several pages at once: the list of pages says what each shows. */
export const resourcesOfPages = (db: Db, team: string, pages: string[]): Promise<Resource[]> =>
  db
    .select()
    .from(statusResources)
    .where(and(eq(statusResources.team, team), sql`${statusResources.page_id} in (select value from json_each(${JSON.stringify(pages)}))`))
    .orderBy(asc(statusResources.position), asc(statusResources.number))

const placeSections = (db: Db, team: string, rows: { id: string; position: number }[]): Statement[] =>
  rows.map(({ id, position }) =>
    db
      .update(statusSections)
      .set({ position })
      .where(and(eq(statusSections.team, team), eq(statusSections.id, id))),
  )
const placeResources = (db: Db, team: string, section_id: string | null, rows: { id: string; position: number }[]): Statement[] =>
  rows.map(({ id, position }) =>
    db
      .update(statusResources)
      .set({ section_id, position })
      .where(and(eq(statusResources.team, team), eq(statusResources.id, id))),
  )

export async function createSection(
  db: Db,
  team: string,
  page: string,
  { name, position }: { name: string; position?: number | undefined },
  at: number,
  also: (s: Section) => Statement[],
): Promise<Section | null> {
  const rows = await sectionsOf(db, team, page)
  if (rows.length >= SECTIONS_MAX) return null
  const id = newId(at)
  const order = placed(rows, id, position)
  const row = { id, team, page_id: page, name, position: order.find((o) => o.id === id)!.position, created_at: at, updated_at: at }
  const made = { number: 0, ...row }
  await db.batch([
    db.insert(statusSections).values(row),
    ...placeSections(db, team, order),
    touchPages(db, team, { page }, at),
    ...also(made),
  ])
  return made
}

/** False when it is gone. */
export async function changeSection(
  db: Db,
  team: string,
  page: string,
  id: string,
  { name, position }: { name?: string | undefined; position?: number | undefined },
  at: number,
): Promise<boolean> {
  const rows = await sectionsOf(db, team, page)
  if (!rows.some((row) => row.id === id)) return false
  await db.batch([
    db
      .update(statusSections)
      .set({ ...(name === undefined ? {} : { name }), updated_at: at })
      .where(and(eq(statusSections.team, team), eq(statusSections.id, id))),
    ...(position === undefined ? [] : placeSections(db, team, placed(rows, id, position))),
    touchPages(db, team, { page }, at),
  ])
  return true
}

/** Its services stay on the page, without a section. False when it was gone. */
export async function deleteSection(db: Db, team: string, page: string, id: string, at: number): Promise<boolean> {
  const of = and(eq(statusSections.team, team), eq(statusSections.page_id, page), eq(statusSections.id, id))
  const [gone] = await db.batch([
    db.delete(statusSections).where(of).returning({ id: statusSections.id }),
    db
      .update(statusResources)
      .set({ section_id: null, updated_at: at })
      .where(and(eq(statusResources.team, team), eq(statusResources.page_id, page), eq(statusResources.section_id, id))),
    touchPages(db, team, { page }, at),
  ])
  return gone.length > 0
}

type ResourceInput = Pick<Resource, 'section_id' | 'resource_type' | 'resource_id' | 'public_name'> & { position?: number | undefined }

export async function createResource(
  db: Db,
  team: string,
  page: string,
  { position, ...input }: ResourceInput,
  at: number,
  also: (r: Resource) => Statement[],
): Promise<Resource | null> {
  const rows = await resourcesOf(db, team, page)
  if (rows.length >= RESOURCES_MAX) return null
  const id = newId(at)
  const order = placed(
    rows.filter((row) => row.section_id === input.section_id),
    id,
    position,
  )
  const row = { ...input, id, team, page_id: page, position: order.find((o) => o.id === id)!.position, created_at: at, updated_at: at }
  const made = { number: 0, ...row }
  await db.batch([
    db.insert(statusResources).values(row),
    ...placeResources(db, team, input.section_id, order),
    touchPages(db, team, { page }, at),
    ...also(made),
  ])
  return made
}

/** Into another section it goes to the end, unless a position is named. False when it is gone. */
export async function changeResource(
  db: Db,
  team: string,
  page: string,
  id: string,
  { position, ...change }: Partial<ResourceInput>,
  at: number,
): Promise<boolean> {
  const rows = await resourcesOf(db, team, page)
  const row = rows.find((r) => r.id === id)
  if (!row) return false
  const section = change.section_id === undefined ? row.section_id : change.section_id
  const moves = position !== undefined || section !== row.section_id
  const order = moves
    ? placed(
        rows.filter((r) => r.section_id === section),
        id,
        position,
      )
    : []
  await db.batch([
    db
      .update(statusResources)
      .set({ ...change, updated_at: at })
      .where(and(eq(statusResources.team, team), eq(statusResources.id, id))),
    ...placeResources(db, team, section, order),
    touchPages(db, team, { page }, at),
  ])
  return true
}

export async function deleteResource(db: Db, team: string, page: string, id: string, at: number): Promise<boolean> {
  const of = and(eq(statusResources.team, team), eq(statusResources.page_id, page), eq(statusResources.id, id))
  const [gone] = await db.batch([
    db.delete(statusResources).where(of).returning({ id: statusResources.id }),
    touchPages(db, team, { page }, at),
  ])
  return gone.length > 0
}

/** False when `order` does not name each section and each resource of the page exactly once. */
export async function orderParts(db: Db, team: string, page: string, order: Order, at: number): Promise<boolean> {
  const { sections, resources } = await partsOf(db, team, page)
  const same = (a: string[], b: string[]) => a.length === b.length && new Set(a).size === a.length && a.every((id) => b.includes(id))
  const named = [...order.sections.flatMap((s) => s.resources), ...order.resources]
  const ids = (rows: { id: string }[]) => rows.map((row) => row.id)
  if (!same(ids(order.sections), ids(sections)) || !same(named, ids(resources))) return false
  await db.batch([
    touchPages(db, team, { page }, at),
    ...placeSections(db, team, numbered(ids(order.sections))),
    ...order.sections.flatMap((s) => placeResources(db, team, s.id, numbered(s.resources))),
    ...placeResources(db, team, null, numbered(order.resources)),
  ])
  return true
}
