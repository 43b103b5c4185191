import { ClickHouseError, createClient, type ResponseJSON } from '@clickhouse/client-web'
import { Problem } from '../problem.ts'
import type { ClickHouse } from './insert.ts'

export type Limits = { timeoutMs?: number; maxRows?: number; maxBytes?: number }
/** What a query cost. */
export type Statistics = { rows_read: number; bytes_read: number; elapsed_ms: number }

/**
 * Reading from ClickHouse. Values reach SQL only as typed parameters (`{team:UUID}` with `params.team`), never as text.
 */
export type Warehouse = {
  /**
   * Rows as JSON objects: 64-bit integers as numbers, times as RFC 3339 in UTC. More than `maxRows` (10,000) is `too-large`;
   * unreachable, overloaded or slower than `timeoutMs` (10 s) is `degraded`. Wrong SQL is a bug and is thrown as it comes.
   */
  rows<T>(sql: string, params?: Record<string, unknown>, limits?: Limits): Promise<T[]>
  /** The same, and what it cost. */
  answer<T>(sql: string, params?: Record<string, unknown>, limits?: Limits): Promise<{ rows: T[]; statistics: Statistics }>
  /** The answer as it comes, in the FORMAT the SQL names, not compressed: gzip costs more than a near network does. */
  bytes(sql: string, params?: Record<string, unknown>, limits?: Pick<Limits, 'timeoutMs'>): Promise<ReadableStream<Uint8Array>>
  /** True when it answers within two seconds. */
  ping(): Promise<boolean>
}

/** Codes of a ClickHouse that is up but cannot serve this now: too slow, out of memory, too many queries, shutting down. */
const BUSY = new Set(['159', '160', '202', '203', '209', '210', '236', '241', '279', '290', '394', '425', '439', '745'])
const TOO_MANY_ROWS = new Set(['158', '396'])

/** A run that its team may cancel: every query it makes is named so that `cancelTenantQuery` (guard.ts) finds it. `id` is a UUID. */
export type Named = { team: string; id: string }
const CANCELLED = '394'

export function clickhouse({ url, user, password }: ClickHouse, named?: Named): Warehouse {
  let asked = 0
  const name = () => (named ? { query_id: `${named.team}~~${++asked}~${named.id}` } : {})
  const client = createClient({
    url,
    username: user,
    password,
    compression: { response: true },
    clickhouse_settings: { date_time_output_format: 'iso', output_format_json_quote_64bit_integers: 0 },
  })
  const ask = async <F extends 'JSON' | 'JSONEachRow', A>(
    format: F,
    sql: string,
    params: Record<string, unknown> = {},
    { timeoutMs = 10_000, maxRows = 10_000, maxBytes = 100_000_000 }: Limits = {},
  ): Promise<A> => {
    try {
      const result = await client.query({
        query: sql,
        format,
        query_params: params,
        ...name(),
        // the server stops by itself; the signal is for a server that does not answer at all
        abort_signal: AbortSignal.timeout(timeoutMs + 500),
        clickhouse_settings: {
          max_execution_time: timeoutMs / 1000,
          max_result_rows: String(maxRows),
          max_result_bytes: String(maxBytes),
          result_overflow_mode: 'throw',
        },
      })
      return (await result.json()) as A
    } catch (e) {
      throw problemOf(e, maxRows, named)
    }
  }
  const plain = createClient({ url, username: user, password })
  return {
    async bytes(sql, params = {}, { timeoutMs = 10_000 } = {}) {
      try {
        const { stream } = await plain.exec({
          query: sql,
          query_params: params,
          ...name(),
          abort_signal: AbortSignal.timeout(timeoutMs + 500),
          clickhouse_settings: { max_execution_time: timeoutMs / 1000, enable_http_compression: 0 },
        })
        return stream
      } catch (e) {
        throw problemOf(e, 0, named)
      }
    },
    rows: <T>(sql: string, params?: Record<string, unknown>, limits?: Limits) =>
      ask<'JSONEachRow', T[]>('JSONEachRow', sql, params, limits),
    async answer<T>(sql: string, params?: Record<string, unknown>, limits?: Limits) {
      const { data, statistics } = await ask<'JSON', ResponseJSON<T>>('JSON', sql, params, limits)
      const { rows_read = 0, bytes_read = 0, elapsed = 0 } = statistics ?? {}
      return { rows: data, statistics: { rows_read, bytes_read, elapsed_ms: Math.round(elapsed * 1e6) / 1e3 } }
    },
    ping: () =>
      fetch(`${url}/ping`, { signal: AbortSignal.timeout(2000) }).then(
        (answer) => answer.ok,
        () => false,
      ),
  }
}

function problemOf(e: unknown, maxRows: number, named: Named | undefined): unknown {
  if (e instanceof ClickHouseError) {
    if (named && e.code === CANCELLED) return new Problem('conflict', 'The query was cancelled.')
    if (TOO_MANY_ROWS.has(e.code))
      return new Problem('too-large', `The answer has more than ${maxRows} rows, or is too large. Ask for less at once.`)
    if (!BUSY.has(e.code)) return e
  }
  return new Problem('degraded', 'History is temporarily unavailable. Try again in a moment.', { cause: e, retryAfter: 5 })
}
