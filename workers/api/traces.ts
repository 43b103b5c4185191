import { clickhouseOf } from '../../durable-objects/transport.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { compareTrace } from '../../shared/traces/compare.ts'
import { readServices, readTrace, sampleTraces, searchTraces } from '../../shared/traces/read.ts'
import {
  Between,
  ComparedTrace,
  FoundTraces,
  SampledTraces,
  SampleTraces,
  SearchTraces,
  ServicesBody,
  TraceBody,
} from '../../shared/traces/schema.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { type Asked, can, door, says, takes } from './door.ts'
import { readable, withPattern, wrong } from './log-search.ts'

const read = can('traces:read')

/** `/api/traces`: what the doors took in as spans. */
export const traces = door()
  .get('/search', says('Find traces, the latest first', FoundTraces), read, takes('query', SearchTraces), async (c) => {
    const { q, from, to, cursor, per_page, ...filters } = c.req.valid('query')
    const scope = { ...filters, ...range(from, to), search: readable(q, 'q') }
    const found = await withPattern('q', () => searchTraces(warehouse(c), c.var.team, scope, { limit: per_page, cursor }))
    if (!found) throw wrong('cursor', 'This cursor is not ours. Begin without one and follow pagination.next.')
    return c.json({ data: found.data, pagination: { next: found.next } })
  })
  .get('/sample', says('Traces over the whole range, as a sample', SampledTraces), read, takes('query', SampleTraces), async (c) => {
    const { q, from, to, ...filters } = c.req.valid('query')
    const scope = { ...filters, ...range(from, to), search: readable(q, 'q') }
    return c.json(await withPattern('q', () => sampleTraces(warehouse(c), c.var.team, scope)))
  })
  .get('/services', says('Rate, errors and duration of each service', ServicesBody), read, takes('query', Between), async (c) => {
    const { from, to } = range(c.req.valid('query').from, c.req.valid('query').to)
    return c.json({ data: await readServices(warehouse(c), c.var.team, from, to) })
  })
  .get('/:trace_id', says('One trace in tree order', TraceBody), read, async (c) =>
    c.json(found(await readTrace(warehouse(c), c.var.team, traceOf(c)))),
  )
  .get('/:trace_id/compare', says('What slow traces like this one have in common', ComparedTrace), read, async (c) =>
    c.json(found(await compareTrace(warehouse(c), c.var.team, traceOf(c)))),
  )

const warehouse = (c: Asked) => clickhouse(clickhouseOf(c.env))

/** Lower case; an id that cannot be one is of no trace. */
function traceOf(c: Asked): string {
  const id = c.req.param('trace_id')?.toLowerCase() ?? ''
  return found(/^[0-9a-f]{32}$/.test(id) ? id : null)
}
function found<T>(trace: T | null): T {
  if (!trace) throw new Problem('not-found', 'There is no trace with this id in this team. Its spans may still be on their way.')
  return trace
}

/** The last hour when not said. */
function range(from: number | undefined, to = Date.now()): { from: number; to: number } {
  const begin = from ?? to - HOUR
  if (begin >= to) throw wrong('from', 'The beginning must lie before the end.')
  if (to - begin > 4000 * DAY) throw wrong('from', 'Ask for at most 4000 days.')
  return { from: begin, to }
}
