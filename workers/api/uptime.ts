import { stubs } from '../../durable-objects/stubs.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { getPolicy } from '../../shared/oncall/store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { DAY } from '../../shared/time.ts'
import { statuses } from '../../shared/uptime/attributes.ts'
import { changeGroup, createGroup, deleteGroup, getGroup, groupBody, listGroups } from '../../shared/uptime/groups.ts'
import { readBelow } from '../../shared/uptime/history.ts'
import { type Facts, monitorBody, typedOver } from '../../shared/uptime/monitor.ts'
import {
  Counts, GroupBody, GroupChange, GroupList, ListMonitors, MonitorBody, MonitorChange, MonitorList, NewGroup, NewMonitor,
} from '../../shared/uptime/schema.ts' // biome-ignore format: a list
import { sealSecrets } from '../../shared/uptime/secrets.ts'
import {
  changeMonitor, countMonitors, createMonitor, deleteMonitor, getMonitor, type Listed, listMonitors, restoreMonitor,
} from '../../shared/uptime/store.ts' // biome-ignore format: a list
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { monitorOr404, mustBeAllowed, notFound, weHaveIt } from './uptime-asking.ts'
import { history } from './uptime-history.ts'

const read = can('uptime:read')
const write = can('uptime:write')

/** `/api/uptime/monitors` */
export const monitors = door()
  .get('/', says('List monitors, trouble first', MonitorList), read, takes('query', ListMonitors), async (c) => {
    const query = c.req.valid('query')
    const only = query.availability_below === undefined ? undefined : await below(c, query.availability_below)
    const { rows, total } = await listMonitors(c.var.db, c.var.team, query, { only, person: c.var.person })
    const facts = await liveFacts(c, rows)
    const data = rows.map((row) => monitorBody(row.monitor, { ...headFacts(row), ...seen(facts.get(row.monitor.id)) }))
    return c.json({ data, pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create a monitor', MonitorBody, 201), write, weHaveIt, takes('json', NewMonitor), (c) =>
    once(c, async (also) => {
      const typed = await sealed(c, typedOver(null, c.req.valid('json'), Date.now()))
      await mustExist(c, typed)
      const made = await createMonitor(c.var.db, c.var.team, typed, Date.now(), (m) => also(monitorBody(m, newborn(m.paused_at !== null))))
      tellShards(c)
      return monitorBody(made, newborn(made.paused_at !== null))
    }),
  )
  .get('/counts', says('How many monitors are in which state, altogether and by group', Counts), read, async (c) => {
    const found = await countMonitors(c.var.db, c.var.team)
    const groups = [...Map.groupBy(found, (f) => f.group)].map(([id, its]) => ({ id, ...byState(its) }))
    return c.json({ ...byState(found), groups })
  })
  .get('/:id', says('One monitor', MonitorBody), read, async (c) => c.json(await bodyOf(c, await monitorOr404(c))))
  .patch('/:id', says('Change a monitor', MonitorBody), write, weHaveIt, takes('json', MonitorChange), async (c) => {
    const before = await monitorOr404(c)
    const { monitor } = before
    const change = c.req.valid('json')
    const at = Date.now()
    const next = typedOver(monitor, change, at)
    const fresh = await sealSecrets(keys(c), c.var.team, {
      auth_password: change.auth_password ?? null,
      request_headers: (change.request_headers ?? []).map((h) => ({ name: h.name, value: h.value ?? '' })),
    })
    const typed = mustBeAllowed(c, {
      ...next,
      auth_password: change.auth_password == null ? next.auth_password : fresh.auth_password,
      // a header sent without a value keeps the sealed one that stands
      request_headers: next.request_headers.map((h, i) => (change.request_headers?.[i]?.value == null ? h : fresh.request_headers[i]!)),
    })
    // a policy that was deleted since is nobody's mistake now
    await mustExist(c, { monitor_group_id: change.monitor_group_id ?? null, policy_id: change.policy_id ?? null })
    const { number: _n, id: _i, team: _t, shard: _s, created_at: _c, updated_at: _u, deleted_at: _d, ...columns } = typed as typeof monitor
    if (!(await changeMonitor(c.var.db, c.var.team, monitor.id, columns, at))) throw notFound()
    tellShards(c, monitor.id)
    // its state follows from its row, its pause and its group's: only those make D1 say it again
    const isSame = columns.paused_at === monitor.paused_at && columns.monitor_group_id === monitor.monitor_group_id
    const after = isSame ? { ...before, monitor: { ...monitor, ...columns, updated_at: at } } : await monitorOr404(c)
    return c.json(await bodyOf(c, after))
  })
  .post('/:id/restore', says('Take back the deletion of a monitor, within 30 days', MonitorBody), write, async (c) => {
    const id = idOf(c)
    if (!(await restoreMonitor(c.var.db, c.var.team, id, Date.now())) && !(await getMonitor(c.var.db, c.var.team, id)))
      throw new Problem('not-found', 'This team has no monitor with this id that was deleted in the last 30 days.')
    tellShards(c)
    return c.json(await bodyOf(c, await monitorOr404(c)))
  })
  .delete('/:id', says('Delete a monitor; it can be restored for 30 days', null, 204), write, async (c) => {
    if (!(await deleteMonitor(c.var.db, c.var.team, idOf(c), Date.now()))) throw notFound()
    tellShards(c)
    return c.body(null, 204)
  })

/** `/api/uptime/monitor-groups` */
export const groups = door()
  .get('/', says('List monitor groups', GroupList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listGroups(c.var.db, c.var.team, query)
    return c.json({ data: rows.map(groupBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create a monitor group', GroupBody, 201), write, takes('json', NewGroup), async (c) =>
    c.json(groupBody(await createGroup(c.var.db, c.var.team, c.req.valid('json'), Date.now())), 201),
  )
  .get('/:id', says('One monitor group', GroupBody), read, async (c) => c.json(groupBody(await groupOr404(c))))
  .patch('/:id', says('Change a monitor group', GroupBody), write, takes('json', GroupChange), async (c) => {
    if (!(await changeGroup(c.var.db, await groupOr404(c), c.req.valid('json'), Date.now()))) throw noGroup()
    tellShards(c)
    return c.json(groupBody(await groupOr404(c)))
  })
  .delete('/:id', says('Delete a monitor group; its monitors stay', null, 204), write, async (c) => {
    if (!(await deleteGroup(c.var.db, c.var.team, idOf(c), Date.now()))) throw noGroup()
    tellShards(c)
    return c.body(null, 204)
  })

export const uptime = door().route('/monitors', history).route('/monitors', monitors).route('/monitor-groups', groups)

async function groupOr404(c: Asked) {
  const group = await getGroup(c.var.db, c.var.team, idOf(c))
  if (!group) throw noGroup()
  return group
}
const noGroup = () => new Problem('not-found', 'This team has no monitor group with this id.')

/** What it points at belongs to this team. */
async function mustExist(c: Asked, { monitor_group_id, policy_id }: { monitor_group_id: string | null; policy_id: string | null }) {
  const { db, team } = c.var
  const [group, policy] = await Promise.all([
    monitor_group_id === null || getGroup(db, team, monitor_group_id),
    policy_id === null || getPolicy(db, team, policy_id),
  ])
  const errors: FieldError[] = []
  if (!group) errors.push({ path: 'monitor_group_id', code: 'unknown', message: 'This team has no monitor group with this id.' })
  if (!policy) errors.push({ path: 'policy_id', code: 'unknown', message: 'This team has no escalation policy with this id.' })
  if (errors.length) throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
}

/** Of the last 30 days. Without history nobody knows, so the question is refused and not answered with nobody. */
function below(c: Asked, share: number): Promise<string[]> {
  const at = Date.now()
  return readBelow(clickhouse(clickhouseOf(c.env)), c.var.team, share, at - 30 * DAY, at)
}

const keys = (c: Asked) => ring(c.env.SECRET_KEYS)
const sealed = async <T extends Parameters<typeof sealSecrets>[2] & { url: string }>(c: Asked, plain: T): Promise<T> => ({
  ...mustBeAllowed(c, plain),
  ...(await sealSecrets(keys(c), c.var.team, plain)),
})

function byState(found: Awaited<ReturnType<typeof countMonitors>>) {
  const sum = (of: typeof found) => of.reduce((total, f) => total + f.n, 0)
  const each = statuses.map((s) => [s, sum(found.filter((f) => f.status === s))])
  return { total: sum(found), ...(Object.fromEntries(each) as Record<(typeof statuses)[number], number>) }
}

const newborn = (paused: boolean): Facts => ({
  status: paused ? 'paused' : 'pending',
  statusSince: null,
  lastCheckedAt: null,
  incident: null,
  failing: [],
})
const headFacts = ({ status, head }: Listed): Facts => ({
  status,
  statusSince: head?.status_since ?? null,
  lastCheckedAt: null,
  incident: status === 'paused' ? null : (head?.incident_id ?? null),
  failing: [],
})
/** The shard knows more than its head, but a list is filtered and ordered by heads, so their state is what it shows. */
const seen = (facts: Facts | undefined) => (facts ? { lastCheckedAt: facts.lastCheckedAt, failing: facts.failing } : {})

async function bodyOf(c: Asked, row: Listed): Promise<MonitorBody> {
  const facts = (await liveFacts(c, [row])).get(row.monitor.id)
  // a pause or its end counts at once, also before the shard has read it
  const stale = !facts || (facts.status === 'paused') !== (row.status === 'paused')
  return monitorBody(row.monitor, stale ? headFacts(row) : facts)
}

/** What the shards know now. One that does not answer within a second is left out: D1's heads stand in. */
async function liveFacts(c: Asked, rows: Listed[]): Promise<Map<string, Facts>> {
  const byShard = Map.groupBy(rows, (row) => row.monitor.shard)
  const late = new Promise<never[]>((done) => setTimeout(done, 1000, []))
  const answers = await Promise.all(
    [...byShard].map(([shard, held]) => {
      const ids = held.map((row) => row.monitor.id)
      return Promise.race([
        stubs
          .monitorShard(shard)
          .read(c.var.team, ids)
          .catch(() => []),
        late,
      ])
    }),
  )
  return new Map(answers.flat().map((facts) => [facts.id, facts]))
}

/** Shards read the row again; open dashboards refetch what it is called and how it is checked. */
function tellShards(c: Asked, monitor = '*') {
  c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
  c.executionCtx.waitUntil(stubs.live(c.var.team).publish({ type: 'monitor', id: monitor, version: Date.now() }))
}
