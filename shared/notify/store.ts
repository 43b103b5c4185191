import { and, asc, eq, gt, isNull, lt, or, sql } from 'drizzle-orm'
import { user } from '../auth/table.ts'
import type { Db } from '../db.ts'
import type { NotificationRule } from '../oncall/notification.ts'
import type { Hours } from '../oncall/schema.ts'
import { poke } from '../outbox.ts'
import { HOUR, iso, isoOrNull, MINUTE } from '../time.ts'
import type { ContactMethodBody } from './schema.ts'
import { type ContactMethodRow, contactMethods, notificationRules } from './table.ts'

/** Codes and tests that one person may send in an hour: each costs money, and may ring a stranger's phone. */
const SENT_MAX = 20
const CODE_LIFE_MS = 10 * MINUTE
const CODE_TRIES_MAX = 5
export const CONTACTS_MAX = 20

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
