import { changeGroup, groupBody, listGroups, newGroup, removeGroup } from '../../shared/oncall/policy-groups.ts'
import { PolicyGroupBody, PolicyGroupChange, PolicyGroupInput, PolicyGroupList } from '../../shared/oncall/schema.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { can, door, idOf, once, says, takes } from './door.ts'

/** `/api/oncall/policy-groups`: how policies are shown together. */
export const policyGroups = door()
  .get('/', says('List policy groups', PolicyGroupList), can('oncall:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listGroups(c.var.db, c.var.team, query)
    return c.json({ data: rows.map(groupBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create a policy group', PolicyGroupBody, 201), can('oncall:write'), takes('json', PolicyGroupInput), (c) =>
    once(c, async (also) => {
      const { row, statement } = newGroup(c.var.db, c.var.team, c.req.valid('json'), Date.now())
      const answer = groupBody(row)
      await c.var.db.batch([statement, ...also(answer)])
      return answer
    }),
  )
  .patch('/:id', says('Change a policy group', PolicyGroupBody), can('oncall:write'), takes('json', PolicyGroupChange), async (c) => {
    const row = await changeGroup(c.var.db, c.var.team, idOf(c), c.req.valid('json'), Date.now())
    if (!row) throw notFound()
    return c.json(groupBody(row))
  })
  .delete('/:id', says('Delete a policy group; its policies stay', null, 204), can('oncall:write'), async (c) => {
    if (!(await removeGroup(c.var.db, c.var.team, idOf(c)))) throw notFound()
    return c.body(null, 204)
  })

const notFound = () => new Problem('not-found', 'This team has no policy group with this id.')
