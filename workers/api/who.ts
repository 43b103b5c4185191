import { createMiddleware } from 'hono/factory'
import type { Env } from '../../durable-objects/env.ts'
import { cookiesOf, isOurOrigin, sessionToken } from '../../shared/auth/cookie.ts'
import {
  allowance,
  byKey,
  byPerson,
  bySession,
  type KeyInForce,
  keyUsed,
  type Membership,
  type SignedIn,
  sessionUsed,
} from '../../shared/auth/credentials.ts'
import { demo } from '../../shared/auth/demo.ts'
import { Remembered } from '../../shared/auth/remembered.ts'
import { db } from '../../shared/db.ts'
import { hashToken, isToken, newId } from '../../shared/ids.ts'
import { Problem } from '../../shared/problem.ts'
import { ring, secretFor } from '../../shared/seal.ts'
import { MINUTE, SECOND } from '../../shared/time.ts'
import type { Asked, Door } from './door.ts'

/** Gives every request of this door its database and its id. */
export const arrived = createMiddleware<Door>(async (c, next) => {
  c.set('requestId', newId())
  c.set('db', db(c.env.DB))
  await next()
  c.header('x-request-id', c.var.requestId)
})

/** Resolves the credential to a team, an actor and what it may do; nothing behind it runs for strangers. DESIGN §6. */
export const whoIsAsking = createMiddleware<Door>(async (c, next) => {
  const bearer = bearerOf(c)
  if (bearer && !(await isFixedToken(c.env, bearer))) {
    const key = await keyOf(c, bearer)
    const named = teamNamed(c)
    if (named && named !== key.team.id) throw new Problem('forbidden', 'This key belongs to another team. Leave out X-Team.')
    enter(c, key.team, { actor: { type: 'key', id: key.id, name: key.name }, user: null, person: key.maker, scopes: key.scopes })
  } else {
    const signedIn = await signedInOf(c, bearer)
    const { id, name } = signedIn.person
    enter(c, teamOf(signedIn, bearer ? demo.team : teamNamed(c)), { actor: { type: 'user', id, name }, user: id, person: id, scopes: null })
  }
  await next()
})

/** For what belongs to a person and not to a team: their session, profile, teams. A key is no person. */
export const person = createMiddleware<Door>(async (c, next) => {
  const bearer = bearerOf(c)
  if (bearer && !(await isFixedToken(c.env, bearer))) {
    await keyOf(c, bearer)
    throw new Problem('forbidden', 'An API key is nobody’s session. Sign in to ask for this.')
  }
  c.set('signedIn', await signedInOf(c, bearer))
  await next()
})

type Entered = Pick<Door['Variables'], 'actor' | 'user' | 'person'> & { scopes: string[] | null }

function enter(c: Asked, team: Membership, { actor, user, person, scopes }: Entered): void {
  c.set('team', team.id)
  c.set('role', team.role)
  c.set('actor', actor)
  c.set('user', user)
  c.set('person', person)
  c.set('may', allowance(team.role, scopes))
}

/** The team this person asks in. WIRE "Teams, members, keys". A team that is not theirs and one that does not exist look the same. */
export function teamOf({ teams }: SignedIn, named: string | null): Membership {
  if (named) {
    const found = teams.find((t) => t.id === named.toLowerCase())
    if (!found) throw new Problem('forbidden', 'You are not in the team that X-Team names. GET /api/auth/teams lists yours.')
    return found
  }
  if (teams.length > 1) throw new Problem('team-required', 'You are in several teams. Say which one in the header X-Team.')
  if (!teams[0]) throw new Problem('forbidden', 'You are in no team. Create one, or ask for an invitation.')
  return teams[0]
}

export const teamNamed = (c: Asked): string | null =>
  c.req.header('x-team') || (c.req.header('upgrade') ? (c.req.query('team') ?? null) : null) || null

