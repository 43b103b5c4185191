/** Where ClickHouse is, and as whom we speak to it. */
export type ClickHouse = { url: string; user: string; password: string }

/** Everything that may be inserted into. A later noun adds its table here and in clickhouse-migrations/. */
export const tables = {
  checks: 'tocsin.checks',
  monitor_states: 'tocsin.monitor_states',
  logs: 'tocsin.logs',
  spans: 'tocsin.spans',
  series: 'tocsin.series',
  samples: 'tocsin.samples_in',
  histograms: 'tocsin.histograms',
  exemplars: 'tocsin.exemplars',
  derived_points: 'tocsin.derived_points',
  metric_metadata: 'tocsin.metric_metadata',
  alert_transitions: 'tocsin.alert_transitions',
  usage: 'tocsin.usage',
} as const satisfies Record<string, string>
export type TableName = keyof typeof tables
export const isTable = (name: string): name is TableName => Object.hasOwn(tables, name)

/**
 * `ok`: the rows are in ClickHouse. `retry`: nothing is known; send the same rows under the same token again.
 * `rejected`: ClickHouse read the rows and refuses them, whenever they come. `why` holds nothing of the rows: it is logged.
 */
export type Inserted = { outcome: 'ok' } | { outcome: 'retry' | 'rejected'; why: string }

/** ClickHouse's codes for "these rows cannot be read as this table's". Everything else may pass: it is down, busy, or not migrated yet. */
const UNREADABLE = new Set([
  6, 25, 26, 27, 33, 38, 41, 43, 53, 69, 70, 72, 117, 130, 131, 349, 376, 441, 467, 675, 676, 691,
]) // biome-ignore format: a table

const TIMEOUT_MS = 30_000

/**
 * The one way in. `body` is NDJSON in JSONEachRow's reading; times are RFC 3339 strings (a fractional number is refused by
 * ClickHouse). The same rows under the same `token` are stored once, whatever happened to the first try: one synchronous
 * INSERT, because only those deduplicate by token for certain. Never throws.
 */
export const insert = (ch: ClickHouse, table: TableName, body: BodyInit, token: string): Promise<Inserted> =>
  post(ch, table, body, { async_insert: '0', insert_deduplicate: '1', insert_deduplication_token: token })

/**
 * The same for a small body that comes beside others: ClickHouse gathers them for a moment and writes one block, and this returns
 * when that is written. Each keeps its own token, in whatever company it comes again.
 */
export const insertTogether = (ch: ClickHouse, table: TableName, body: BodyInit, token: string): Promise<Inserted> =>
  post(ch, table, body, {
    async_insert: '1',
    wait_for_async_insert: '1',
    async_insert_deduplicate: '1',
    // five parts a second at most, however many consumers there are
    async_insert_use_adaptive_busy_timeout: '0',
    async_insert_busy_timeout_max_ms: '200',
    insert_deduplicate: '1',
    insert_deduplication_token: token,
  })

async function post({ url, user, password }: ClickHouse, table: TableName, body: BodyInit, how: Record<string, string>): Promise<Inserted> {
  const query = new URLSearchParams({
    query: `INSERT INTO ${tables[table]} FORMAT JSONEachRow`,
    ...how,
    // what a view unpacks is stored once too
    deduplicate_blocks_in_dependent_materialized_views: '1',
    date_time_input_format: 'best_effort',
    // cutting a body for several readers costs a tenth more, and one reader is faster where cores are few: 279,000 rows a second against 201,000
    input_format_parallel_parsing: '0',
    // rows of many days may come in one block; refusing it would hold up all behind it
    max_partitions_per_insert_block: '0',
  })
  try {
    const answer = await fetch(`${url}/?${query}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password, 'content-type': 'application/x-ndjson' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await answer.text()
    if (answer.ok) return { outcome: 'ok' }
    const code = Number(answer.headers.get('x-clickhouse-exception-code') ?? text.match(/^Code: (\d+)/)?.[1] ?? 0)
    // the sentence quotes the rows; the name of the error does not
    const name = text.match(/\(([A-Z][A-Z0-9_]{3,})\)[^(]*(?:\(version|$)/)?.[1] ?? ''
    return { outcome: UNREADABLE.has(code) ? 'rejected' : 'retry', why: `${answer.status}, code ${code} ${name}` }
  } catch (e) {
    return { outcome: 'retry', why: String((e as Error)?.message ?? e) }
  }
}
