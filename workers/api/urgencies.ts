import { UrgencyBody, UrgencyChange, UrgencyInput, UrgencyList } from '../../shared/notify/schema.ts'
import {
  changeUrgency,
  ensureUrgencies,
  getUrgency,
  listUrgencies,
  newUrgency,
  removeUrgency,
  urgencyBody,
} from '../../shared/notify/urgency-store.ts'
import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { drainOutbox } from '../outbox.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'

/** `/api/oncall/urgencies`: how loud a page is, from SEV1 to what a team makes of its own. */
export const urgencies = door()
  .get('/', says('List urgencies', UrgencyList), can('oncall:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listUrgencies(c.var.db, c.var.team, query, Date.now())
    return c.json({ data: rows.map(urgencyBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create an urgency', UrgencyBody, 201), can('oncall:write'), takes('json', UrgencyInput), (c) =>
    once(c, async (also) => {
      await ensureUrgencies(c.var.db, c.var.team, Date.now())
      const made = await newUrgency(c.var.db, c.var.team, c.req.valid('json'), Date.now())
      if (!made) throw new Problem('conflict', 'A team has at most 50 urgencies. Delete one first.')
      const answer = urgencyBody(made.row)
      await c.var.db.batch([...made.statements, ...also(answer)])
      tellObjects(c)
      return answer
    }),
  )
  .get('/:id', says('One urgency', UrgencyBody), can('oncall:read'), async (c) => c.json(await urgencyOr404(c)))
  .patch('/:id', says('Change an urgency', UrgencyBody), can('oncall:write'), takes('json', UrgencyChange), async (c) => {
    if (!(await changeUrgency(c.var.db, c.var.team, idOf(c), c.req.valid('json'), Date.now()))) throw notFound()
    tellObjects(c)
    return c.json(await urgencyOr404(c))
  })
  .delete('/:id', says('Delete an urgency that no policy names', null, 204), can('oncall:write'), async (c) => {
    const removed = await removeUrgency(c.var.db, c.var.team, idOf(c), Date.now())
    if (removed === 'gone') throw notFound()
    if (removed === 'every-teams') throw new Problem('conflict', 'Every team has SEV1 to SEV4. Change its channels instead.')
    if (removed === 'used') throw new Problem('conflict', 'A policy’s step names this urgency. Give the step another one first.')
    tellObjects(c)
    return c.body(null, 204)
  })

async function urgencyOr404(c: Asked): Promise<UrgencyBody> {
  const row = await getUrgency(c.var.db, c.var.team, idOf(c))
  if (!row) throw notFound()
  return urgencyBody(row)
}

const tellObjects = (c: Asked) => c.executionCtx.waitUntil(drainOutbox(c.env, Date.now(), c.var.team))
const notFound = () => new Problem('not-found', 'This team has no urgency with this id.')
