import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import { isRole, type Role } from './permissions.ts'
import { slugOf } from './slug.ts'
import { account, invitation, member, organization, user } from './table.ts'

// How a person comes to exist and into a team. Each way is one batch: all of it is there afterwards, or nothing.

export type OpenInvitation = {
  id: string
  team: { id: string; name: string; slug: string }
  email: string
  role: Role
  inviter: { name: string; email: string; zone: string } | null
  expiresAt: number
}

/** The invitation behind a link; null when it was accepted, withdrawn, is too old or its team is gone. The link names it, so no team is asked. */
export async function openInvitation(db: Db, id: string, at: number): Promise<OpenInvitation | null> {
  const [row] = await db
    .select({
      invitation,
      team: { id: organization.id, name: organization.name, slug: organization.slug },
      inviter: { name: user.name, email: user.email, zone: user.timezone },
    })
    .from(invitation)
    .innerJoin(organization, and(eq(organization.id, invitation.organizationId), isNull(organization.deletedAt)))
    .leftJoin(user, eq(user.id, invitation.inviterId))
    .where(and(eq(invitation.id, id), eq(invitation.status, 'pending'), gt(invitation.expiresAt, new Date(at))))
  if (!row) return null
  const { email, role, expiresAt } = row.invitation
  return {
    id,
    team: row.team,
    email,
    role: role && isRole(role) ? role : 'member',
    inviter: row.inviter,
    expiresAt: expiresAt.getTime(),
  }
}

export type NewPerson = { name: string; email: string; passwordHash: string }

/** A person with a password, in the team they were invited to or in a new one as its admin. `taken`: the address has an account. */
export async function signUp(
  db: Db,
  person: NewPerson,
  into: { invitation: OpenInvitation } | { newTeam: string },
  at: number,
): Promise<{ team: string } | { refused: 'taken' }> {
  const id = newId(at)
  const dates = { createdAt: new Date(at), updatedAt: new Date(at) }
  const { name, email, passwordHash: password } = person
  const born = [
    // whoever holds the link reads the mailbox
    db.insert(user).values({ id, name, email, emailVerified: 'invitation' in into, ...dates }),
    db.insert(account).values({ id: newId(at), accountId: id, providerId: 'credential', userId: id, password, ...dates }),
  ] as const
  try {
    if ('newTeam' in into) return { team: (await inNewTeam(db, into.newTeam, id, at, born)).id }
    await db.batch([...born, ...joining(db, into.invitation, id, at)])
    return { team: into.invitation.team.id }
  } catch (e) {
    if ((await userIdOf(db, email)) !== null) return { refused: 'taken' }
    throw e
  }
}

/** Whose address this is, or null. Addresses are in lower case. */
export async function userIdOf(db: Db, email: string): Promise<string | null> {
  const [found] = await db.select({ id: user.id }).from(user).where(eq(user.email, email))
  return found?.id ?? null
}

/** Someone who is signed in joins. False: withdrawn or accepted a moment ago. */
export async function accept(db: Db, open: OpenInvitation, userId: string, at: number): Promise<boolean> {
  await db.batch(joining(db, open, userId, at))
  const [joined] = await db
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organizationId, open.team.id), eq(member.userId, userId)))
  return joined !== undefined
}

/** A new team with this person as its admin. */
export async function createTeam(db: Db, name: string, userId: string, at: number): Promise<{ id: string; slug: string }> {
  return inNewTeam(db, name, userId, at, [])
}

type Statement = Parameters<Db['batch']>[0][number]

/** The invitation is spent and the membership made together, or neither: whoever withdraws it at the same moment wins or loses whole. */
function joining(db: Db, open: OpenInvitation, userId: string, at: number) {
  const stillOpen = and(eq(invitation.id, open.id), eq(invitation.status, 'pending'), gt(invitation.expiresAt, new Date(at)))
  const membership = db
    .select({
      id: sql<string>`${newId(at)}`.as('id'),
      organizationId: invitation.organizationId,
      userId: sql<string>`${userId}`.as('user_id'),
      role: sql<string>`coalesce(${invitation.role}, 'member')`.as('role'),
      createdAt: sql<Date>`${at}`.as('created_at'),
    })
    .from(invitation)
    .where(stillOpen)
  return [
    db.insert(member).select(membership).onConflictDoNothing(),
    db.update(invitation).set({ status: 'accepted' }).where(stillOpen),
    poke(db, open.team.id, 'team', userId, at),
  ] as const
}

/** The pretty slug first; when another team has it, or takes it at this moment, one with a suffix. */
async function inNewTeam(db: Db, name: string, userId: string, at: number, before: readonly Statement[]) {
  const id = newId(at)
  const make = async (slug: string) => {
    await db.batch([
      db.insert(organization).values({ id, name, slug, createdAt: new Date(at) }),
      ...before,
      db.insert(member).values({ id: newId(at), organizationId: id, userId, role: 'admin', createdAt: new Date(at) }),
      poke(db, id, 'team', userId, at),
    ])
    return { id, slug }
  }
  const isTaken = async (slug: string) => {
    const found = await db.select({ id: organization.id }).from(organization).where(eq(organization.slug, slug))
    return found.length > 0
  }
  const pretty = slugOf(name)
  const suffixed = slugOf(name, id.slice(-6))
  if (await isTaken(pretty)) return make(suffixed)
  try {
    return await make(pretty)
  } catch (e) {
    if (await isTaken(pretty)) return make(suffixed)
    throw e
  }
}
