import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { isToken } from '../../shared/ids.ts'
import { pipelineOf } from '../../shared/logs/pipeline/store.ts'
import type { Pipeline } from '../../shared/logs/pipeline/transform.ts'
import { type BundleName, bundles, type Signal } from '../../shared/logs/plans.ts'
import { sourceOfToken } from '../../shared/logs/store.ts'
import { derivedRulesOf } from '../../shared/metrics/derived/store.ts'
import type { DerivedMetricRow } from '../../shared/metrics/derived/table.ts'

/** What the doors know of a source: enough to make rows, never its token. */
export type Source = {
  id: string
  team: string
  retentionDays: number
  metricsRetentionDays: number
  paused: boolean
  /** Programs that transform what it sends. */
  vrl: { logs: Pipeline | null; spans: Pipeline | null }
  /** Rules that make metrics of its lines. */
  derived: readonly DerivedMetricRow[]
  /** What it may send to this isolate; Infinity where QUOTAS is off. */
  bytesPerS: number
  /** Signals whose quota of this month is used up. */
  over: readonly Signal[]
}

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
        vrl: { logs: pipelineOf(row, 'logs'), spans: pipelineOf(row, 'spans') },
        derived: row.derived_metrics_enabled ? await derivedRulesOf(db(env.DB), row.team, row.id) : [],
        ...allowedBy(env, row),
      }
    : null
  cache.delete(token)
  if (cache.size >= CACHE_MAX) cache.delete(cache.keys().next().value!)
  cache.set(token, { source, until: at + (source ? KNOWN_MS : UNKNOWN_MS) })
  return source
}

const allowedBy = ({ QUOTAS }: Env, { bundle, over }: { bundle: BundleName | null; over: string | null }) =>
  QUOTAS === 'on'
    ? { bytesPerS: bundles[bundle ?? 'none'].bytesPerS, over: (over?.split(',') ?? []) as Signal[] }
    : { bytesPerS: Number.POSITIVE_INFINITY, over: [] }

/** After a change of a source: here it holds at once, elsewhere within KNOWN_MS. */
export function forgetSource(id: string): void {
  for (const [token, { source }] of cache) if (source?.id === id) cache.delete(token)
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
