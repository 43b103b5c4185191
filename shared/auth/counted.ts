import { and, eq, lt } from 'drizzle-orm'
import type { Db } from '../db.ts'
import { hashToken } from '../ids.ts'
import { DAY, SECOND } from '../time.ts'
import { signInTries } from './table.ts'
import { anotherTry, type Tries } from './tries.ts'

/** The address as the counter knows it: whoever reads the table learns no addresses that have no account. */
const accountOf = (email: string) => hashToken(`sign-in ${email}`)

/**
 * Counts one more password tried for this address, before it is looked at: a hundred guesses at once are a hundred counts.
 * The same reads and writes whether the address has an account or not.
 */
export async function countTry(db: Db, email: string, at: number): Promise<{ count: Tries } | { wait: number }> {
  const account = await accountOf(email)
  for (let race = 0; race < 5; race++) {
    const [before] = await db.select().from(signInTries).where(eq(signInTries.account, account))
    const next = anotherTry(before, at)
    if ('wait' in next) return next
    const counted = before
      ? await db
          .update(signInTries)
          .set(next.count)
          .where(and(eq(signInTries.account, account), eq(signInTries.tries, before.tries), eq(signInTries.at, before.at)))
          .returning({ account: signInTries.account })
      : await db
          .insert(signInTries)
          .values({ account, ...next.count })
          .onConflictDoNothing()
          .returning({ account: signInTries.account })
    if (counted.length) return next
  }
  return { wait: SECOND }
}

/** The right password, or a reset: counting begins anew. */
export async function forgiveTries(db: Db, email: string): Promise<void> {
  await db.delete(signInTries).where(eq(signInTries.account, await accountOf(email)))
}

/** Across teams: the daily sweep. */
export const forgetOldTries = (db: Db, at: number) => db.delete(signInTries).where(lt(signInTries.at, at - 2 * DAY))
