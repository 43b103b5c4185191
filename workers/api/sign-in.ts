import type { Env } from '../../durable-objects/env.ts'
import { cookiesOf, isOurOrigin } from '../../shared/auth/cookie.ts'
import { countTry, forgiveTries } from '../../shared/auth/counted.ts'
import { bySession, type SignedIn, sessionBody } from '../../shared/auth/credentials.ts'
import { type OpenInvitation, openInvitation } from '../../shared/auth/join.ts'
import { invitationIn } from '../../shared/auth/link.ts'
import type { People } from '../../shared/auth/people.ts'
import { wrong } from '../../shared/auth/tries.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { SECOND } from '../../shared/time.ts'
import type { Asked } from './door.ts'
import { cookieSecret } from './who.ts'

// What the routes of auth.ts have in common: the library, its limits, a session's cookie.

const library = () => import('../../shared/auth/people.ts')
const instances = new WeakMap<D1Database, Promise<People>>()

/** better-auth, loaded when first used and kept per isolate. */
export function people(env: Env): Promise<People> {
  let found = instances.get(env.DB)
  if (!found) {
    found = Promise.all([library(), cookieSecret(env)]).then(([{ peopleOf }, secret]) => peopleOf(db(env.DB), env.TOCSIN_URL, secret))
    instances.set(env.DB, found)
    found.catch(() => instances.delete(env.DB))
  }
  return found
}

export const hashPassword = async (password: string) => (await library()).hashPassword(password)
export const resetTokens = async () => {
  const { newResetToken, resetTokenOwner, RESET_LIFE } = await library()
  return { newResetToken, resetTokenOwner, RESET_LIFE }
}

/** Before a stranger costs us a password hash or a mail: 30 a minute from one address, and from a page of ours when a page asks. */
export async function stranger(c: Asked): Promise<void> {
  const origin = c.req.header('origin')
  if (origin !== undefined && !isOurOrigin(origin, c.env.TOCSIN_URL))
    throw new Problem('forbidden', 'This came from a page of somebody else.')
  const { success } = await c.env.SIGN_IN_LIMIT.limit({ key: c.req.header('cf-connecting-ip') ?? 'unknown' })
  if (!success) throw new Problem('rate-limited', 'Too many tries from this address. Wait a minute.', { retryAfter: 60 })
}

/** Counts a try for this address, then looks. Throws 429 when the address must wait; false when the password is wrong. */
async function guarded<T>(c: Asked, email: string, look: () => Promise<T | null>): Promise<{ right: T } | { wrong: string }> {
  const tried = await countTry(c.var.db, email, Date.now())
  if ('wait' in tried) {
    const detail = 'Too many tries. Resetting the password works now.'
    throw new Problem('rate-limited', detail, { retryAfter: tried.wait / SECOND })
  }
  const right = await look()
  if (right === null) return { wrong: wrong(tried.count) }
  // the session exists by now: a counter that stays is a nuisance, not a reason to fail
  await forgiveTries(c.var.db, email).catch((e) => log('tries-kept', { request_id: c.var.requestId, message: reason(e) }))
  return { right }
}

/** Signs in with a password: the cookies to set and the session's token. An unknown address costs the same work and answers the same. */
export const byPassword = (c: Asked, email: string, password: string, rememberMe: boolean) =>
  guarded(c, email, async () => {
    const { api } = await people(c.env)
    const r = await api.signInEmail({ body: { email, password, rememberMe }, headers: c.req.raw.headers, asResponse: true })
    if (r.status === 401) return null
    if (!r.ok) throw new Error(`better-auth answered ${r.status}`)
    const { token } = await r.json<{ token: string }>()
    return { token, cookies: r.headers.getSetCookie() }
  })

/** Is this the password behind `hash`? Counted like a sign-in: a stolen session must not become a way to guess. */
export const isPassword = (c: Asked, email: string, password: string, hash: string) =>
  guarded(c, email, async () => {
    const { password: passwords } = await (await people(c.env)).$context
    return (await passwords.verify({ hash, password })) || null
  })

/** The session as an answer, with its cookie. */
export async function welcome(c: Asked, { token, cookies }: { token: string; cookies: string[] }, status: 200 | 201): Promise<Response> {
  const signedIn = await bySession(c.var.db, token, Date.now())
  if (!signedIn) throw new Problem('unauthenticated', 'The session ended before it began. Sign in again.')
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true })
  c.header('cache-control', 'no-store')
  return c.json(sessionBody(signedIn, onlyRole(signedIn)), status)
}

export const onlyRole = ({ teams }: SignedIn) => (teams.length === 1 ? teams[0]!.role : null)

/** The cookie that makes a browser forget its session. */
export function farewell({ TOCSIN_URL }: Env): string {
  const { name, secure } = cookiesOf(TOCSIN_URL)
  return `${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
}

/** The open invitation behind a link, or 410. */
export async function invitationOf(c: Asked, link: string): Promise<OpenInvitation> {
  const id = await invitationIn(ring(c.env.SECRET_KEYS), link)
  const found = id && (await openInvitation(c.var.db, id, Date.now()))
  if (!found) throw new Problem('gone', 'This invitation was used, withdrawn or is too old. Ask whoever sent it for another one.')
  return found
}
