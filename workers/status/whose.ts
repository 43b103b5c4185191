import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { isDomain, isSubdomain } from '../../shared/status-pages/address.ts'
import { type Found, findPage } from '../../shared/status-pages/store.ts'
import { soon } from './soon.ts'

/** Whose page a request asks for and which part of it. `name` is how the page is found, `root` its address without the last slash. */
export type Asked = { name: { subdomain: string } | { domain: string }; base: string; root: string; path: string }

/** By host, then by `/s/<subdomain>`; null when the address names no page. */
export function askedFor(url: URL, env: Pick<Env, 'TOCSIN_URL' | 'STATUS_DOMAIN'>): Asked | null {
  const own = new URL(env.TOCSIN_URL)
  const under = url.pathname.match(/^\/s\/([^/]+)(\/.*)?$/)
  const suffix = `.${env.STATUS_DOMAIN}`
  const atHost = { base: '', root: `${own.protocol}//${url.host}`, path: url.pathname }
  if (url.hostname.endsWith(suffix)) {
    const subdomain = url.hostname.slice(0, -suffix.length)
    return isSubdomain(subdomain) ? { name: { subdomain }, ...atHost } : null
  }
  if (under) {
    const subdomain = under[1]!.toLowerCase()
    return isSubdomain(subdomain)
      ? { name: { subdomain }, base: `/s/${subdomain}`, root: `${own.origin}/s/${subdomain}`, path: under[2] ?? '' }
      : null
  }
  return isDomain(url.hostname) ? { name: { domain: url.hostname }, ...atHost } : null
}

const LOOKED_UP_MS = 1000
const NAMES_MAX = 2000
const known = new Map<string, { found: Found | undefined; until: number }>()

/**
 * The page and its revision, remembered for a second per isolate: every view asks. So a change is seen within a second, and
 * D1 is asked once a second however many watch. Throws when D1 does not answer within two seconds.
 */
export async function lookUp(env: Env, { name }: Asked, at: number): Promise<Found | undefined> {
  const key = JSON.stringify(name)
  const hit = known.get(key)
  if (hit && hit.until > at) return hit.found
  const found = await soon(findPage(db(env.DB), name), 2000)
  if (known.size >= NAMES_MAX) known.clear()
  known.set(key, { found, until: at + LOOKED_UP_MS })
  return found
}
