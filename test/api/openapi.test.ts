import { expect, test } from 'vitest'
import { api } from '../../workers/api/index.ts'
import { aTeam } from '../given.ts'
import { differs, openapi } from '../openapi.ts'

/** Answers that are not JSON of ours: a socket, the document itself, HTML; and what has a dot in its path, which hono-openapi takes for a file. */
const without = new Set(['GET /.well-known/tocsin-receipts.json', 'GET /api/live', 'GET /api/logs/live-tail', 'GET /api/openapi.json'])

test('every registered route is in the document, with the shape of its answer', async () => {
  const doc = await openapi((await aTeam()).key)
  const routes = api.routes
    .filter((r) => r.method !== 'ALL')
    .map((r) => `${r.method} ${r.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}').replace(/(.)\/$/, '$1')}`)
  const documented = Object.entries(doc.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m.toUpperCase()} ${path.replace(/(.)\/$/, '$1')}`),
  )
  expect([...new Set(routes)].filter((r) => !documented.includes(r) && !without.has(r))).toEqual([])
})

test('an answer that differs from the document is found', async () => {
  const doc = await openapi((await aTeam()).key)
  const good = {
    status: 'ok',
    version: '1',
    parts: { database: 'up', clickhouse: 'up', paging: 'up', checks: 'up' },
    outbox_age_ms: 0,
    oldest_unsent_page_ms: 0,
    measured_at: null,
    shard_lag_ms: null,
    checks_late: null,
    checks_lost_24h: null,
    spool_rows: null,
    spool_oldest_ms: null,
  }
  const check = (body: unknown, status = 200) => differs(doc, 'GET', '/api/health', status, 'application/json', body)
  expect(check({ ...good, parts: { ...good.parts, database: 'ill' } })).toContain('parts.database is none of')
  expect(check({})).toContain('missing')
  expect(check(good, 204)).toContain('answered 204')
})
