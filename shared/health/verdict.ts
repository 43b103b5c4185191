import { MINUTE, SECOND } from '../time.ts'
import type { GaugeName } from './names.ts'
import type { Health } from './schema.ts'

/** A page that should have left this long ago means that people are not told: nobody may think all is well. */
const UNSENT_MS_MAX = MINUTE
/** Checks that wait longer than this begin late. The wheel's steps and a busy second stay under it. */
const LAG_MS_MAX = 5 * SECOND
/** Gauges are taken once a minute; older ones say that nobody looks. */
const STALE_MS = 3 * MINUTE

/** What was found; null where the question was not answered. Durations in ms, `measuredAt` in epoch ms. */
export type Found = {
  outboxAge: number | null
  oldestUnsent: number | null
  clickhouse: Health['parts']['clickhouse']
  gauges: Partial<Record<GaugeName, number>>
  measuredAt: number | null
}

/** How we are. Down: pages do not leave, or the database does not answer; everything else only makes something late. DESIGN §8. */
export function healthOf(found: Found, at: number): Pick<Health, 'status' | 'parts'> {
  const { gauges: g, measuredAt } = found
  const database = found.outboxAge === null || found.oldestUnsent === null ? ('down' as const) : ('up' as const)
  const paging = (found.oldestUnsent ?? 0) > UNSENT_MS_MAX ? ('down' as const) : ('up' as const)
  const stale = measuredAt !== null && at - measuredAt > STALE_MS
  const late = (g.shard_lag_ms ?? 0) > LAG_MS_MAX || (g.checks_lost_24h ?? 0) > 0
  const parts = { database, clickhouse: found.clickhouse, paging, checks: stale || late ? ('degraded' as const) : ('up' as const) }
  if (database === 'down' || paging === 'down') return { status: 'down', parts }
  return { status: parts.clickhouse === 'up' && !stale && (g.shard_lag_ms ?? 0) <= LAG_MS_MAX ? 'ok' : 'degraded', parts }
}
