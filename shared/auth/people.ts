import type { Auth, BetterAuthOptions } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { generateRandomString, hashPassword } from 'better-auth/crypto'
import { betterAuth } from 'better-auth/minimal'
import type { Db } from '../db.ts'
import { newId } from '../ids.ts'
import { DAY, HOUR, SECOND } from '../time.ts'
import { cookiesOf } from './cookie.ts'
import { account, session, user, verification } from './table.ts'

export const SESSION_LIFE = 30 * DAY
/** A session in use is prolonged once a day. */
export const SESSION_RENEWED_AFTER = DAY
export const RESET_LIFE = HOUR

export type People = Auth

export { hashPassword }

/**
 * better-auth for people: passwords, sessions, reset links. 150 KB and 60 ms of a cold start, so this file is only ever
 * imported by `await import()`. Teams and their members are ours (store.ts), on the tables of its organization plugin: each of
 * those changes is one batch with its poke, which the plugin cannot do. Second factors, passkeys and single sign-on are
 * further `plugins` here.
 */
export function peopleOf(db: Db, tocsinUrl: string, secret: string): People {
  const { name, secure } = cookiesOf(tocsinUrl)
  const cookie = (suffix: string) => ({ name: `${name}${suffix}`, attributes: { secure } })
  const options: BetterAuthOptions = {
    baseURL: tocsinUrl,
    secret,
    database: drizzleAdapter(db, { provider: 'sqlite', schema: { user, session, account, verification } }),
    trustedOrigins: [],
    telemetry: { enabled: false },
    rateLimit: { enabled: false }, // ours counts in D1: an isolate's memory is not a limit
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: SESSION_LIFE / SECOND, updateAge: SESSION_RENEWED_AFTER / SECOND },
    verification: { storeIdentifier: 'hashed' },
    advanced: {
      database: { generateId: () => newId(), validateSchema: false },
      useSecureCookies: false, // the prefix is part of our name
      cookies: {
        session_token: cookie(''),
        session_data: cookie('_data'),
        dont_remember: cookie('_short'),
        account_data: cookie('_account'),
      },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
  }
  return betterAuth(options)
}

/** A link that sets a new password, once, for an hour. Kept hashed; what is returned is its only copy. */
export async function newResetToken(people: People, userId: string, at: number): Promise<string> {
  const token = generateRandomString(32)
  const { internalAdapter } = await people.$context
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: userId,
    expiresAt: new Date(at + RESET_LIFE),
  })
  return token
}

/** Whose password this link sets; null when it was used, is too old or never existed. */
export async function resetTokenOwner(people: People, token: string, at: number): Promise<string | null> {
  const { internalAdapter } = await people.$context
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  return found && found.expiresAt.getTime() > at ? found.value : null
}
