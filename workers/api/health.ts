import * as z from 'zod'
import { oldestUnsentPage } from '../../shared/incidents/store.ts'
import { outboxAge } from '../../shared/outbox.ts'
import { door, says } from './door.ts'

/** A page that should have left this long ago means that people are not told: nobody may think all is well. */
const UNSENT_MS_MAX = 60_000

const Part = z.enum(['up', 'degraded', 'down'])
const Health = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    parts: z.object({ database: Part, clickhouse: Part, paging: Part }),
    outbox_age_ms: z.number(),
    oldest_unsent_page_ms: z.number(),
  })
  .meta({ id: 'Health' })

/**
 * `GET /api/health`: for load balancers and strangers; no credentials, wakes no object. 503 when pages do not leave or the database does
 * not answer; without ClickHouse only history is missing.
 */
export const health = door().get('/', says('What is up and what is degraded', Health), async (c) => {
  const at = Date.now()
  const [outbox, unsent, clickhouse] = await Promise.all([
    outboxAge(c.var.db, at).catch(() => null),
    oldestUnsentPage(c.var.db, at).catch(() => null),
    fetch(`${c.env.CLICKHOUSE_URL}/ping`, { signal: AbortSignal.timeout(2000) }).then(
      (r) => (r.ok ? ('up' as const) : ('degraded' as const)),
      () => 'down' as const,
    ),
  ])
  const database = outbox === null || unsent === null ? ('down' as const) : ('up' as const)
  const paging = (unsent ?? 0) > UNSENT_MS_MAX ? ('down' as const) : ('up' as const)
  const down = database === 'down' || paging === 'down'
  const status = down ? ('down' as const) : clickhouse === 'up' ? ('ok' as const) : ('degraded' as const)
  const body = {
    status,
    version: '0.1.0',
    parts: { database, clickhouse, paging },
    outbox_age_ms: outbox ?? 0,
    oldest_unsent_page_ms: unsent ?? 0,
  }
  return c.json(body, down ? 503 : 200)
})