const bearerOf = (c: Asked): string | null => {
  const header = c.req.header('authorization')
  if (header === undefined) return null
  const bearer = header.match(/^Bearer (\S{1,500})$/i)?.[1] ?? (c.req.path.startsWith('/prometheus/') ? basicPassword(header) : undefined)
  if (!bearer) throw new Problem('unauthenticated', 'Send an API key as "Authorization: Bearer <key>".')
  return bearer
}

/** Those who speak Prometheus' API often know Basic only: any user, the key as the password. */
function basicPassword(header: string): string | undefined {
  const encoded = header.match(/^Basic ([A-Za-z0-9+/=]{1,2000})$/i)?.[1]
  try {
    return encoded && atob(encoded).match(/^[^:]*:(\S{1,500})$/)?.[1]
  } catch {
    return undefined
  }
}

async function signedInOf(c: Asked, fixedToken: string | null): Promise<SignedIn> {
  const at = Date.now()
  if (fixedToken) {
    const owner = await byPerson(c.var.db, demo.owner)
    if (!owner) throw new Problem('unauthenticated', 'The owner that TOCSIN_TOKEN stands for no longer exists.')
    return owner
  }
  const token = await sessionToken(c.req.header('cookie'), cookiesOf(c.env.TOCSIN_URL), await cookieSecret(c.env))
  const found = token && (await bySession(c.var.db, token, at))
  if (!found) throw new Problem('unauthenticated', 'Sign in, or send an API key as a Bearer token.')
  mustComeFromUs(c)
  const { session } = found
  if (session && session.usedAt < at - 5 * MINUTE) c.executionCtx.waitUntil(sessionUsed(c.var.db, session.id, at))
  return found
}

/** A browser adds the cookie whoever wrote the page: what changes something, and a socket, must come from a page of ours. */
function mustComeFromUs(c: Asked): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && !c.req.header('upgrade')) return
  if (!isOurOrigin(c.req.header('origin') ?? '', c.env.TOCSIN_URL))
    throw new Problem('forbidden', 'This came with a cookie but not from a page of this installation. Use an API key instead.')
}

const KEYS_MAX = 10_000
const KEY_LIFE = 10 * SECOND
/** Per isolate: a hash → the key, or null for one that is unknown. */
const keys = new Remembered<KeyInForce | null>(KEYS_MAX)
/** A key was deleted here: this isolate forgets at once, others within ten seconds. */
export const forgetKeys = () => keys.forget()

async function keyOf(c: Asked, bearer: string): Promise<KeyInForce> {
  if (!isToken('toc', bearer)) throw new Problem('unauthenticated', 'This is not a key of ours: it begins with toc_ and its checksum fits.')
  const at = Date.now()
  const hash = await hashToken(bearer)
  let key = keys.get(hash, at)
  if (key === undefined) {
    key = await byKey(c.var.db, hash, at)
    keys.set(hash, key, at + KEY_LIFE)
  }
  if (!key || (key.expiresAt !== null && key.expiresAt <= at))
    throw new Problem('unauthenticated', 'This API key is not known, or no longer. Make a new one under Settings, API keys.')
  if (key.usedAt < at - MINUTE) {
    key.usedAt = at
    c.executionCtx.waitUntil(keyUsed(c.var.db, key.team.id, key.id, at))
  }
  return key
}

/** Compared in constant time: by digests of equal length. */
async function isFixedToken(env: Pick<Env, 'TOCSIN_TOKEN'>, bearer: string): Promise<boolean> {
  if (!env.TOCSIN_TOKEN || env.TOCSIN_TOKEN.length < 32) return false
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const [ours, theirs] = await Promise.all([digest(env.TOCSIN_TOKEN), digest(bearer)])
  return crypto.subtle.timingSafeEqual(ours, theirs)
}

const secrets = new Map<string, Promise<string>>()
/** Signs session cookies. Another first key in SECRET_KEYS signs everybody out. */
export function cookieSecret({ SECRET_KEYS }: Pick<Env, 'SECRET_KEYS'>): Promise<string> {
  let found = secrets.get(SECRET_KEYS)
  if (!found) {
    found = secretFor(ring(SECRET_KEYS), 'session-cookie')
    secrets.set(SECRET_KEYS, found)
  }
  return found
}
