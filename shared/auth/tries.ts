import { DAY, duration, HOUR, MINUTE } from '../time.ts'

/** Wrong passwords for one e-mail address since the last right one. `at`: the last of them. Epoch ms. */
export type Tries = { tries: number; blocked_until: number; at: number }

const FREE_TRIES = 5
const FIRST_WAIT = 15 * MINUTE
const LONGEST_WAIT = 4 * HOUR

/**
 * What another try makes of the counter, or how long to wait. Four wrong ones pass; from the fifth on each closes sign-in,
 * for 15 minutes at first, twice as long every time, four hours at most. A day of quiet begins anew. The same for addresses
 * that have no account: whoever guesses learns nothing.
 */
export function anotherTry(before: Tries | undefined, at: number): { count: Tries } | { wait: number } {
  if (before && before.blocked_until > at) return { wait: before.blocked_until - at }
  const tries = before && before.at > at - DAY ? before.tries + 1 : 1
  const wait = tries < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - FREE_TRIES))
  return { count: { tries, blocked_until: wait && at + wait, at } }
}

/** What to say after a wrong password. */
export function wrong({ tries, blocked_until, at }: Tries): string {
  if (blocked_until > at) return `E-mail and password do not match. Wait ${duration(blocked_until - at)}, or reset the password now.`
  const left = FREE_TRIES - tries
  return `E-mail and password do not match. ${left === 1 ? '1 try' : `${left} tries`} left, then wait ${duration(FIRST_WAIT)}.`
}
