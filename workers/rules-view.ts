import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { db } from '../shared/db.ts'
import { allAlerts, typedOver } from '../shared/metrics/alerts/store.ts'
import { Failure, invalidParameter } from '../shared/metrics/prometheus/failure.ts'
import { parameters } from '../shared/metrics/prometheus/parameters.ts'
import { alertsData, rulesData } from '../shared/metrics/rules/prometheus.ts'
import { allGroups } from '../shared/metrics/rules/store.ts'

/** `data` of `/prometheus/api/v1/rules`, by Prometheus' parameters. Throws Failure. */
export async function prometheusRules(env: Env, team: string, asked: URLSearchParams): Promise<object> {
  const type = asked.get('type')?.toLowerCase() ?? ''
  if (type && type !== 'alert' && type !== 'record') throw invalidParameter('type', `not supported value ${JSON.stringify(type)}`)
  const given = asked.get('group_limit') ?? ''
  if (!/^([+-]?\d+)?$/.test(given))
    throw invalidParameter(
      'group_limit',
      `group_limit needs to be a valid number: strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`,
    )
  const limit = Number(given)
  if (given && limit <= 0) throw invalidParameter('group_limit', 'group_limit needs to be greater than 0')
  const token = asked.get('group_next_token') ?? ''
  if (token && !limit) throw invalidParameter('group_next_token', 'group_limit needs to be present in order to paginate over the groups')
  const exclude = asked.get('exclude_alerts') ?? ''
  if (exclude && !/^(1|t|true|0|f|false)$/i.test(exclude))
    throw invalidParameter(
      'exclude_alerts',
      `error converting exclude_alerts: strconv.ParseBool: parsing ${JSON.stringify(exclude)}: invalid syntax`,
    )
  const selectors = parameters(new URLSearchParams(), asked).selectors()
  const wanted = {
    type,
    names: asked.getAll('rule_name[]'),
    groups: asked.getAll('rule_group[]'),
    files: asked.getAll('file[]'),
    excludeAlerts: /^(1|t|true)$/i.test(exclude),
    selectors,
    limit,
    token,
  }
  const database = db(env.DB)
  const object = stubs.alerts(team)
  const [groups, rows, facts, runs] = await Promise.all([
    allGroups(database, team),
    allAlerts(database, team),
    object.all(),
    object.evaluations(),
  ])
  const alerts = rows.map((row) => ({ id: row.id, group: row.group_id, typed: typedOver(row, {}), paused: row.paused }))
  const data = rulesData(groups, alerts, facts, runs, wanted)
  if (!data)
    throw new Failure(
      'bad_data',
      `invalid parameter "group_next_token": invalid group_next_token '${token.slice(0, 80)}'. were rule groups changed?`,
    )
  return data
}

/** `data` of `/prometheus/api/v1/alerts`. */
export const prometheusAlerts = async (_: Env, team: string): Promise<object> => alertsData(await stubs.alerts(team).all())
