import type { Env } from '../../durable-objects/env.ts'
import { cookiesOf, sessionToken } from '../../shared/auth/cookie.ts'
import { bySession } from '../../shared/auth/credentials.ts'
import { db } from '../../shared/db.ts'

/** Whether whoever asks is signed in and in this team: what is not published is shown to its members only, whoever else got the address. */
export async function isMember(request: Request, env: Env, team: string, at: number): Promise<boolean> {
  // the public page itself needs nothing of this
  const { cookieSecret } = await import('../api/who.ts')
  const token = await sessionToken(request.headers.get('cookie') ?? undefined, cookiesOf(env.TOCSIN_URL), await cookieSecret(env))
  const signedIn = token ? await bySession(db(env.DB), token, at) : null
  return signedIn?.teams.some((t) => t.id === team) ?? false
}
