import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { query, startClickHouse } from '../local/clickhouse.ts'
import { migrateClickHouse } from '../local/clickhouse-migrate.ts'
import { type Bench, type Figure, quantile } from './bench.ts'

const ROWS = Number(process.env.ROWS ?? 10_000_000)
const TRIES = 20
const TEAM = '019a0000-0000-7000-8000-000000000001'
const START = Date.UTC(2026, 10, 22)
const OWN = `team = '${TEAM}'`
const SOURCE = (n: number) => `019a0000-0000-7000-8000-0000000000${10 + n}`
const last = (hours: number) =>
  `timestamp >= toDateTime64('${new Date(START + (24 - hours) * 3_600_000).toISOString().slice(0, 19)}', 9, 'UTC')`

/** A day of four sources, deterministic: a rare word once in 100,000 records, five attributes, a trace to each record. */
const fill = (from: number, to: number) => `INSERT INTO tocsin.logs
  WITH ['checkout','payment','timeout','retry','cart','session','upstream','refused','slow','cache','miss','hit','user','order','shipped'] AS words,
    (n, salt) -> toUInt32(cityHash64(number, salt) % n) AS pick, toString(pick(4000, 4)) AS ms
  SELECT '${TEAM}', concat('019a0000-0000-7000-8000-0000000000', toString(10 + number % 4)),
    fromUnixTimestamp64Milli(toInt64(${START} + number * 86400000 / ${ROWS}), 'UTC'),
    ['info', 'info', 'info', 'warn', 'error'][1 + pick(5, 10)], concat('svc-', toString(pick(12, 11))),
    concat(words[1 + pick(15, 7)], ' ', words[1 + pick(15, 8)], ' for order ', toString(pick(1000000, 9)), ' took ', ms, ' ms', if(number % 99991 = 0, ' needleword', '')),
    map('http.status', ['200', '200', '200', '404', '500'][1 + pick(5, 1)], 'http.path', concat('/api/v', toString(pick(3, 2)), '/', words[1 + pick(15, 3)]),
      'duration_ms', ms, 'user.id', concat('u', toString(pick(50000, 5))), 'region', ['eu', 'us', 'as'][1 + pick(3, 6)]),
    leftPad(lower(hex(number * 7919)), 32, '0'), leftPad(lower(hex(number)), 16, '0'), 3652
  FROM numbers(${from}, ${to - from}) SETTINGS max_insert_threads = 2, min_insert_block_size_rows = 500000`

const queries: Record<string, string> = {
  count: `SELECT count() FROM tocsin.logs WHERE ${OWN}`,
  'histogram of 1 h': `SELECT toStartOfMinute(timestamp) AS t, count() FROM tocsin.logs WHERE ${OWN} AND ${last(1)} GROUP BY t ORDER BY t`,
  'newest 200 of a source': `SELECT * FROM tocsin.logs WHERE ${OWN} AND source_id = '${SOURCE(1)}' ORDER BY timestamp DESC LIMIT 200`,
  'rare word': `SELECT * FROM tocsin.logs WHERE ${OWN} AND hasToken(message, 'needleword') ORDER BY timestamp DESC LIMIT 100`,
  'trace by id': `SELECT * FROM tocsin.logs WHERE ${OWN} AND trace_id = '${(Math.floor(ROWS / 3) * 7919).toString(16).padStart(32, '0')}'`,
  'group by an attribute, 6 h': `SELECT attributes['http.path'] AS p, count() AS n FROM tocsin.logs WHERE ${OWN} AND ${last(6)} GROUP BY p ORDER BY n DESC LIMIT 20`,
  'substring scan': `SELECT count() FROM tocsin.logs WHERE ${OWN} AND message ILIKE '%rder 12345%'`,
  'p95 of a numeric attribute by service, 6 h': `SELECT service, quantile(0.95)(toFloat64OrNull(attributes['duration_ms'])) FROM tocsin.logs WHERE ${OWN} AND ${last(6)} GROUP BY service`,
}

/** The eight queries of the log page over tocsin.logs with 10 million rows (`ROWS`), warm. */
export const bench: Bench = {
  name: 'queries',
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'tocsin-queries-'))
    const server = await startClickHouse(dir)
    try {
      await migrateClickHouse(server.url, 'clickhouse-migrations')
      for (let from = 0; from < ROWS; from += 1_000_000) await query(server.url, fill(from, Math.min(ROWS, from + 1_000_000)))
      await query(server.url, 'OPTIMIZE TABLE tocsin.logs FINAL')
      const [rows, bytes] = (
        await query(server.url, "SELECT sum(rows), sum(bytes_on_disk) FROM system.parts WHERE database = 'tocsin' AND table = 'logs' AND active FORMAT TSVRaw")
      ).split('\t').map(Number) // biome-ignore format: one thought
      const figures: Figure[] = [
        { metric: 'rows', value: rows!, unit: 'rows' },
        { metric: 'on disk', value: bytes! / rows!, unit: 'bytes/row' },
      ]
      for (const [what, sql] of Object.entries(queries)) {
        const times: number[] = []
        for (let i = 0; i <= TRIES; i++) {
          const began = performance.now()
          await query(server.url, `${sql} FORMAT Null`)
          if (i) times.push(performance.now() - began)
        }
        figures.push({ metric: `${what}, p50`, value: quantile(times, 0.5), unit: 'ms' }, { metric: `${what}, p95`, value: quantile(times, 0.95), unit: 'ms' }) // biome-ignore format: a pair
      }
      return figures
    } finally {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}
