import { Problem } from '../problem.ts'
import type { ClickHouse } from './insert.ts'

/** Whose rows of which time a query may see. Times in epoch ms, both ends included. */
export type Reach = { team: string; from: number; to: number }
export type Answer = {
  columns: { name: string; type: string }[]
  data: Record<string, unknown>[]
  statistics: { rows_read: number; bytes_read: number; elapsed_ms: number }
}

const SQL_BYTES_MAX = 100_000
const ANSWER_BYTES_MAX = 20_000_000
const TIMEOUT_MS = 35_000

/** Codes that speak of the server and not of the query: busy, out of its memory, shutting down. Every other sentence is about the tenant's own SQL. */
const OURS = new Set([0, 201, 202, 203, 209, 210, 236, 279, 290, 373, 394, 425, 439, 745])

/**
 * A tenant's SQL. Isolation is not in the text: the user is read-only, may select from the tenants' tables only, and every row
 * passes a filter that reads the query's name, which carries the team and the time range and cannot be changed from inside SQL.
 */
export async function tenantQuery(ch: ClickHouse, reach: Reach, sql: string, unique: string): Promise<Answer> {
  if (sql.length > SQL_BYTES_MAX) throw new Problem('too-large', 'A query is at most 100 KB long.')
  const params = new URLSearchParams({
    database: 'tocsin',
    default_format: 'JSON',
    query_id: `${reach.team}~${reach.from}~${reach.to}~${unique}`,
  })
  let response: Response
  try {
    response = await fetch(`${ch.url}/?${params}`, {
      method: 'POST',
      headers: { 'x-clickhouse-user': ch.user, 'x-clickhouse-key': ch.password },
      body: sql,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch (e) {
    throw new Problem('degraded', 'The query engine does not answer. Try again in a moment.', { cause: e, retryAfter: 5 })
  }
  const text = await response.text()
  if (!response.ok) throw refused(text)
  if (text.length > ANSWER_BYTES_MAX) throw new Problem('too-large', 'The answer is larger than 20 MB. Ask for fewer rows or columns.')
  if (response.headers.get('x-clickhouse-format') !== 'JSON')
    throw new Problem('invalid', 'Leave FORMAT out of the query; the answer is always JSON.')
  return shaped(text)
}

function refused(text: string): Problem {
  const code = Number(text.match(/Code: (\d+)/)?.[1] ?? 0)
  if (OURS.has(code))
    return new Problem('degraded', 'The query could not be run now. Try again in a moment.', { cause: text.slice(0, 500), retryAfter: 5 })
  const sentence = text
    .replace(/^Code: \d+\. DB::Exception: /, '')
    .replace(/\s*\(version [^)]*\)\s*$/, '')
    .slice(0, 1000)
  return new Problem('invalid', sentence.trim())
}

function shaped(text: string): Answer {
  const answer = JSON.parse(text) as {
    meta: Answer['columns']
    data: Answer['data']
    statistics: { elapsed: number; rows_read: number; bytes_read: number }
  }
  const { elapsed, rows_read, bytes_read } = answer.statistics
  return { columns: answer.meta, data: answer.data, statistics: { rows_read, bytes_read, elapsed_ms: Math.round(elapsed * 1e6) / 1e3 } }
}
