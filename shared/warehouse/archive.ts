import type { Condition } from '../logs/search/sql.ts'
import type { Warehouse } from './clickhouse.ts'

export const kinds = ['logs', 'spans'] as const
export type Kind = (typeof kinds)[number]

const text = 'Map(String, String)'
/** What a file holds: readable by anything that reads Parquet, so no enums, dictionaries or binary ids. Column → expression and type. */
const columns = {
  logs: {
    timestamp: ['timestamp', "DateTime64(9, 'UTC')"],
    source_id: ['toString(source_id)', 'String'],
    level: ['toString(level)', 'String'],
    service: ['toString(service)', 'String'],
    message: ['message', 'String'],
    attributes: [`CAST(attributes, '${text}')`, text],
    trace_id: ['trace_id', 'String'],
    span_id: ['span_id', 'String'],
  },
  spans: {
    timestamp: ['timestamp', "DateTime64(9, 'UTC')"],
    source_id: ['toString(source_id)', 'String'],
    duration_ns: ['duration_ns', 'UInt64'],
    trace_id: ['trace_id', 'String'],
    span_id: ['span_id', 'String'],
    parent_span_id: ['parent_span_id', 'String'],
    trace_state: ['trace_state', 'String'],
    name: ['toString(name)', 'String'],
    kind: ['toString(kind)', 'String'],
    service: ['toString(service)', 'String'],
    status: ['toString(status)', 'String'],
    status_message: ['status_message', 'String'],
    attributes: [`CAST(attributes, '${text}')`, text],
    events: [
      "CAST(arrayZip(`events.timestamp`, `events.name`, `events.attributes`), 'Array(Tuple(timestamp DateTime64(9, \\'UTC\\'), name String, attributes Map(String, String)))')",
      "Array(Tuple(timestamp DateTime64(9, 'UTC'), name String, attributes Map(String, String)))",
    ],
    links: [
      "CAST(arrayZip(`links.trace_id`, `links.span_id`, `links.attributes`), 'Array(Tuple(trace_id String, span_id String, attributes Map(String, String)))')",
      'Array(Tuple(trace_id String, span_id String, attributes Map(String, String)))',
    ],
  },
} as const satisfies Record<Kind, Record<string, readonly [expression: string, type: string]>>

/** Where ClickHouse reaches files (`/hooks/s3` of this Worker), and the key it signs with. */
export type Facade = { url: string; id: string; secret: string }
export type Hour = { team: string; source: string; kind: Kind; hour: number }

const HOUR = 3_600_000
const EXPORT_MS = 300_000

/** `2026/11/23/10`, UTC. */
export const hourPath = (hour: number): string => new Date(hour).toISOString().slice(0, 13).replace(/[-T]/g, '/')

/** Under the team's own prefix, so that a team or a source that leaves takes its files along. */
export const archiveKey = ({ team, source, kind, hour }: Hour): string => `${team}/cold/${source}/${kind}/${hourPath(hour)}.parquet`
export const ARCHIVE_KEY = /^([0-9a-f-]{36})\/cold\/([0-9a-f-]{36})\/(logs|spans)\/(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\.parquet$/

/** Every hour in [from, to) of which a source that sent something since has rows. Sources are found by their usage: the rows of others are not looked at. */
export const hoursWithRows = (ch: Warehouse, kind: Kind, from: number, to: number): Promise<(Hour & { rows: number })[]> =>
  ch.rows(
    `SELECT team, source_id AS source, '${kind}' AS kind, toUnixTimestamp(toStartOfHour(timestamp)) * 1000 AS hour, count() AS rows
     FROM tocsin.${kind}
     WHERE (team, source_id) IN (SELECT team, source_id FROM tocsin.usage WHERE at >= fromUnixTimestamp64Milli({from:Int64}))
       AND timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64})
     GROUP BY ALL ORDER BY hour`,
    { from, to },
    { maxRows: 1_000_000, timeoutMs: 60_000 },
  )

/** Writes one hour as one Parquet file over whatever lies there; returns how many rows the file has, as it says itself. Parts are of one size: R2 takes no others. */
export async function exportHour(ch: Warehouse, facade: Facade, of: Hour): Promise<number> {
  const place = { url: `${facade.url}/${archiveKey(of)}`, id: facade.id, secret: facade.secret }
  // aliases hide columns: the condition says whose it means
  const select = Object.entries(columns[of.kind]).map(([name, [expression]]) => `${expression} AS ${name}`)
  const written = await ch.bytes(
    `INSERT INTO FUNCTION s3({url:String}, {id:String}, {secret:String}, 'Parquet')
     SELECT ${select.join(', ')} FROM tocsin.${of.kind} AS t
     WHERE t.team = {team:UUID} AND t.source_id = {source:UUID}
       AND t.timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND t.timestamp < fromUnixTimestamp64Milli({to:Int64})
     ORDER BY t.timestamp
     SETTINGS s3_truncate_on_insert = 1, s3_strict_upload_part_size = 16777216, s3_retry_attempts = 2`,
    { ...place, team: of.team, source: of.source, from: of.hour, to: of.hour + HOUR },
    { timeoutMs: EXPORT_MS },
  )
  await written.pipeTo(new WritableStream())
  const [found] = await ch.rows<{ n: number }>(`SELECT count() AS n FROM ${files(of.kind)} SETTINGS s3_retry_attempts = 2`, place)
  return found?.n ?? 0
}

const files = (kind: Kind) =>
  `s3({url:String}, {id:String}, {secret:String}, 'Parquet', '${Object.entries(columns[kind])
    .map(([name, [, type]]) => `${name} ${type}`)
    .join(', ')
    .replaceAll("'", "\\'")}')`

export type ArchivedLog = Record<string, unknown> & { timestamp: string; message: string }

/** Log records of these hours of a source, read where they lie; the newest first. `where` is a search of the live tail's language. */
export async function searchArchive(
  ch: Warehouse,
  facade: Facade,
  of: { team: string; source: string; hours: number[]; from: number; to: number },
  where: Condition,
  limit: number,
) {
  if (!of.hours.length) return { rows: [], statistics: { rows_read: 0, bytes_read: 0, elapsed_ms: 0 } }
  const names = of.hours.map(hourPath)
  const url = `${facade.url}/${of.team}/cold/${of.source}/logs/${names.length === 1 ? names[0] : `{${names.join(',')}}`}.parquet`
  return ch.answer<ArchivedLog>(
    `SELECT * FROM ${files('logs')}
     WHERE timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp < fromUnixTimestamp64Milli({to:Int64}) AND (${where.sql})
     ORDER BY timestamp DESC LIMIT {limit:UInt32} SETTINGS s3_retry_attempts = 2`,
    { ...where.params, url, id: facade.id, secret: facade.secret, from: of.from, to: of.to, limit },
    { timeoutMs: 30_000, maxBytes: 64_000_000 },
  )
}
