import { and, asc, eq, gt, isNull, lt, or } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { MINUTE } from '../time.ts'
import { isRole, type Permission, permissions, type Role, roleAllows, scopesAllow } from './permissions.ts'
import type { Profile, Session } from './schema.ts'
import { apiKey, member, organization, session, user } from './table.ts'

// What a credential means is asked before any team is known: the only queries without one.

export type Membership = Session['teams'][number]
/** A session in force, with the person and every living team they are in, by name. */
export type SignedIn = { session: { id: string; expiresAt: number; usedAt: number } | null; person: Profile; teams: Membership[] }
/** A key in force: its team lives, its maker is still in it. */
export type KeyInForce = {
  id: string
  name: string
  team: Membership
  maker: string
  scopes: string[]
  expiresAt: number | null
  usedAt: number
}

const profile = {
  id: user.id,
  name: user.name,
  email: user.email,
  timezone: user.timezone,
  theme: user.theme,
  density: user.density,
  shortcuts: user.shortcuts,
}
const team = { id: organization.id, name: organization.name, slug: organization.slug, role: member.role }
const living = and(eq(organization.id, member.organizationId), isNull(organization.deletedAt))

/** Who a session's token belongs to; null when it ended or never was. Never cached: signing out is at once. */
export async function bySession(db: Db, token: string, at: number): Promise<SignedIn | null> {
  const rows = await db
    .select({ session: { id: session.id, expiresAt: session.expiresAt, usedAt: session.updatedAt }, person: profile, team })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, living)
    .where(and(eq(session.token, token), gt(session.expiresAt, new Date(at))))
    .orderBy(asc(organization.name))
  const first = rows[0]
  if (!first) return null
  const { id, expiresAt, usedAt } = first.session
  return { session: { id, expiresAt: expiresAt.getTime(), usedAt: usedAt.getTime() }, person: first.person, teams: memberships(rows) }
}

/** A person by id with their teams, for the one credential that is not stored: TOCSIN_TOKEN. */
export async function byPerson(db: Db, id: string): Promise<SignedIn | null> {
  const rows = await db
    .select({ person: profile, team })
    .from(user)
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, living)
    .where(eq(user.id, id))
    .orderBy(asc(organization.name))
  return rows[0] ? { session: null, person: rows[0].person, teams: memberships(rows) } : null
}

/** A key by its hash; null when it is unknown, deleted or over, its team is gone or its maker left. */
export async function byKey(db: Db, hash: string, at: number): Promise<KeyInForce | null> {
  const [row] = await db
    .select({ key: apiKey, team })
    .from(apiKey)
    .innerJoin(member, and(eq(member.organizationId, apiKey.team), eq(member.userId, apiKey.created_by)))
    .innerJoin(organization, living)
    .where(and(eq(apiKey.hash, hash), isNull(apiKey.deleted_at), or(isNull(apiKey.expires_at), gt(apiKey.expires_at, at))))
  if (!row) return null
  const { key } = row
  const [membership] = memberships([row])
  if (!membership) return null
  const { id, name, scopes, created_by: maker, expires_at: expiresAt, last_used_at: usedAt } = key
  return { id, name, team: membership, maker, scopes, expiresAt, usedAt: usedAt ?? 0 }
}

/** Notes that a key was used, at most once a minute however many isolates ask. */
export const keyUsed = (db: Db, team: string, id: string, at: number) =>
  db
    .update(apiKey)
    .set({ last_used_at: at })
    .where(and(eq(apiKey.id, id), eq(apiKey.team, team), or(isNull(apiKey.last_used_at), lt(apiKey.last_used_at, at - MINUTE))))

/** The same for a session: Settings shows when each signed-in place was last used. */
export const sessionUsed = (db: Db, id: string, at: number) =>
  db
    .update(session)
    .set({ updatedAt: new Date(at) })
    .where(and(eq(session.id, id), lt(session.updatedAt, new Date(at - MINUTE))))

/** What a role may do, narrowed by a key's scopes. The one place where both meet. */
export const allowance =
  (role: Role, scopes: readonly string[] | null) =>
  (permission: Permission): boolean =>
    roleAllows(role, permission) && (!scopes || scopesAllow(scopes, permission))

/** `GET /api/auth/session`. */
export const sessionBody = ({ person, teams }: SignedIn, role: Role | null): Session => ({
  user: person,
  teams,
  permissions: role ? permissions.filter((p) => roleAllows(role, p)) : [],
})

/** A role that this release does not know (written by a later one) may nothing, so it is no membership. */
function memberships(rows: { team: { id: string | null; name: string | null; slug: string | null; role: string | null } | null }[]) {
  return rows.flatMap(({ team }): Membership[] =>
    team?.id && team.name !== null && team.slug !== null && team.role && isRole(team.role)
      ? [{ id: team.id, name: team.name, slug: team.slug, role: team.role }]
      : [],
  )
}
