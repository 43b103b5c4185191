import { and, asc, count, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { poke } from '../outbox.ts'
import type { PageQuery } from '../page.ts'
import { DAY, iso, MINUTE } from '../time.ts'
import { isRole, type Permission, permissions, type Role, roleAllows } from './permissions.ts'
import type { Invitation, InvitationInput, Member } from './schema.ts'
import { apiKey, invitation, member, organization, user } from './table.ts'

export const INVITATION_LIFE = 7 * DAY
const INVITATIONS_MAX = 100

/** Nobody gives, takes or changes a role that may more than they may themselves. */
export const mayHandle = (may: (p: Permission) => boolean, role: Role): boolean => permissions.every((p) => !roleAllows(role, p) || may(p))

const offset = ({ page, per_page }: PageQuery) => (page - 1) * per_page
const asRole = (role: string | null): Role => (role && isRole(role) ? role : 'member')

/** The team's own row; null when it is being deleted. */
export async function readTeam(db: Db, team: string) {
  const [row] = await db
    .select()
    .from(organization)
    .where(and(eq(organization.id, team), isNull(organization.deletedAt)))
  return row ?? null
}

/** Renames the team; its slug stays, addresses are built on it. */
export async function renameTeam(db: Db, team: string, name: string, at: number): Promise<void> {
  await db.batch([db.update(organization).set({ name }).where(eq(organization.id, team)), poke(db, team, 'team', team, at)])
}

const memberBody = {
  id: member.id,
  user_id: user.id,
  name: user.name,
  email: user.email,
  role: member.role,
  joined_at: member.createdAt,
}
type MemberRow = { id: string; user_id: string; name: string; email: string; role: string; joined_at: Date }
const toMember = (row: MemberRow): Member => ({ ...row, role: asRole(row.role), joined_at: iso(row.joined_at.getTime()) })

// Not db.batch: it gives rows as objects by column name, and a join has two columns called id.

/** Members in the order they joined. */
export async function listMembers(db: Db, team: string, page: PageQuery): Promise<{ data: Member[]; total: number }> {
  const [rows, [total]] = await Promise.all([
    db
      .select(memberBody)
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, team))
      .orderBy(asc(member.createdAt), asc(member.id))
      .limit(page.per_page)
      .offset(offset(page)),
    db.select({ n: count() }).from(member).where(eq(member.organizationId, team)),
  ])
  return { data: rows.map(toMember), total: total?.n ?? 0 }
}

export async function readMember(db: Db, team: string, id: string): Promise<Member | null> {
  const [row] = await db
    .select(memberBody)
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(member.organizationId, team), eq(member.id, id)))
  return row ? toMember(row) : null
}

/** True of every row but the team's last admin: decided inside the UPDATE or DELETE, so two at once cannot both pass. */
const notTheLastAdmin = (team: string) =>
  sql`(${member.role} <> 'admin' OR (SELECT count(*) FROM member AS others WHERE others.organization_id = ${team} AND others.role = 'admin') > 1)`

/** Gives a role. False: this is the team's last admin, or nobody with this id is left. */
export async function changeRole(db: Db, team: string, id: string, role: Role, at: number): Promise<boolean> {
  const [changed] = await db.batch([
    db
      .update(member)
      .set({ role })
      .where(and(eq(member.organizationId, team), eq(member.id, id), role === 'admin' ? undefined : notTheLastAdmin(team)))
      .returning({ id: member.id }),
    poke(db, team, 'team', id, at),
  ])
  return changed.length > 0
}

/** Takes a person out of the team; their keys stop with them. False: this is the team's last admin. */
export async function removeMember(db: Db, team: string, id: string, userId: string, at: number): Promise<boolean> {
  const [removed] = await db.batch([
    db
      .delete(member)
      .where(and(eq(member.organizationId, team), eq(member.id, id), notTheLastAdmin(team)))
      .returning({ id: member.id }),
    db
      .update(apiKey)
      .set({ deleted_at: at })
      .where(
        and(
          eq(apiKey.team, team),
          eq(apiKey.created_by, userId),
          isNull(apiKey.deleted_at),
          sql`NOT EXISTS (SELECT 1 FROM member AS left WHERE left.organization_id = ${team} AND left.user_id = ${userId})`,
        ),
      ),
    poke(db, team, 'team', id, at),
  ])
  return removed.length > 0
}

