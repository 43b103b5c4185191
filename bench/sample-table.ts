import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { query, startClickHouse } from '../local/clickhouse.ts'
import { migrateClickHouse } from '../local/clickhouse-migrate.ts'
import type { Bench, Figure } from './bench.ts'

const SERIES = 2000
const EACH = 2000
const BUDGET_BYTES = 1.5
/** What a scraped process tells, by share: most of it stands still or counts slowly. SQL over `s` (series), `i` (sample), `r` (chance). */
const kinds = {
  'constant (info, limits, up)': [30, '1 + s % 7'],
  'slow counter': [30, 'intDiv(i, 5 + s % 40)'],
  'busy counter': [20, 'i * (20 + s % 100) + r % 40'],
  'noisy gauge, two decimals': [20, 'round(50 + 20 * sin(i / 300) + (r % 1000) / 200, 2)'],
} as const

/** Bytes a float sample takes in tocsin.samples after merging, scraped every 15 s. Prometheus writes the due time when a scrape is at most 2 ms late; every tenth series here is later. Budget: 1.5. */
export const bench: Bench = {
  name: 'sample-table',
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'tocsin-samples-'))
    const server = await startClickHouse(dir)
    const figures: Figure[] = []
    try {
      await migrateClickHouse(server.url, 'clickhouse-migrations')
      let total = 0
      for (const [kind, [share, value]] of Object.entries(kinds)) {
        await query(server.url, 'TRUNCATE TABLE tocsin.samples')
        const samples = (SERIES * EACH * share) / 100
        await query(
          server.url,
          `INSERT INTO tocsin.samples (team, fingerprint, at, kind, value, start, source_id, retention_days)
           WITH intDiv(number, ${EACH}) AS s, number % ${EACH} AS i, rand64(1) AS r, cityHash64(s) AS f
           SELECT toUUID('019a0000-0000-7000-8000-000000000001'), f,
             fromUnixTimestamp64Milli(toUnixTimestamp64Milli(toDateTime64(today() - 1, 3, 'UTC')) + toInt64(15000 * i + f % 15000 + if(s % 10, 0, rand(2) % 7)), 'UTC'),
             0, toFloat64(${value}), 0, toUUID('019a0000-0000-7000-8000-000000000002'), 30 FROM numbers(${samples})`,
        )
        await query(server.url, 'OPTIMIZE TABLE tocsin.samples FINAL')
        const parts = "FROM system.parts WHERE database = 'tocsin' AND table = 'samples' AND active FORMAT TSVRaw"
        const bytes = Number(await query(server.url, `SELECT sum(bytes_on_disk) / sum(rows) ${parts}`))
        total += (bytes * share) / 100
        figures.push({ metric: `${kind}, ${share} %`, value: bytes, unit: 'bytes/sample' })
      }
      return [
        ...figures,
        { metric: 'all together', value: total, unit: 'bytes/sample', baseline: BUDGET_BYTES, ratio: total / BUDGET_BYTES },
      ]
    } finally {
      await server.stop()
      rmSync(dir, { recursive: true, force: true })
    }
  },
}
