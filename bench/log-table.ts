import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { query, startClickHouse } from '../local/clickhouse.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const ROWS = Number(process.env.ROWS ?? 1_000_000)
const BATCH = 10_000
const TRIES = 20

const head = `team UUID, source_id UUID, timestamp DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)), level LowCardinality(String), service LowCardinality(String),
  message String CODEC(ZSTD(1)), trace_id String CODEC(ZSTD(1)), span_id String CODEC(ZSTD(1))`
const wordsIndex = "INDEX words message TYPE text(tokenizer = 'splitByNonAlpha')"
const traceIndex = 'INDEX trace trace_id TYPE bloom_filter(0.01) GRANULARITY 1'
const tail = `${wordsIndex}, ${traceIndex})
  ENGINE = MergeTree PARTITION BY toYYYYMMDD(timestamp) ORDER BY (team, source_id, timestamp)`

type Candidate = {
  column: string
  get: (path: string) => string
  number: (path: string) => string
  /** Of the table as it would be without this. */
  change?: (ddl: string) => string
}
const map = {
  column: 'attributes Map(LowCardinality(String), String) CODEC(ZSTD(1))',
  get: (p: string) => `attributes['${p}']`,
  number: (p: string) => `toFloat64OrNull(attributes['${p}'])`,
}
/** Ways to keep what a record carries beside its message, and the one that was taken without each of its parts. */
const candidates: Record<string, Candidate> = {
  JSON: {
    column: 'attributes JSON(max_dynamic_paths = 256)',
    get: (p) => `attributes.${p}::String`,
    number: (p) => `toFloat64OrNull(attributes.${p}::String)`,
  },
  Map: map,
  'Map, no text index': { ...map, change: (ddl) => ddl.replace(`${wordsIndex}, `, '') },
  'Map, no bloom filter': { ...map, change: (ddl) => ddl.replace(`, ${traceIndex}`, '') },
  'Map, ZSTD(3)': { ...map, change: (ddl) => ddl.replaceAll('ZSTD(1)', 'ZSTD(3)') },
  'Map, LZ4': { ...map, change: (ddl) => ddl.replaceAll('ZSTD(1)', 'LZ4') },
}

const TEAM = '019a0000-0000-7000-8000-000000000001'
const source = (n: number) => `019a0000-0000-7000-8000-0000000000${10 + n}`
const START = Date.UTC(2026, 10, 22)
const words = [
  'checkout',
  'payment',
  'timeout',
  'retry',
  'cart',
  'session',
  'upstream',
  'refused',
  'slow',
  'cache',
  'miss',
  'hit',
  'user',
  'order',
  'shipped',
]

/** NDJSON of rows from..from+count: a day of 4 sources, deterministic. */
function body(from: number, count: number, isMap: boolean): string {
  const lines: string[] = []
  for (let i = from; i < from + count; i++) {
    const pick = (n: number, salt: number) => ((i * 2654435761 + salt * 40503) >>> 8) % n
    const at = new Date(START + Math.floor((i / ROWS) * 86_400_000)).toISOString()
    const flat = {
      'http.status': String([200, 200, 200, 404, 500][pick(5, 1)]),
      'http.path': `/api/v${pick(3, 2)}/${words[pick(15, 3)]}`,
      duration_ms: String(pick(4000, 4)),
      'user.id': `u${pick(50_000, 5)}`,
      region: ['eu', 'us', 'as'][pick(3, 6)]!,
    }
    const nested = {
      http: { status: Number(flat['http.status']), path: flat['http.path'] },
      duration_ms: Number(flat.duration_ms),
      user: { id: flat['user.id'] },
      region: flat.region,
    }
    const message = `${words[pick(15, 7)]} ${words[pick(15, 8)]} for order ${pick(1_000_000, 9)} took ${flat.duration_ms} ms${i % 99_991 === 0 ? ' needleword' : ''}`
    lines.push(
      JSON.stringify({
        team: TEAM,
        source_id: source(i % 4),
        timestamp: at,
        level: ['info', 'info', 'info', 'warn', 'error'][pick(5, 10)],
        service: `svc-${pick(12, 11)}`,
        message,
        trace_id: (i * 7919).toString(16).padStart(32, '0'),
        span_id: i.toString(16).padStart(16, '0'),
        attributes: isMap ? flat : nested,
      }),
    )
  }
  return lines.join('\n')
}

