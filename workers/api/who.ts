import { and, eq, isNull } from 'drizzle-orm'
import { createMiddleware } from 'hono/factory'
import type { Env } from '../../durable-objects/env.ts'
import { demo } from '../../shared/auth/demo.ts'
import { scopesAllow } from '../../shared/auth/permissions.ts'
import { apiKey } from '../../shared/auth/table.ts'
import { db } from '../../shared/db.ts'
import { hashToken, isToken, newId } from '../../shared/ids.ts'
import { Problem } from '../../shared/problem.ts'
import type { Door } from './door.ts'

/** Gives every request of this door its database and its id. */
export const arrived = createMiddleware<Door>(async (c, next) => {
  c.set('requestId', newId())
  c.set('db', db(c.env.DB))
  await next()
  c.header('x-request-id', c.var.requestId)
})

/** Resolves the credential to a team, an actor and what it may do; nothing behind it runs for strangers. DESIGN §6. */
export const whoIsAsking = createMiddleware<Door>(async (c, next) => {
  const bearer = c.req.header('authorization')?.match(/^Bearer (\S+)$/i)?.[1]
  if (bearer && (await isFixedToken(c.env, bearer))) {
    c.set('team', demo.team)
    c.set('actor', { type: 'user', id: demo.owner, name: 'TOCSIN_TOKEN' })
    c.set('user', demo.owner)
    c.set('may', () => true)
    return next()
  }
  if (!bearer || !isToken('toc', bearer)) throw new Problem('unauthenticated', 'Sign in, or send an API key as a Bearer token.')
  const [key] = await c.var.db
    .select()
    .from(apiKey)
    .where(and(eq(apiKey.hash, await hashToken(bearer)), isNull(apiKey.deleted_at)))
  if (!key) throw new Problem('unauthenticated', 'This API key is not known. Make a new one under Settings, API keys.')
  c.set('team', key.team)
  c.set('actor', { type: 'key', id: key.id, name: key.name })
  c.set('user', null)
  c.set('may', (permission) => scopesAllow(key.scopes, permission))
  await next()
})

/** Compared in constant time: by digests of equal length. */
async function isFixedToken(env: Pick<Env, 'TOCSIN_TOKEN'>, bearer: string): Promise<boolean> {
  if (!env.TOCSIN_TOKEN || env.TOCSIN_TOKEN.length < 32) return false
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  const [ours, theirs] = await Promise.all([digest(env.TOCSIN_TOKEN), digest(bearer)])
  return crypto.subtle.timingSafeEqual(ours, theirs)
}
