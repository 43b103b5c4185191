import { clickhouseOf } from '../../durable-objects/transport.ts'
import { searchLogs } from '../../shared/logs/read.ts'
import type { LogQuery, QueryAnswer } from '../../shared/logs/schema.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import type { Asked } from './door.ts'
import { readable, withPattern, wrong } from './log-search.ts'
import { refused } from './vrl.ts'

const ROWS_MAX = 1000
type Rows = Pick<QueryAnswer, 'data' | 'statistics'>

/**
 * `query_type: "VRL"`: the program in `query` over the rows of the SQL in `over`, of the search in `search`, or over the newest 1,000
 * records of the range. `sql` answers a query as it would be answered by itself.
 */
export async function vrlAnswer(c: Asked, asked: LogQuery, sql: (asked: LogQuery) => Promise<Response>): Promise<Response> {
  if (asked.over !== undefined && asked.search !== undefined) throw wrong('over', 'Send over or search, not both.')
  if (asked.format !== 'json') throw wrong('format', 'With query_type VRL the format is json.')
  const program = asked.query ?? asked.query_text ?? ''
  const { check, runOverRows } = await import('../../shared/logs/pipeline/run.ts')
  const path = asked.query === undefined ? 'query_text' : 'query'
  const { errors } = check(program)
  if (errors.length) throw refused(errors, path)
  const { data: rows, statistics } =
    asked.over === undefined
      ? await found(c, asked)
      : await (await sql({ ...asked, query_type: 'SQL', query: asked.over, query_text: undefined })).json<Rows>()
  const made = runOverRows(program, rows, { at: Date.now(), random: Math.random })
  if ('diagnostics' in made) throw refused(made.diagnostics, path)
  if ('exhausted' in made) throw new Problem('invalid', made.exhausted)
  return c.json({ ...made, statistics, cached: false } satisfies QueryAnswer)
}

async function found(c: Asked, { search = '', from, to, source_ids: sources = [] }: LogQuery): Promise<Rows> {
  const end = to ? Date.parse(to) : Date.now()
  const scope = { search: readable(search, 'search'), from: from ? Date.parse(from) : end - DAY, to: end, sources }
  if (scope.from > end) throw wrong('from', 'The beginning must lie before the end.')
  const ch = clickhouse(clickhouseOf(c.env))
  const page = await withPattern('search', () => searchLogs(ch, c.var.team, scope, { limit: ROWS_MAX, order: 'desc' }))
  return { data: page?.data ?? [], statistics: page?.statistics ?? { rows_read: 0, bytes_read: 0, elapsed_ms: 0 } }
}
