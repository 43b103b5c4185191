import { clickhouseOf } from '../../durable-objects/transport.ts'
import { Remembered } from '../../shared/auth/remembered.ts'
import { newId } from '../../shared/ids.ts'
import { LogQuery, QueryAnswer } from '../../shared/logs/schema.ts'
import { ownsSources } from '../../shared/logs/watched.ts'
import { Problem } from '../../shared/problem.ts'
import { DAY, SECOND } from '../../shared/time.ts'
import { cancelTenantQuery, type Reach, streams, tenantJson, tenantQuery, tenantStream } from '../../shared/warehouse/guard.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'
import { wrong } from './log-search.ts'
import { promqlAnswer } from './promql-query.ts'
import { enter, type Plan, planOf, until } from './turn.ts'
import { vrlAnswer } from './vrl-query.ts'

/** `POST …/query`: SQL over what the team sent; the same under `/api/logs` and `/api/warehouse`. */
const sql = (noun: 'logs' | 'warehouse') =>
  door()
    .post('/query', says('Run SQL', QueryAnswer), can(`${noun}:read`), takes('json', LogQuery), (c) => answer(c, c.req.valid('json')))
    .delete('/query/:query_id', says('Cancel a running query', null, 204), can(`${noun}:read`), async (c) => {
      if (!(await cancelTenantQuery(clickhouseOf(c.env), c.var.team, idOf(c, 'query_id'))))
        throw new Problem('not-found', 'No query with this id is running in this team.')
      return c.body(null, 204)
    })
export const logsSql = sql('logs')
export const warehouse = sql('warehouse')

/** `whole`: for who reads it to its end here. */
async function answer(c: Asked, asked: LogQuery, whole = false): Promise<Response> {
  if (asked.query_type === 'VRL') return vrlAnswer(c, asked, (sql) => answer(c, sql, true))
  if (asked.query_type === 'PROMQL') return promqlAnswer(c, asked)
  const { format, source_ids: sources = [] } = asked
  const text = asked.query ?? asked.query_text ?? ''
  const reach: Reach = { team: c.var.team, ...range(asked), sources }
  if (sources.length && !(await ownsSources(c.var.db, c.var.team, sources)))
    throw new Problem('not-found', 'One of source_ids is no source of this team.')
  const key = JSON.stringify([reach, text])
  const known = format === 'json' ? answers.get(key, Date.now()) : undefined
  if (known) return c.json({ ...known, cached: true })
  const plan = await planOf(c)
  const run = { id: asked.query_id ?? newId(), signal: c.req.raw.signal, timeoutMs: (plan.timeS + 5) * SECOND }
  const leave = await enter(c.env, c.var.team, plan)
  let streaming = false
  try {
    if (format !== 'json') {
      const body = await tenantStream(tenantOf(c, plan), reach, text, run, format)
      streaming = true
      return new Response(body && until(body, leave), { headers: { 'content-type': streams[format].type, 'x-query-id': run.id } })
    }
    const found = whole
      ? { whole: await tenantQuery(tenantOf(c, plan), reach, text, run) }
      : await tenantJson(tenantOf(c, plan), reach, text, run, KEPT_BYTES)
    if ('stream' in found) {
      streaming = true
      return new Response(until(found.stream, leave), { headers: { 'content-type': 'application/json' } })
    }
    const fresh = { ...found.whole, cached: false }
    if (fresh.data.length <= ROWS_KEPT) answers.set(key, fresh, Date.now() + KEPT_MS)
    return c.json(fresh)
  } finally {
    if (!streaming) leave()
  }
}

/** As whom a tenant's SQL runs: one user per plan, because one that may change no setting can be given none either. */
const tenantOf = ({ env }: Asked, { name }: Plan) => ({
  ...clickhouseOf(env),
  user: name === 'standard' ? env.CLICKHOUSE_TENANT_USER : `${env.CLICKHOUSE_TENANT_USER}_${name}`,
  password: env.CLICKHOUSE_TENANT_PASSWORD ?? '',
})

/** The last day when not said. Both ends are in the answer's key: a range that ends now is another one every millisecond. */
function range({ from, to }: LogQuery): { from: number; to: number } {
  const end = to ? Date.parse(to) : Date.now()
  const begin = from ? Date.parse(from) : end - DAY
  if (begin > end) throw wrong('from', 'The beginning must lie before the end.')
  return { from: begin, to: end }
}

const ANSWERS_MAX = 50
const ROWS_KEPT = 1000
/** A larger answer is not kept, and leaves as it comes. */
const KEPT_BYTES = 1_000_000
const KEPT_MS = 10 * SECOND
/** Per isolate: what a dashboard or an impatient person asks twice. The key begins with the team. */
const answers = new Remembered<QueryAnswer>(ANSWERS_MAX)
