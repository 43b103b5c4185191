import { Health } from '../../shared/health/schema.ts'
import { readGauges } from '../../shared/health/store.ts'
import { healthOf } from '../../shared/health/verdict.ts'
import { oldestUnsentPage } from '../../shared/incidents/store.ts'
import { outboxAge } from '../../shared/outbox.ts'
import { isoOrNull } from '../../shared/time.ts'
import { door, says } from './door.ts'

/**
 * `GET /api/health`: for load balancers and strangers; no credentials, wakes no object: gauges are rows that the minute's cron wrote
 * (workers/gauges.ts). 503 when pages do not leave or the database does not answer; without ClickHouse only history is missing.
 */
export const health = door().get('/', says('What is up and what is degraded', Health), async (c) => {
  const at = Date.now()
  const [outbox, unsent, measured, clickhouse] = await Promise.all([
    outboxAge(c.var.db, at).catch(() => null),
    oldestUnsentPage(c.var.db, at).catch(() => null),
    readGauges(c.var.db).catch(() => null),
    fetch(`${c.env.CLICKHOUSE_URL}/ping`, { signal: AbortSignal.timeout(2000) }).then(
      (r) => (r.ok ? ('up' as const) : ('degraded' as const)),
      () => 'down' as const,
    ),
  ])
  const g = measured?.values ?? {}
  const measuredAt = measured?.at ?? null
  const { status, parts } = healthOf({ outboxAge: outbox, oldestUnsent: unsent, clickhouse, gauges: g, measuredAt }, at)
  const body = {
    status,
    version: '0.1.0',
    parts,
    outbox_age_ms: outbox ?? 0,
    oldest_unsent_page_ms: unsent ?? 0,
    measured_at: isoOrNull(measuredAt),
    shard_lag_ms: g.shard_lag_ms ?? null,
    checks_late: g.checks_late ?? null,
    checks_lost_24h: g.checks_lost_24h ?? null,
    spool_rows: g.spool_rows ?? null,
    spool_oldest_ms: g.spool_oldest_ms ?? null,
  }
  return c.json(body, status === 'down' ? 503 : 200)
})
