import { and, lt, ne, or, sql } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { DAY } from '../time.ts'
import { forgetOldTries } from './counted.ts'
import { invitation, member, organization, session, user, verification } from './table.ts'

/**
 * Once a day, across teams: what ended, and what half a write left behind (a person without a way to sign in, a team without
 * anybody). Only what is older than a day: a flow that is still running is left alone.
 */
export const sweepPeople = (db: Db, at: number) => {
  const yesterday = new Date(at - DAY)
  return db.batch([
    db.delete(session).where(lt(session.expiresAt, new Date(at))),
    db.delete(verification).where(lt(verification.expiresAt, new Date(at))),
    db
      .delete(invitation)
      .where(
        or(
          lt(invitation.expiresAt, new Date(at - 30 * DAY)),
          and(ne(invitation.status, 'pending'), lt(invitation.createdAt, new Date(at - 30 * DAY))),
        ),
      ),
    db.delete(user).where(and(lt(user.createdAt, yesterday), sql`NOT EXISTS (SELECT 1 FROM account WHERE account.user_id = ${user.id})`)),
    db.delete(member).where(sql`NOT EXISTS (SELECT 1 FROM user WHERE user.id = ${member.userId})`),
    db
      .delete(organization)
      .where(
        and(
          lt(organization.createdAt, yesterday),
          sql`NOT EXISTS (SELECT 1 FROM member WHERE member.organization_id = ${organization.id})`,
        ),
      ),
    forgetOldTries(db, at),
  ])
}
