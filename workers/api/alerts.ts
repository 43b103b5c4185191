import { stubs } from '../../durable-objects/stubs.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { incidentsByAlert } from '../../shared/incidents/by-alert.ts'
import { unknownWebhooks } from '../../shared/integrations/store.ts'
import { alertBody, type Facts } from '../../shared/metrics/alerts/body.ts'
import { alertDefaults } from '../../shared/metrics/alerts/defaults.ts'
import { firingsOf, historyOf } from '../../shared/metrics/alerts/history.ts'
import {
  AlertBody, AlertChange, AlertCounts, AlertHistory, AlertList, Backtest, BacktestBody, HistoryQuery, ListAlerts, NewAlert, type Typed,
} from '../../shared/metrics/alerts/schema.ts' // biome-ignore format: a list
import {
  changeAlert, countAlerts, deleteAlert, getAlert, insertAlerts, type Listed, listAlerts, newAlert, refuseTooMany, typedOver,
} from '../../shared/metrics/alerts/store.ts' // biome-ignore format: a list
import { getPolicy } from '../../shared/oncall/store.ts'
import { pagination } from '../../shared/page.ts'
import { type FieldError, Problem } from '../../shared/problem.ts'
import { DAY } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'

const read = can('metrics:read')
const write = can('metrics:write')

/** `/api/metrics/alerts` */
export const alerts = door()
  .get('/', says('List alerts, trouble first', AlertList), read, takes('query', ListAlerts), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listAlerts(c.var.db, c.var.team, query)
    return c.json({ data: await bodiesOf(c, rows), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create an alert', AlertBody, 201), write, takes('json', NewAlert), (c) =>
    once(c, async (also) => {
      const typed = await allowed(c, typedOver(null, c.req.valid('json')))
      await refuseTooMany(c.var.db, c.var.team, 1)
      const at = Date.now()
      const row = newAlert(c.var.team, typed, null, at)
      const answer = alertBody(row, null, undefined)
      await c.var.db.batch([...insertAlerts(c.var.db, c.var.team, [row], at), ...also(answer)] as never)
      tell(c)
      return answer
    }),
  )
  .get('/counts', says('How many alerts are in which state', AlertCounts), read, async (c) => c.json(await countAlerts(c.var.db, c.var.team)))
  .post('/backtest', says('When an alert would have fired', BacktestBody), read, takes('json', Backtest), async (c) => {
    const { from, to, ...given } = c.req.valid('json')
    const typed = await allowed(c, typedOver(null, { name: 'Backtest', ...given }))
    const { runBacktest } = await import('../backtest.ts')
    return c.json(await runBacktest(c.env, c.var.team, typed, from, to))
  })
  .get('/:id', says('One alert', AlertBody), read, async (c) => c.json(await bodyOf(c, await alertOr404(c))))
  .patch('/:id', says('Change an alert', AlertBody), write, takes('json', AlertChange), async (c) => {
    const { alert } = await alertOr404(c)
    const change = c.req.valid('json')
    if (alert.group_id && Object.keys(change).some((k) => !['paused', 'severity', 'policy_id', 'create_incident', 'incident_per_series', 'notify_channels', 'description'].includes(k)))
      throw new Problem('conflict', 'This rule belongs to an imported rule file. Change the file and import it again; here it can be paused, and who is told.') // biome-ignore format: one thought
    const typed = await allowed(c, typedOver(alert, change), change)
    if (!(await changeAlert(c.var.db, c.var.team, alert.id, typed, Date.now()))) throw notFound()
    tell(c)
    return c.json(await bodyOf(c, await alertOr404(c)))
  })
  .delete('/:id', says('Delete an alert; what it opened is resolved', null, 204), write, async (c) => {
    if (!(await deleteAlert(c.var.db, c.var.team, idOf(c), Date.now()))) throw notFound()
    tell(c)
    return c.body(null, 204)
  })
  .get('/:id/history', says('When its series became pending, fired and ended, newest first', AlertHistory), read, takes('query', HistoryQuery), async (c) => {
    const { alert } = await alertOr404(c)
    const { data, next } = await historyOf(warehouse(c), c.var.team, alert.id, c.req.valid('query'), Date.now())
    const link = new URL(c.req.url)
    if (next) link.searchParams.set('cursor', next)
    return c.json({ data, pagination: { next: next && link.href } })
  }) // biome-ignore format: a route a block

async function alertOr404(c: Asked): Promise<Listed> {
  const found = await getAlert(c.var.db, c.var.team, idOf(c))
  if (!found) throw notFound()
  return found
}
const notFound = () => new Problem('not-found', 'This team has no alert with this id.')
const warehouse = (c: Asked) => clickhouse(clickhouseOf(c.env))
const tell = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))

/** What zod cannot say: the query is PromQL, a condition has a threshold, what it points at is this team's. */
async function allowed(c: Asked, typed: Typed, change: Partial<Typed> = typed): Promise<Typed> {
  const errors: FieldError[] = []
  const wrong = await (await import('../../shared/metrics/alerts/check.ts')).checkQuery(typed.query)
  if (wrong) errors.push(wrong)
  if (typed.condition !== null && typed.threshold === null && !typed.use_anomaly_detection)
    errors.push({ path: 'threshold', code: 'required', message: 'A condition compares with a threshold. Give a number.' })
  const channels = change.notify_channels?.length ? await unknownWebhooks(c.var.db, c.var.team, change.notify_channels) : []
  for (const id of channels)
    errors.push({ path: `notify_channels.${change.notify_channels?.indexOf(id)}`, code: 'unknown', message: 'This team has no outgoing webhook with this id. GET /api/integrations/webhooks lists them.' })
  if (change.policy_id && !(await getPolicy(c.var.db, c.var.team, change.policy_id)))
    errors.push({ path: 'policy_id', code: 'unknown', message: 'This team has no escalation policy with this id.' })
  if (errors.length) throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
  return { ...typed, anomaly_sensitivity: typed.anomaly_sensitivity ?? alertDefaults.anomaly_sensitivity }
} // biome-ignore format: one thought

const bodyOf = async (c: Asked, row: Listed): Promise<AlertBody> => (await bodiesOf(c, [row]))[0]!

/** What the object knows now; one that does not answer within a second is left out, and D1's heads stand in. */
async function bodiesOf(c: Asked, rows: Listed[]): Promise<AlertBody[]> {
  const ids = rows.map((r) => r.alert.id)
  const late = new Promise<never[]>((done) => setTimeout(done, 1000, []))
  const [facts, fired, opened] = await Promise.all([
    ids.length
      ? Promise.race([
          stubs
            .alerts(c.var.team)
            .read(ids)
            .catch(() => []),
          late,
        ])
      : [],
    firingsOf(warehouse(c), c.var.team, ids, Date.now()).catch(() => null),
    incidentsByAlert(c.var.db, c.var.team, ids, Date.now() - 30 * DAY),
  ])
  const byId = new Map<string, Facts>(facts.map((f) => [f.id, f]))
  return rows.map(({ alert, head }) =>
    alertBody(alert, byId.get(alert.id) ?? (head && headFacts(head)), fired === null ? null : fired.get(alert.id), opened.get(alert.id)),
  )
}

const headFacts = (head: NonNullable<Listed['head']>): Facts => ({
  state: head.state,
  since: head.state_since,
  trouble: null,
  evaluatedAt: null,
  missed: null,
  incident: head.incident_id,
  active: [],
  activeCount: 0,
  firingCount: 0,
})
