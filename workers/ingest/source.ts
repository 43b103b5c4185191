import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { isToken } from '../../shared/ids.ts'
import { sourceOfToken } from '../../shared/logs/store.ts'

/** What the doors know of a source: enough to make rows, never its token. */
export type Source = { id: string; team: string; retentionDays: number; metricsRetentionDays: number; paused: boolean; vrl: string }

const KNOWN_MS = 60_000
const UNKNOWN_MS = 10_000
const CACHE_MAX = 10_000

/** Per isolate; a revoked token stops within KNOWN_MS. Bounded: the oldest entry goes first. */
const cache = new Map<string, { source: Source | null; until: number }>()

/** The source of a token, or null. A token whose checksum is wrong costs no look-up. */
export async function sourceOf(env: Env, token: string, at: number): Promise<Source | null> {
  if (!isToken('src', token)) return null
  const found = cache.get(token)
  if (found && found.until > at) return found.source
  const row = await sourceOfToken(db(env.DB), token)
  const source = row
    ? {
        id: row.id,
        team: row.team,
        retentionDays: row.retention_days,
        metricsRetentionDays: row.metrics_retention_days,
        paused: row.ingesting_paused,
        vrl: row.vrl_pipeline,
      }
    : null
  cache.delete(token)
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value!)
  cache.set(token, { source, until: at + (source ? KNOWN_MS : UNKNOWN_MS) })
  return source
}

/** Where clients put the token: Bearer, Basic (either half), other schemes of shippers (`ApiKey`, `Splunk`, `Token`), headers, the query. */
export function tokenOf(request: Request, url: URL): string {
  const authorization = request.headers.get('authorization') ?? ''
  const [scheme = '', credentials = ''] = authorization.split(/\s+/, 2)
  if (/^basic$/i.test(scheme)) return basic(credentials)
  // Elasticsearch's ApiKey is base64 of id:key; a bare token is accepted too
  if (/^apikey$/i.test(scheme)) return isToken('src', credentials) ? credentials : basic(credentials)
  if (credentials) return credentials
  return request.headers.get('x-api-key') ?? url.searchParams.get('source_token') ?? url.searchParams.get('token') ?? authorization
}

function basic(credentials: string): string {
  try {
    const [user = '', password = ''] = atob(credentials).split(':', 2)
    return isToken('src', password) ? password : user
  } catch {
    return ''
  }
}
