import type { ClickHouse, TableName } from '../shared/warehouse/insert.ts'
import type { Env } from './env.ts'
import { stubs } from './stubs.ts'

/**
 * Hands `count` rows of NDJSON to the way to ClickHouse. When this returns they are on disk and will arrive, once each;
 * a full spool throws `degraded` with `retryAfter`, and the caller still holds its rows. Times are RFC 3339 strings.
 */
export async function sendRows(env: Env, table: TableName, ndjson: string, count: number): Promise<void> {
  if (env.TRANSPORT !== 'spool') throw new Error(`TRANSPORT is ${env.TRANSPORT}; this release knows only spool`)
  await stubs.spool(table).accept({ table, ndjson, count })
}

/** ClickHouse as the settings name it. */
export const clickhouseOf = (env: Env): ClickHouse => ({
  url: env.CLICKHOUSE_URL,
  user: env.CLICKHOUSE_USER,
  password: env.CLICKHOUSE_PASSWORD ?? '',
})
