import { exports, env as workerEnv } from 'cloudflare:workers'
import type { Env } from '../durable-objects/env.ts'
import { cookiesOf } from '../shared/auth/cookie.ts'
import { type Role, roles } from '../shared/auth/permissions.ts'
import { apiKey, member, organization, session, user } from '../shared/auth/table.ts'
import { db } from '../shared/db.ts'
import { hashToken, newId, newToken } from '../shared/ids.ts'
import { ring, secretFor } from '../shared/seal.ts'
import { differs, openapi } from './openapi.ts'

export const env = workerEnv as unknown as Env
export const base = 'http://localhost'

/** The Worker itself, as the network reaches it. */
export const call = (path: string, init?: RequestInit): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(new Request(base + path, init))

/** A fresh team with an owner and an API key that may do everything (or what `scopes` says). */
export async function aTeam(options: { name?: string; scopes?: string[]; role?: Role } = {}) {
  const at = new Date()
  const [team, person, membership, keyId] = [newId(), newId(), newId(), newId()]
  const key = newToken('toc')
  const database = db(env.DB)
  const email = `owner-${person}@example.com`
  await database.batch([
    database.insert(organization).values({ id: team, name: options.name ?? 'Kestrel', slug: team, createdAt: at }),
    database.insert(user).values({ id: person, name: 'Ines Okafor', email, emailVerified: true, createdAt: at, updatedAt: at }),
    database.insert(member).values({ id: membership, organizationId: team, userId: person, role: options.role ?? roles[0], createdAt: at }),
    database.insert(apiKey).values({
      id: keyId,
      team,
      name: 'test',
      hash: await hashToken(key),
      tail: key.slice(-4),
      scopes: options.scopes ?? ['*'],
      created_by: person,
      created_at: at.getTime(),
    }),
  ])
  /** One API call as this team; the parsed body (null when empty) beside the status. An answer that differs from the OpenAPI document fails the test. */
  const api = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: any; headers: Headers }> => {
    const r = await call(path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await r.text()
    const type = r.headers.get('content-type') ?? ''
    const answer = /json/.test(type) && text ? JSON.parse(text) : text || null
    const why = differs(await openapi(key), method, path, r.status, type, answer)
    if (why) throw new Error(`The answer differs from /api/openapi.json: ${why}`)
    return { status: r.status, body: answer, headers: r.headers }
  }
  return { team, person, email, key, api }
}

/** Headers of a browser in which this person is signed in, on a page of ours. */
export async function signedIn(
  person: string,
  options: { origin?: string | null; expiresAt?: Date } = {},
): Promise<Record<string, string>> {
  const [token, at] = [newId(), new Date()]
  const expiresAt = options.expiresAt ?? new Date(at.getTime() + 30 * 86_400_000)
  await db(env.DB).insert(session).values({ id: newId(), token, userId: person, expiresAt, createdAt: at, updatedAt: at })
  const secret = new TextEncoder().encode(await secretFor(ring(env.SECRET_KEYS), 'session-cookie'))
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(token)))
  const cookie = `${cookiesOf(env.TOCSIN_URL).name}=${encodeURIComponent(`${token}.${btoa(String.fromCharCode(...mac))}`)}`
  const origin = options.origin === undefined ? base : options.origin
  return { cookie, ...(origin ? { origin } : {}) }
}
