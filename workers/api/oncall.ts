import { PolicyBody, PolicyChange, PolicyInput, PolicyList } from '../../shared/oncall/schema.ts'
import { changePolicy, getPolicy, listPolicies, newPolicy, policyBody, removePolicy, unknownParts } from '../../shared/oncall/store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'

/** `/api/oncall`: who is paged, in which order. */
export const oncall = door()
  .get('/policies', says('List escalation policies', PolicyList), can('oncall:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listPolicies(c.var.db, c.var.team, query, Date.now())
    return c.json({ data: rows.map(policyBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/policies', says('Create an escalation policy', PolicyBody, 201), can('oncall:write'), takes('json', PolicyInput), (c) =>
    once(c, async (also) => {
      await refuseUnknown(c, c.req.valid('json'))
      const { row, statements } = newPolicy(c.var.db, c.var.team, c.req.valid('json'), Date.now())
      const answer = policyBody(row)
      await c.var.db.batch([...statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  )
  .get('/policies/:id', says('One escalation policy', PolicyBody), can('oncall:read'), async (c) => c.json(await policyOr404(c)))
  .patch('/policies/:id', says('Change an escalation policy', PolicyBody), can('oncall:write'), takes('json', PolicyChange), async (c) => {
    const change = c.req.valid('json')
    await refuseUnknown(c, change)
    if (!(await changePolicy(c.var.db, c.var.team, idOf(c), change, Date.now()))) throw noPolicy()
    tellObjects(c)
    return c.json(await policyOr404(c))
  })
  .delete('/policies/:id', says('Delete an escalation policy that nothing uses', null, 204), can('oncall:write'), async (c) => {
    const removed = await removePolicy(c.var.db, c.var.team, idOf(c), Date.now())
    if (removed === 'gone') throw noPolicy()
    if (removed === 'default')
      throw new Problem('conflict', 'This is the default policy: monitors without a policy of their own use it. Change it instead.')
    if (removed !== 'removed') throw new Problem('conflict', 'Monitors still use this policy. Give them another one first.')
    tellObjects(c)
    return c.body(null, 204)
  })

async function policyOr404(c: Asked) {
  const row = await getPolicy(c.var.db, c.var.team, idOf(c))
  if (!row) throw noPolicy()
  return policyBody(row)
}

/** Targets, urgencies and groups that are not this team's: 422 by path. */
export async function refuseUnknown(c: Asked, change: PolicyChange) {
  const errors = await unknownParts(c.var.db, c.var.team, change)
  if (errors.length) throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
}

const tellObjects = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
export const noPolicy = () => new Problem('not-found', 'This team has no escalation policy with this id.')
