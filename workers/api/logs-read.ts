import type * as z from 'zod'
import { stubs } from '../../durable-objects/stubs.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { readOutcomes } from '../../shared/logs/pipeline/outcomes.ts'
import { overNow, readPlan } from '../../shared/logs/plan-store.ts'
import { fields, histogram, type Scope, searchLogs, sourceHealth } from '../../shared/logs/read.ts'
import { readRefusals } from '../../shared/logs/refusals.ts'
import { Fields, FieldsBody, Found, Health, Histogram, HistogramBody, LiveTail, SearchLogs } from '../../shared/logs/search/schema.ts'
import { readSource } from '../../shared/logs/store.ts'
import { type Filter, isCursor } from '../../shared/logs/tail.ts'
import { readUsage, UsageBody } from '../../shared/logs/usage.ts'
import { ANY, ownsSources } from '../../shared/logs/watched.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, HOUR } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'
import { readable, withPattern, wrong } from './log-search.ts'

const read = can('logs:read')

/** `/api/logs`: reading what the doors took in. */
export const logsRead = door()
  .post('/search', says('Find log records', Found), read, takes('json', SearchLogs), async (c) => {
    const { limit, order, cursor, ...asked } = c.req.valid('json')
    const found = await withPattern('query', () => searchLogs(warehouse(c), c.var.team, scopeOf(asked), { limit, order, cursor }))
    if (!found) throw wrong('cursor', 'This cursor is not ours. Begin without one and follow pagination.next.')
    return c.json({ data: found.data, pagination: { next: found.next }, statistics: found.statistics })
  })
  .post('/histogram', says('Log records over time', HistogramBody), read, takes('json', Histogram), async (c) => {
    const { buckets, ...asked } = c.req.valid('json')
    return c.json(await withPattern('query', () => histogram(warehouse(c), c.var.team, scopeOf(asked), buckets)))
  })
  .post('/fields', says('Fields of log records and their commonest values', FieldsBody), read, takes('json', Fields), async (c) =>
    c.json(await withPattern('query', () => fields(warehouse(c), c.var.team, scopeOf(c.req.valid('json'))))),
  )
  .get('/usage', says('What was sent this month, and what the plan holds', UsageBody), read, async (c) => {
    const at = Date.now()
    const [plan, over] = await Promise.all([readPlan(c.var.db, c.var.team), overNow(c.var.db, c.var.team, at)])
    return c.json(await readUsage(warehouse(c), c.var.team, plan, over, c.env.QUOTAS === 'on', at))
  })
  .get('/live-tail', read, takes('query', LiveTail), (c) => liveTail(c, c.req.valid('query')))
  .get('/sources/:id/health', says('Whether a source is heard', Health), read, async (c) => {
    const { id } = await readSource(c.var.db, c.var.team, idOf(c))
    const at = Date.now()
    const [heard, refused, vrl] = await Promise.all([
      sourceHealth(warehouse(c), c.var.team, id, at),
      readRefusals(c.var.db, c.var.team, id, at),
      readOutcomes(c.var.db, c.var.team, id, at),
    ])
    return c.json({ ...heard, refused, vrl })
  })

/** A WebSocket, or server-sent events for those who accept them. One source has a tail of its own; several share the team's. */
async function liveTail(c: Asked, { query, source_ids, after }: z.output<typeof LiveTail>): Promise<Response> {
  const socket = c.req.header('upgrade')?.toLowerCase() === 'websocket'
  if (!socket && !/text\/event-stream/i.test(c.req.header('accept') ?? ''))
    throw new Problem('invalid', 'Open this address as a WebSocket, or send Accept: text/event-stream.')
  readable(query)
  if (source_ids.length && !(await ownsSources(c.var.db, c.var.team, source_ids)))
    throw new Problem('not-found', 'One of source_ids is no source of this team.')
  const name = `${c.var.team}/${source_ids.length === 1 ? source_ids[0] : ANY}`
  const filter: Filter = { query, sources: source_ids.length > 1 ? source_ids : null }
  const resume = after ?? c.req.header('last-event-id')
  const address = new URL('http://tail/')
  address.search = new URLSearchParams({
    name,
    filter: JSON.stringify(filter),
    ...(resume && isCursor(resume) ? { after: resume } : {}),
  }).toString()
  const answer = await stubs.tail(name).fetch(address, { headers: socket ? { upgrade: 'websocket' } : {}, signal: c.req.raw.signal })
  if (answer.status === 429)
    throw new Problem('rate-limited', 'Too many are watching this source. Try again in a while.', { retryAfter: 30 })
  return answer
}

const warehouse = (c: Asked) => clickhouse(clickhouseOf(c.env))

type Question = { query: string; from?: number | undefined; to?: number | undefined; source_ids?: string[] | undefined }

/** The last hour when not said. */
function scopeOf({ query, from, to = Date.now(), source_ids = [] }: Question): Scope {
  const begin = from ?? to - HOUR
  if (begin >= to) throw wrong('from', 'The beginning must lie before the end.')
  if (to - begin > 4000 * DAY) throw wrong('from', 'Ask for at most 4000 days.')
  return { search: readable(query), from: begin, to, sources: source_ids }
}
