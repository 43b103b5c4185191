import * as z from 'zod'
import { outboxAge } from '../../shared/outbox.ts'
import { door, says } from './door.ts'

const Part = z.enum(['up', 'degraded', 'down'])
const Health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    parts: z.object({ database: Part, clickhouse: Part }),
    outbox_age_ms: z.number(),
  })
  .meta({ id: 'Health' })

/** `GET /api/health`: for load balancers and strangers; no credentials, wakes no object. */
export const health = door().get('/', says('What is up and what is degraded', Health), async (c) => {
  const [database, clickhouse] = await Promise.all([
    outboxAge(c.var.db, Date.now()).then(
      (age) => ({ part: 'up' as const, age }),
      () => ({ part: 'down' as const, age: 0 }),
    ),
    fetch(`${c.env.CLICKHOUSE_URL}/ping`, { signal: AbortSignal.timeout(2000) }).then(
      (r) => (r.ok ? ('up' as const) : ('degraded' as const)),
      () => 'down' as const,
    ),
  ])
  const ok = database.part === 'up' && clickhouse === 'up'
  return c.json({
    status: ok ? 'ok' : 'degraded',
    version: '0.1.0',
    parts: { database: database.part, clickhouse },
    outbox_age_ms: database.age,
  })
})