const queries = (c: Candidate): Record<string, string> => {
  const own = `team = '${TEAM}'`
  const hours = (h: number) => `timestamp >= toDateTime64('${new Date(START + (24 - h) * 3_600_000).toISOString().slice(0, 19)}', 9, 'UTC')`
  return {
    count: `SELECT count() FROM T WHERE ${own}`,
    'histogram 1 h': `SELECT toStartOfMinute(timestamp) AS t, count() FROM T WHERE ${own} AND ${hours(1)} GROUP BY t ORDER BY t`,
    'newest 200': `SELECT * FROM T WHERE ${own} AND source_id = '${source(1)}' ORDER BY timestamp DESC LIMIT 200`,
    'rare word': `SELECT * FROM T WHERE ${own} AND hasToken(message, 'needleword') ORDER BY timestamp DESC LIMIT 100`,
    'trace lookup': `SELECT * FROM T WHERE ${own} AND trace_id = '${(Math.floor(ROWS / 3) * 7919).toString(16).padStart(32, '0')}'`,
    'attribute group-by 6 h': `SELECT ${c.get('http.path')} AS p, count() AS n FROM T WHERE ${own} AND ${hours(6)} GROUP BY p ORDER BY n DESC LIMIT 20`,
    'substring scan': `SELECT count() FROM T WHERE ${own} AND message ILIKE '%rder 12345%'`,
    'p95 of a number by service': `SELECT service, quantile(0.95)(${c.number('duration_ms')}) FROM T WHERE ${own} AND ${hours(6)} GROUP BY service`,
  }
}

/** The JSON type against Map for attributes, and the indexes and codecs: insert cost, size, and the eight queries of the log page. */
export const bench: Bench = {
  name: 'log-table',
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'tocsin-table-'))
    const server = await startClickHouse(dir)
    const figures: Figure[] = []
    try {
      for (const [name, c] of Object.entries(candidates)) {
        const table = `logs_${name.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`
        const ddl = `CREATE TABLE ${table} (${head}, ${c.column}, ${tail}`
        await query(server.url, c.change?.(ddl) ?? ddl)
        const cpu = () =>
          query(
            server.url,
            "SELECT sum(value) FROM system.events WHERE event IN ('UserTimeMicroseconds','SystemTimeMicroseconds') FORMAT TSVRaw",
          ).then(Number)
        const before = await cpu()
        for (let i = 0; i < ROWS; i += BATCH)
          await query(
            `${server.url}/?query=INSERT+INTO+${table}+FORMAT+JSONEachRow&async_insert=0&date_time_input_format=best_effort`,
            body(i, BATCH, name !== 'JSON'),
          )
        figures.push({ metric: `${name}: insert, server CPU`, value: ((await cpu()) - before) / ROWS, unit: 'µs/row' })
        await query(server.url, `OPTIMIZE TABLE ${table} FINAL`)
        const size = Number(
          await query(server.url, `SELECT sum(bytes_on_disk) FROM system.parts WHERE table = '${table}' AND active FORMAT TSVRaw`),
        )
        figures.push({ metric: `${name}: size`, value: size / ROWS, unit: 'bytes/row' })
        for (const [what, sql] of Object.entries(queries(c))) {
          const times: number[] = []
          for (let i = 0; i < TRIES; i++) {
            const began = performance.now()
            await query(server.url, `${sql.replace(' T ', ` ${table} `)} FORMAT Null`)
            times.push(performance.now() - began)
          }
          figures.push({ metric: `${name}: ${what}, p95`, value: quantile(times, 0.95), unit: 'ms' })
        }
      }
    } finally {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    }
    return figures
  },
}
