import { isProblem, Problem } from '../problem.ts'
import type { ClickHouse } from './insert.ts'
import { type Cut, jsonAnswer } from './json-answer.ts'

/** Whose rows of which time a query may see: times in epoch ms, both ends included; `sources` of the team, none means all. */
export type Reach = { team: string; from: number; to: number; sources?: string[] }
/** One run of a query. `id` is a UUID: with the team it names the run, for cancelling it. ClickHouse ends it by the plan's limit; `timeoutMs` is for one that does not answer at all. */
export type Run = { id: string; signal?: AbortSignal; timeoutMs: number }
export type Answer = {
  columns: { name: string; type: string }[]
  data: Record<string, unknown>[]
  statistics: { rows_read: number; bytes_read: number; elapsed_ms: number }
}

const SQL_BYTES_MAX = 100_000
const ANSWER_BYTES_MAX = 20_000_000

/** Codes that speak of the server and not of the query: busy, out of its memory, shutting down. Every other sentence is about the tenant's own SQL. */
const OURS = new Set([0, 201, 202, 203, 209, 210, 236, 279, 290, 373, 425, 439, 745])
const CANCELLED = 394
const SAME_ID = 216

/** How rows leave as a stream, and what ClickHouse calls that. */
export const streams = {
  ndjson: { format: 'JSONEachRow', type: 'application/x-ndjson' },
  csv: { format: 'CSVWithNames', type: 'text/csv; charset=utf-8' },
} as const
export type StreamFormat = keyof typeof streams

/**
 * A tenant's SQL. Isolation is not in the text: the user is read-only, may select from the tenants' tables only, and every row
 * passes a filter that reads the query's name, which carries the team, the time range and the sources and cannot be changed from
 * inside SQL.
 */
export async function tenantQuery(ch: ClickHouse, reach: Reach, sql: string, run: Run): Promise<Answer> {
  const found = await tenantJson(ch, reach, sql, run, ANSWER_BYTES_MAX)
  if ('whole' in found) return found.whole
  await found.stream.cancel()
  throw new Problem('too-large', 'The answer is larger than 20 MB. Ask for fewer rows or columns.')
}

/** The same; an answer over `wholeMax` bytes leaves as it comes. Once the first rows left, a failure can only cut it. */
export async function tenantJson(ch: ClickHouse, reach: Reach, sql: string, run: Run, wholeMax: number) {
  const { body } = await ask(ch, reach, sql, run, 'JSON')
  if (!body) throw unanswered('no body')
  try {
    return await jsonAnswer(body, wholeMax)
  } catch (e) {
    if ((e as Error).name !== 'Cut') throw unanswered(e)
    const said = (e as Cut).text.match(/Code: \d+\. DB::Exception: [^\n]*/)?.[0]
    throw said ? refused(said) : unanswered(e)
  }
}

/** The same, row by row as they come. Once the first rows left, a failure can only cut the stream. */
export async function tenantStream(
  ch: ClickHouse,
  reach: Reach,
  sql: string,
  run: Run,
  format: StreamFormat,
): Promise<ReadableStream<Uint8Array> | null> {
  return (await ask(ch, reach, sql, run, streams[format].format)).body
}

/** How many queries of a team ClickHouse runs just now. */
export async function runningQueries(ch: ClickHouse, team: string): Promise<number> {
  const text = await ours(ch, "SELECT count() FROM system.processes WHERE startsWith(query_id, concat({team:String}, '~')) FORMAT TSV", {
    team,
  })
  return Number(text)
}

/** Stops a run of this team; false when none of this name runs. As the user that may: tenants' own may not. */
export async function cancelTenantQuery(ch: ClickHouse, team: string, id: string): Promise<boolean> {
  const which = "splitByChar('~', query_id)[1] = {team:String} AND splitByChar('~', query_id)[4] = {id:String}"
  // one line for each query that was told to stop
  return (await ours(ch, `KILL QUERY WHERE ${which} ASYNC`, { team, id })).trim() !== ''
}

async function ours(ch: ClickHouse, sql: string, params: Record<string, string>): Promise<string> {
  const query = new URLSearchParams(Object.entries(params).map(([name, value]) => [`param_${name}`, value]))
  const answer = await fetch(`${ch.url}/?${query}`, {
    method: 'POST',
    headers: { 'x-clickhouse-user': ch.user, 'x-clickhouse-key': ch.password },
    body: sql,
    signal: AbortSignal.timeout(5000),
  }).catch((e) => {
    throw unanswered(e)
  })
  const text = await answer.text()
  if (!answer.ok) throw unanswered(text)
  return text
}

async function ask(
  ch: ClickHouse,
  { team, from, to, sources = [] }: Reach,
  sql: string,
  { id, signal, timeoutMs }: Run,
  format: string,
): Promise<Response> {
  if (sql.length > SQL_BYTES_MAX) throw new Problem('too-large', 'A query is at most 100 KB long.')
  const params = new URLSearchParams({
    database: 'tocsin',
    default_format: format,
    query_id: [team, from, to, id, sources.join(',')].join('~'),
  })
  const late = AbortSignal.timeout(timeoutMs)
  let response: Response
  try {
    response = await fetch(`${ch.url}/?${params}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': ch.user, 'x-clickhouse-key': ch.password },
      body: sql,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    })
    if (!response.ok) throw refused(await response.text())
  } catch (e) {
    throw isProblem(e) ? e : unanswered(e)
  }
  if (response.headers.get('x-clickhouse-format') !== format) {
    await response.body?.cancel()
    throw new Problem('invalid', 'Leave FORMAT out of the query; ask for json, ndjson or csv as format.')
  }
  return response
}

const unanswered = (cause: unknown) =>
  new Problem('degraded', 'The query engine does not answer. Try again in a moment.', { cause, retryAfter: 5 })

function refused(text: string): Problem {
  const code = Number(text.match(/Code: (\d+)/)?.[1] ?? 0)
  if (code === CANCELLED) return new Problem('conflict', 'The query was cancelled.')
  if (code === SAME_ID) return new Problem('conflict', 'A query with this query_id is still running. Use a new one for each.')
  if (OURS.has(code))
    return new Problem('degraded', 'The query could not be run now. Try again in a moment.', { cause: text.slice(0, 500), retryAfter: 5 })
  const sentence = text
    .replace(/^Code: \d+\. DB::Exception: /, '')
    .replace(/\s*\(version [^)]*\)\s*$/, '')
    .slice(0, 1000)
  return new Problem('invalid', sentence.trim())
}
