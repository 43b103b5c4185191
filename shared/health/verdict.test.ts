import { expect, test } from 'vitest'
import { type Found, healthOf } from './verdict.ts'

const at = 1_700_000_000_000
const well: Found = { outboxAge: 0, oldestUnsent: 0, clickhouse: 'up', gauges: { shard_lag_ms: 20, checks_lost_24h: 0 }, measuredAt: at }
const f = (more: Partial<Found>, expected: [string, Partial<ReturnType<typeof healthOf>['parts']>]) => {
  const { status, parts } = healthOf({ ...well, ...more }, at)
  expect([status, parts]).toEqual([expected[0], { database: 'up', clickhouse: 'up', paging: 'up', checks: 'up', ...expected[1] }])
}

test('down when pages wait over a minute or the database is silent; without ClickHouse only history is late', () => {
  f({}, ['ok', {}])
  f({ oldestUnsent: 60_000 }, ['ok', {}])
  f({ oldestUnsent: 60_001 }, ['down', { paging: 'down' }])
  f({ outboxAge: null }, ['down', { database: 'down' }])
  f({ clickhouse: 'down' }, ['degraded', { clickhouse: 'down' }])
})

test('checks that begin over five seconds late, and gauges nobody took for three minutes, are told', () => {
  f({ gauges: { shard_lag_ms: 5001 } }, ['degraded', { checks: 'degraded' }])
  f({ measuredAt: at - 180_001 }, ['degraded', { checks: 'degraded' }])
  f({ measuredAt: null, gauges: {} }, ['ok', {}])
})

test('a lost check is said, and is no reason to fetch anybody', () => {
  f({ gauges: { checks_lost_24h: 3 } }, ['ok', { checks: 'degraded' }])
})
