import { and, count, desc, eq, gt, ne } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { iso } from '../time.ts'
import type { ProfileChange } from './schema.ts'
import { account, session, user, verification } from './table.ts'

// What belongs to a person and not to a team: (db, userId, …).

type Change = Omit<ProfileChange, 'current_password'>

/** Changes the person's own row; their teams' objects refresh their copies. `taken`: the new address has an account. */
export async function changeProfile(db: Db, userId: string, teams: string[], change: Change, at: number): Promise<'done' | 'taken'> {
  const verified = change.email === undefined ? {} : { emailVerified: false }
  try {
    await db.batch([
      db
        .update(user)
        .set({ ...change, ...verified, updatedAt: new Date(at) })
        .where(eq(user.id, userId)),
      ...teams.map((team) => poke(db, team, 'team', userId, at)),
    ])
    return 'done'
  } catch (e) {
    if (change.email === undefined) throw e
    const [other] = await db
      .select({ id: user.id })
      .from(user)
      .where(and(eq(user.email, change.email), ne(user.id, userId)))
    if (other) return 'taken'
    throw e
  }
}

/** The hash of this person's password; null when they have none (single sign-on). */
export async function passwordHashOf(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: account.password })
    .from(account)
    .where(and(eq(account.userId, userId), eq(account.providerId, 'credential')))
  return row?.password ?? null
}

/** Another password; everywhere else is signed out, in one batch. `keep` is the session that asks. */
export async function changePassword(db: Db, userId: string, password: string, keep: string | null, at: number): Promise<void> {
  await db.batch([
    db.delete(session).where(and(eq(session.userId, userId), keep === null ? undefined : ne(session.id, keep))),
    db
      .update(account)
      .set({ password, updatedAt: new Date(at) })
      .where(and(eq(account.userId, userId), eq(account.providerId, 'credential'))),
    // a reset link that is still out must not undo this
    db.delete(verification).where(eq(verification.value, userId)),
  ])
}

export type PlaceRow = { id: string; ip: string | null; agent: string | null; created_at: string; last_used_at: string; expires_at: string }

/** Where this person is signed in, last used first. */
export async function listPlaces(db: Db, userId: string, page: PageQuery, at: number): Promise<{ data: PlaceRow[]; total: number }> {
  const inForce = and(eq(session.userId, userId), gt(session.expiresAt, new Date(at)))
  const [rows, [total]] = await Promise.all([
    db
      .select()
      .from(session)
      .where(inForce)
      .orderBy(desc(session.updatedAt), desc(session.id))
      .limit(page.per_page)
      .offset((page.page - 1) * page.per_page),
    db.select({ n: count() }).from(session).where(inForce),
  ])
  const data = rows.map((s) => ({
    id: s.id,
    ip: s.ipAddress || null,
    agent: s.userAgent || null,
    created_at: iso(s.createdAt.getTime()),
    last_used_at: iso(s.updatedAt.getTime()),
    expires_at: iso(s.expiresAt.getTime()),
  }))
  return { data, total: total?.n ?? 0 }
}

/** Signs one place out. False: this person has none with this id. */
export async function endSession(db: Db, userId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(session)
    .where(and(eq(session.userId, userId), eq(session.id, id)))
    .returning({ id: session.id })
  return gone.length > 0
}

/** Everywhere: before a reset sets another password, so that no old session outlives the old password. */
export const endSessions = (db: Db, userId: string) => db.delete(session).where(eq(session.userId, userId))

/** Signing out: the holder of the token ends it. */
export const endSessionByToken = (db: Db, token: string) => db.delete(session).where(eq(session.token, token))

/** Whose links may be mailed: the person of an address, with how many of their reset links still work. */
export async function resettable(db: Db, email: string, at: number) {
  const [found] = await db.select({ id: user.id, zone: user.timezone }).from(user).where(eq(user.email, email))
  if (!found) return null
  const [links] = await db
    .select({ n: count() })
    .from(verification)
    .where(and(eq(verification.value, found.id), gt(verification.expiresAt, new Date(at))))
  return { ...found, links: links?.n ?? 0 }
}

/** Whoever used the link reads the mailbox. */
export async function verifyEmail(db: Db, userId: string): Promise<string> {
  const [row] = await db.update(user).set({ emailVerified: true }).where(eq(user.id, userId)).returning({ email: user.email })
  return row!.email
}