const invitationBody = {
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  inviter: invitation.inviterId,
  inviterName: user.name,
  created: invitation.createdAt,
  expires: invitation.expiresAt,
}
type InvitationRow = {
  id: string
  email: string
  role: string | null
  inviter: string
  inviterName: string | null
  created: Date
  expires: Date
}
const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: asRole(row.role),
  invited_by: { id: row.inviter, name: row.inviterName ?? 'A former member' },
  created_at: iso(row.created.getTime()),
  expires_at: iso(row.expires.getTime()),
})
const openOf = (team: string, at: number) =>
  and(eq(invitation.organizationId, team), eq(invitation.status, 'pending'), gt(invitation.expiresAt, new Date(at)))

/** Open invitations, newest first. */
export async function listInvitations(db: Db, team: string, page: PageQuery, at: number): Promise<{ data: Invitation[]; total: number }> {
  const [rows, [total]] = await Promise.all([
    db
      .select(invitationBody)
      .from(invitation)
      .leftJoin(user, eq(user.id, invitation.inviterId))
      .where(openOf(team, at))
      .orderBy(desc(invitation.createdAt), desc(invitation.id))
      .limit(page.per_page)
      .offset(offset(page)),
    db.select({ n: count() }).from(invitation).where(openOf(team, at)),
  ])
  return { data: rows.map(toInvitation), total: total?.n ?? 0 }
}

export type Invited = { made: Invitation } | { refused: 'already-a-member' | 'too-many' | 'just-sent' }

/**
 * Invites an address, or renews its open invitation with a new end, role and mail. The mail is a poke in the same batch, so an
 * invitation that exists is always sent.
 */
export async function invite(
  db: Db,
  team: string,
  { email, role }: InvitationInput,
  by: { id: string; name: string },
  at: number,
  also: (made: Invitation) => Parameters<Db['batch']>[0][number][] = () => [],
): Promise<Invited> {
  const [members, pending, [open]] = await Promise.all([
    db
      .select({ id: member.id })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(and(eq(member.organizationId, team), eq(user.email, email))),
    db
      .select({ id: invitation.id, expires: invitation.expiresAt })
      .from(invitation)
      .where(and(eq(invitation.organizationId, team), eq(invitation.email, email), eq(invitation.status, 'pending'))),
    db.select({ n: count() }).from(invitation).where(openOf(team, at)),
  ])
  if (members.length) return { refused: 'already-a-member' }
  const before = pending[0]
  if (before && before.expires.getTime() > at + INVITATION_LIFE - MINUTE) return { refused: 'just-sent' }
  if (!before && (open?.n ?? 0) >= INVITATIONS_MAX) return { refused: 'too-many' }
  const fresh = { role, inviterId: by.id, expiresAt: new Date(at + INVITATION_LIFE), createdAt: new Date(at) }
  const id = before?.id ?? newId(at)
  const made = toInvitation({ id, email, role, inviter: by.id, inviterName: by.name, created: fresh.createdAt, expires: fresh.expiresAt })
  await db.batch([
    db
      .insert(invitation)
      .values({ id, organizationId: team, email, status: 'pending', ...fresh })
      .onConflictDoUpdate({ target: [invitation.organizationId, invitation.email], targetWhere: sql`status = 'pending'`, set: fresh }),
    poke(db, team, 'mail', `invitation:${id}`, at),
    ...also(made),
  ])
  return { made }
}

/** Withdraws an open invitation: its link stops at once. False: there is none with this id. */
export async function withdraw(db: Db, team: string, id: string): Promise<boolean> {
  const gone = await db
    .update(invitation)
    .set({ status: 'canceled' })
    .where(and(eq(invitation.organizationId, team), eq(invitation.id, id), eq(invitation.status, 'pending')))
    .returning({ id: invitation.id })
  return gone.length > 0
}
