import { and, asc, count, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import type { NotificationRule } from '../oncall/notification.ts'
import type { Hours } from '../oncall/schema.ts'
import { policies } from '../oncall/table.ts'
import { seeded } from '../oncall/urgency.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { HOUR, iso, isoOrNull, MINUTE } from '../time.ts'
import type { ContactMethodBody, UrgencyBody, UrgencyChange, UrgencyInput } from './schema.ts'
import { type ContactMethodRow, contactMethods, notificationRules, type UrgencyRow, urgencies } from './table.ts'

/** Codes and tests that one person may send in an hour: each costs money, and may ring a stranger's phone. */
const SENT_MAX = 20
const CODE_LIFE_MS = 10 * MINUTE
const CODE_TRIES_MAX = 5
export const CONTACTS_MAX = 20
const URGENCIES_MAX = 50

export const urgencyBody = (u: Omit<UrgencyRow, 'number'>): UrgencyBody => ({
  id: u.id,
  name: u.name,
  severity: u.key && (u.key.toUpperCase() as Uppercase<typeof u.key>),
  channels: u.channels,
  critical: u.critical,
  created_at: iso(u.created_at),
  updated_at: iso(u.updated_at),
})

/** The four that every team has, made when they are first needed. */
export async function ensureUrgencies(db: Db, team: string, at: number): Promise<void> {
  const [have] = await db
    .select({ n: count() })
    .from(urgencies)
    .where(and(eq(urgencies.team, team), sql`key is not null`))
  if ((have?.n ?? 0) >= seeded.length) return
  const row = (u: (typeof seeded)[number]) => ({ ...u, channels: [...u.channels], id: newId(at), team, created_at: at, updated_at: at })
  await db.insert(urgencies).values(seeded.map(row)).onConflictDoNothing()
}

/** In the order they were made, SEV1 to SEV4 first. */
export async function listUrgencies(db: Db, team: string, { page, per_page }: PageQuery, at: number) {
  await ensureUrgencies(db, team, at)
  const [rows, [total]] = await db.batch([
    db
      .select()
      .from(urgencies)
      .where(eq(urgencies.team, team))
      .orderBy(sql`coalesce(${urgencies.key}, 'z')`, asc(urgencies.number))
      .limit(per_page)
      .offset((page - 1) * per_page),
    db.select({ n: count() }).from(urgencies).where(eq(urgencies.team, team)),
  ])
  return { rows, total: total?.n ?? 0 }
}

export const getUrgency = async (db: Db, team: string, id: string): Promise<UrgencyRow | undefined> =>
  (
    await db
      .select()
      .from(urgencies)
      .where(and(eq(urgencies.team, team), eq(urgencies.id, id)))
  )[0]

/** Null when the team has as many as it may. */
export async function newUrgency(db: Db, team: string, input: UrgencyInput, at: number) {
  const [n] = await db.select({ n: count() }).from(urgencies).where(eq(urgencies.team, team))
  if ((n?.n ?? 0) >= URGENCIES_MAX) return null
  const row = { id: newId(at), team, key: null, ...input, channels: [...new Set(input.channels)], created_at: at, updated_at: at }
  return { row, statements: [db.insert(urgencies).values(row), poke(db, team, 'team', team, at)] as const }
}

export async function changeUrgency(db: Db, team: string, id: string, change: UrgencyChange, at: number): Promise<boolean> {
  const channels = change.channels && [...new Set(change.channels)]
  const set = {
    ...(change.name ? { name: change.name } : {}),
    ...(channels ? { channels } : {}),
    ...(change.critical === undefined ? {} : { critical: change.critical }),
  }
  const [changed] = await db.batch([
    db
      .update(urgencies)
      .set({ ...set, updated_at: at })
      .where(and(eq(urgencies.team, team), eq(urgencies.id, id)))
      .returning({ id: urgencies.id }),
    poke(db, team, 'team', team, at),
  ])
  return changed.length > 0
}

/** Deletes one that no policy names; the condition is in the statement, so a policy saved meanwhile wins. */
export async function removeUrgency(db: Db, team: string, id: string, at: number): Promise<'removed' | 'gone' | 'every-teams' | 'used'> {
  const naming = and(eq(policies.team, team), isNull(policies.deleted_at), sql`instr(${policies.steps}, ${id}) > 0`)
  const [removed] = await db.batch([
    db
      .delete(urgencies)
      .where(
        and(
          eq(urgencies.team, team),
          eq(urgencies.id, id),
          isNull(urgencies.key),
          sql`not exists (select 1 from ${policies} where ${naming})`,
        ),
      )
      .returning({ id: urgencies.id }),
    poke(db, team, 'team', team, at),
  ])
  if (removed.length) return 'removed'
  const row = await getUrgency(db, team, id)
  return !row ? 'gone' : row.key ? 'every-teams' : 'used'
}

export const contactBody = (
  c: Pick<ContactMethodRow, 'id' | 'channel' | 'contact' | 'label' | 'verified_at' | 'created_at'>,
): ContactMethodBody => ({
  id: c.id,
  channel: c.channel,
  contact: c.contact,
  label: c.label,
  verified: c.verified_at !== null,
  verified_at: isoOrNull(c.verified_at),
  is_account: false,
  created_at: iso(c.created_at),
})

const own = (team: string, person: string) => and(eq(contactMethods.team, team), eq(contactMethods.person, person))
const one = (team: string, person: string, id: string) => and(own(team, person), eq(contactMethods.id, id))

export const listContacts = (db: Db, team: string, person: string): Promise<ContactMethodRow[]> =>
  db.select().from(contactMethods).where(own(team, person)).orderBy(asc(contactMethods.number))

export const getContact = async (db: Db, team: string, person: string, id: string): Promise<ContactMethodRow | undefined> =>
  (
    await db
      .select()
      .from(contactMethods)
      .where(one(team, person, id))
  )[0]

/** The address of the account, as a contact: its id is the person's. */
export async function accountContact(db: Db, person: string): Promise<ContactMethodBody & { zone: string; name: string }> {
  const [row] = await db.select().from(user).where(eq(user.id, person))
  const at = (row?.createdAt ?? new Date(0)).toISOString()
  return { id: person, channel: 'email', contact: row?.email ?? '', label: 'Account', verified: true, verified_at: at, is_account: true, created_at: at, zone: row?.timezone ?? 'UTC', name: row?.name ?? '' } // biome-ignore format: a row
}

export type NewContact = Pick<ContactMethodRow, 'channel' | 'contact' | 'label' | 'secret'>

/** The row and the statement that makes it; it pages nobody before it is verified. */
export function newContact(db: Db, team: string, person: string, contact: NewContact & { id: string; code_hash: string }, at: number) {
  const row = {
    ...contact,
    team,
    person,
    verified_at: null,
    code_expires_at: at + CODE_LIFE_MS,
    code_tries: 0,
    created_at: at,
    updated_at: at,
  }
  return { row, statements: [db.insert(contactMethods).values(row)] as const }
}

/** Another code for one that is not verified; false when there is nothing to verify. */
export async function newCode(db: Db, team: string, person: string, id: string, code_hash: string, at: number): Promise<boolean> {
  const set = { code_hash, code_expires_at: at + CODE_LIFE_MS, code_tries: 0, updated_at: at }
  const changed = await db
    .update(contactMethods)
    .set(set)
    .where(and(one(team, person, id), isNull(contactMethods.verified_at)))
    .returning({ id: contactMethods.id })
  return changed.length > 0
}

/** One try of a code, counted before it is compared. `contact` replaces what is not known before (a chat). */
export async function verify(
  db: Db,
  team: string,
  id: string,
  code_hash: string,
  at: number,
  contact?: string,
): Promise<'verified' | 'wrong' | 'over' | 'taken'> {
  const row = and(eq(contactMethods.team, team), eq(contactMethods.id, id))
  const [tried] = await db
    .update(contactMethods)
    .set({ code_tries: sql`${contactMethods.code_tries} + 1` })
    .where(
      and(row, isNull(contactMethods.verified_at), lt(contactMethods.code_tries, CODE_TRIES_MAX), gt(contactMethods.code_expires_at, at)),
    )
    .returning({ code_hash: contactMethods.code_hash })
  if (!tried) return 'over'
  if (tried.code_hash === null || tried.code_hash !== code_hash) return 'wrong'
  const set = { verified_at: at, code_hash: null, code_expires_at: null, updated_at: at, ...(contact ? { contact } : {}) }
  try {
    await db.batch([db.update(contactMethods).set(set).where(row), poke(db, team, 'team', team, at)])
  } catch {
    return 'taken' // the same chat is this person's contact already
  }
  return 'verified'
}

export async function relabelContact(db: Db, team: string, person: string, id: string, label: string, at: number): Promise<boolean> {
  const changed = await db
    .update(contactMethods)
    .set({ label, updated_at: at })
    .where(one(team, person, id))
    .returning({ id: contactMethods.id })
  return changed.length > 0
}

export async function removeContact(db: Db, team: string, person: string, id: string, at: number): Promise<boolean> {
  const [removed] = await db.batch([
    db
      .delete(contactMethods)
      .where(one(team, person, id))
      .returning({ id: contactMethods.id }),
    poke(db, team, 'team', team, at),
  ])
  return removed.length > 0
}

/** Counts a code or a test against the person's hour; false when it is full. */
export async function maySend(db: Db, team: string, person: string, at: number): Promise<boolean> {
  const fresh = sql`${notificationRules.sent_since} < ${at - HOUR}`
  const counted = await db
    .insert(notificationRules)
    .values({ team, person, sent: 1, sent_since: at, updated_at: at })
    .onConflictDoUpdate({
      target: [notificationRules.team, notificationRules.person],
      set: {
        sent: sql`case when ${fresh} then 1 else ${notificationRules.sent} + 1 end`,
        sent_since: sql`case when ${fresh} then ${at} else ${notificationRules.sent_since} end`,
      },
      setWhere: or(fresh, lt(notificationRules.sent, SENT_MAX)),
    })
    .returning({ sent: notificationRules.sent })
  return counted.length > 0
}

export async function getRules(db: Db, team: string, person: string): Promise<{ rules: NotificationRule[]; quiet: Hours[] }> {
  const [row] = await db
    .select()
    .from(notificationRules)
    .where(and(eq(notificationRules.team, team), eq(notificationRules.person, person)))
  return { rules: row?.rules ?? [], quiet: row?.quiet ?? [] }
}

export const putRules = (db: Db, team: string, person: string, wishes: { rules: NotificationRule[]; quiet: Hours[] }, at: number) =>
  db.batch([
    db
      .insert(notificationRules)
      .values({ team, person, ...wishes, updated_at: at })
      .onConflictDoUpdate({ target: [notificationRules.team, notificationRules.person], set: { ...wishes, updated_at: at } }),
    poke(db, team, 'team', team, at),
  ])
