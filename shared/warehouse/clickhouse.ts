import { ClickHouseError, createClient } from '@clickhouse/client-web'
import { Problem } from '../problem.ts'
import type { ClickHouse } from './insert.ts'

export type Limits = { timeoutMs?: number; maxRows?: number }

/**
 * Reading from ClickHouse. Values reach SQL only as typed parameters (`{team:UUID}` with `params.team`), never as text.
 */
export type Warehouse = {
  /**
   * Rows as JSON objects: 64-bit integers as numbers, times as RFC 3339 in UTC. More than `maxRows` (10,000) is `too-large`;
   * unreachable, overloaded or slower than `timeoutMs` (10 s) is `degraded`. Wrong SQL is a bug and is thrown as it comes.
   */
  rows<T>(sql: string, params?: Record<string, unknown>, limits?: Limits): Promise<T[]>
  /** True when it answers within two seconds. */
  ping(): Promise<boolean>
}

/** Codes of a ClickHouse that is up but cannot serve this now: too slow, out of memory, too many queries, shutting down. */
const BUSY = new Set(['159', '160', '202', '203', '209', '210', '236', '241', '279', '290', '394', '425', '439', '745'])
const TOO_MANY_ROWS = new Set(['158', '396'])

export function clickhouse({ url, user, password }: ClickHouse): Warehouse {
  const client = createClient({
    url,
    username: user,
    password,
    compression: { response: true },
    clickhouse_settings: { date_time_output_format: 'iso', output_format_json_quote_64bit_integers: 0 },
  })
  return {
    async rows<T>(sql: string, params: Record<string, unknown> = {}, { timeoutMs = 10_000, maxRows = 10_000 }: Limits = {}) {
      try {
        const result = await client.query({
          query: sql,
          format: 'JSONEachRow',
          query_params: params,
          // the server stops by itself; the signal is for a server that does not answer at all
          abort_signal: AbortSignal.timeout(timeoutMs + 500),
          clickhouse_settings: {
            max_execution_time: timeoutMs / 1000,
            max_result_rows: String(maxRows),
            result_overflow_mode: 'throw',
          },
        })
        return await result.json<T>()
      } catch (e) {
        throw problemOf(e, maxRows)
      }
    },
    ping: () =>
      fetch(`${url}/ping`, { signal: AbortSignal.timeout(2000) }).then(
        (answer) => answer.ok,
        () => false,
      ),
  }
}

function problemOf(e: unknown, maxRows: number): unknown {
  if (e instanceof ClickHouseError) {
    if (TOO_MANY_ROWS.has(e.code)) return new Problem('too-large', `The answer has more than ${maxRows} rows. Ask for less time at once.`)
    if (!BUSY.has(e.code)) return e
  }
  return new Problem('degraded', 'History is temporarily unavailable. Try again in a moment.', { cause: e, retryAfter: 5 })
}
