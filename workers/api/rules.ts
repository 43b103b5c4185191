import { allAlerts, refuseTooMany } from '../../shared/metrics/alerts/store.ts'
import { replacing } from '../../shared/metrics/rules/replace.ts'
import {
  type FileGroup,
  ImportedRules,
  ImportRules,
  RuleGroupBody,
  RuleGroupList,
  TestedRules,
  TestRules,
} from '../../shared/metrics/rules/schema.ts'
import { allGroups, GROUPS_MAX, getGroup, groupBody, listGroups, removeGroup } from '../../shared/metrics/rules/store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'

const read = can('metrics:read')
const write = can('metrics:write')

/** `/api/metrics/rules`: groups out of Prometheus' rule files. */
export const rules = door()
  .get('/', says('List imported rule groups', RuleGroupList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listGroups(c.var.db, c.var.team, query)
    const named = await namedAlerts(c)
    return c.json({ data: rows.map((row) => groupBody(row, named)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post(
    '/import',
    says('Import a Prometheus rule file; its earlier groups are replaced', ImportedRules),
    write,
    takes('json', ImportRules),
    async (c) => {
      const { rules: source, file, dry_run } = c.req.valid('json')
      const { parseRuleFile } = await import('../../shared/metrics/rules/parse.ts')
      const { groups, findings } = parseRuleFile(source)
      const count = (kind: string) => groups.reduce((sum, g) => sum + g.rules.filter((r) => r.kind === kind).length, 0)
      if (!dry_run) await replace(c, file, groups)
      return c.json({ groups: groups.length, alerts: count('alert'), recording_rules: count('record'), not_understood: findings, dry_run })
    },
  )
  .post('/test', says('Run unit tests of rules, as promtool test rules does', TestedRules), read, takes('json', TestRules), async (c) => {
    const { rules: source, tests } = c.req.valid('json')
    const [{ parseRuleFile }, { testRules }] = await Promise.all([import('../../shared/metrics/rules/parse.ts'), import('../../shared/metrics/rules/unit-test.ts')]) // biome-ignore format: one line
    return c.json(await testRules(parseRuleFile(source).groups, tests, Date.now))
  })
  .get('/:id', says('One rule group', RuleGroupBody), read, async (c) => {
    const row = await getGroup(c.var.db, c.var.team, idOf(c))
    if (!row) throw notFound()
    return c.json(groupBody(row, await namedAlerts(c)))
  })
  .delete('/:id', says('Delete a rule group with its alerts', null, 204), write, async (c) => {
    const [gone] = await c.var.db.batch(removeGroup(c.var.db, c.var.team, idOf(c), Date.now()))
    if (!gone.length) throw notFound()
    tell(c)
    return c.body(null, 204)
  })

const notFound = () => new Problem('not-found', 'This team has no rule group with this id.')
const tell = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))

async function namedAlerts(c: Asked) {
  const rows = await allAlerts(c.var.db, c.var.team)
  return new Map(rows.map((a) => [a.id, { name: a.name, query: a.doc.query, labels: a.doc.labels }]))
}

/** The file's groups instead of those it had before, in one batch. */
async function replace(c: Asked, file: string, groups: readonly FileGroup[]): Promise<void> {
  const { db, team } = c.var
  const [before, alerts] = await Promise.all([allGroups(db, team), allAlerts(db, team)])
  const { statements, added } = replacing(db, team, file, groups, { groups: before, alerts }, Date.now())
  await refuseTooMany(db, team, added)
  if (before.length + groups.length > GROUPS_MAX) throw new Problem('conflict', `A team has at most ${GROUPS_MAX} rule groups.`)
  const [first, ...rest] = statements
  if (first) await db.batch([first, ...rest])
  tell(c)
}
