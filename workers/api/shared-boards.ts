import { clickhouseOf } from '../../durable-objects/transport.ts'
import { Remembered } from '../../shared/auth/remembered.ts'
import { isToken } from '../../shared/ids.ts'
import { interpolate } from '../../shared/metrics/boards/interpolate.ts'
import { allowedChoice, matchOf, withoutQueries, withoutSelectors } from '../../shared/metrics/boards/links/allowed.ts'
import { SharedBoard, SharedQuery, SharedValues, SharedValuesBody } from '../../shared/metrics/boards/links/schema.ts'
import { boardByToken } from '../../shared/metrics/boards/links/store.ts'
import { typedOf } from '../../shared/metrics/boards/store.ts'
import { labelValues } from '../../shared/metrics/catalogue.ts'
import { MetricsResult } from '../../shared/metrics/schema.ts'
import { Problem } from '../../shared/problem.ts'
import { iso, isoOrNull, MINUTE } from '../../shared/time.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { type Asked, door, says, takes } from './door.ts'
import { enter, planOf } from './turn.ts'

const VALUES_MAX = 1000
const VALUES_DAYS_MS = 30 * 86_400_000
const POINTS_MAX = 2000
/** Per isolate: what a variable offers; every panel of a board asks. */
const offered = new Remembered<readonly string[]>(500)

/** `/api/shared/dashboards/:token`: one dashboard for who has its link. Only its own queries are answered, with values it offers. */
export const sharedBoards = door()
  .get('/:token', says('A shared dashboard', SharedBoard), async (c) => {
    const { board, link } = await shown(c)
    const { name, description, panels, variables, date_range_from, refresh_interval } = typedOf(board)
    const seen = { panels: withoutQueries(panels), variables: withoutSelectors(variables) }
    return c.json({ name, description, ...seen, date_range_from, refresh_interval, updated_at: iso(board.updated_at), expires_at: isoOrNull(link.expires_at) })
  })
  .post('/:token/values', says('What a variable offers', SharedValuesBody), takes('json', SharedValues), async (c) => {
    const { board } = await shown(c)
    const { variable, variables: given } = c.req.valid('json')
    const { variables } = typedOf(board)
    const v = variables.find((one) => one.name === variable)
    if (!v) throw notOffered('variable', 'The dashboard has no such variable.')
    if (v.type !== 'query') return c.json({ data: v.values })
    const others = variables.filter((one) => one.name !== v.name)
    const chosen = await allowedChoice(others, given, (label, match) => valuesOf(c, board.team, label, match))
    if (!chosen) throw notOffered('variables', 'Choose among the values the dashboard offers.')
    return c.json({ data: [...(await valuesOf(c, board.team, v.label_name, matchOf(v, chosen)))] })
  })
  .post('/:token/query', says('What a query of one of its panels gives', MetricsResult), takes('json', SharedQuery), async (c) => {
    const { board } = await shown(c)
    const { panel, ref, variables: given, from, to, step } = c.req.valid('json')
    const { panels, variables } = typedOf(board)
    const query = panels.find((p) => p.id === panel)?.queries.find((q) => q.ref === ref)
    if (!query) throw notOffered('panel', 'The dashboard has no such panel, or the panel no such query.')
    if (to < from || (to - from) / step > POINTS_MAX) throw notOffered('step', `from comes before to, with at most ${POINTS_MAX} steps between.`)
    c.set('team', board.team)
    const leave = await enter(c.env, board.team, await planOf(c))
    try {
      const chosen = await allowedChoice(variables, given, (label, match) => valuesOf(c, board.team, label, match))
      if (!chosen) throw notOffered('variables', 'Choose among the values the dashboard offers.')
      const expr = interpolate(query.expr, chosen, { stepS: step / 1000, rangeS: (to - from) / 1000 })
      const [{ evaluated }, { resultJson }] = await Promise.all([import('./metrics.ts'), import('../../shared/metrics/prometheus/result.ts')])
      const answer = await evaluated(c, query.instant ? { query: expr, time: to } : { query: expr, from, to, step })
      c.header('cache-control', 'private, max-age=10')
      return c.json({ ...(JSON.parse(resultJson(answer)) as { resultType: 'matrix'; result: unknown[] }), warnings: [], infos: [] })
    } finally {
      leave()
    }
  }) // biome-ignore format: a route a block

async function shown(c: Asked) {
  const token = c.req.param('token') ?? ''
  const found = isToken('brd', token) ? await boardByToken(c.var.db, token, Date.now()) : undefined
  if (!found) throw new Problem('not-found', 'This link shows nothing: it expired, was taken back, or is not complete.')
  return found
}

async function valuesOf(c: Asked, team: string, label: string, match: string): Promise<readonly string[]> {
  const at = Date.now()
  const key = JSON.stringify([team, label, match])
  const before = offered.get(key, at)
  if (before) return before
  const { parseMatchers } = await import('../../shared/metrics/promql/syntax/parse.ts')
  const selectors = match ? [parseMatchers(match)] : []
  const { found } = await labelValues(
    clickhouse(clickhouseOf(c.env)),
    team,
    label,
    { selectors, from: at - VALUES_DAYS_MS, to: at },
    VALUES_MAX,
  )
  offered.set(key, found, at + MINUTE)
  return found
}

const notOffered = (path: string, message: string) =>
  new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', {
    errors: [{ path, code: 'not-offered', message }],
  })
