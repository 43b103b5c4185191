import {
  deleteSaved,
  insertSaved,
  listSaved,
  newSaved,
  readSaved,
  refuseTooManySaved,
  savedBody,
  updateSaved,
} from '../../shared/logs/saved.ts'
import { NewSavedQuery, SavedQuery, SavedQueryPatch } from '../../shared/logs/schema.ts'
import { PageQuery, pageOf, pagination } from '../../shared/page.ts'
import { can, door, idOf, once, says, takes } from './door.ts'

/** `/api/logs/queries`: questions a team keeps. */
export const savedQueries = door()
  .get('/', says('List saved queries', pageOf(SavedQuery)), can('logs:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listSaved(c.var.db, c.var.team, query)
    return c.json({ data: rows.map(savedBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Save a query', SavedQuery, 201), can('logs:write'), takes('json', NewSavedQuery), (c) =>
    once(c, async (also) => {
      const row = newSaved(c.var.team, c.var.person, c.req.valid('json'), Date.now())
      await refuseTooManySaved(c.var.db, c.var.team)
      await c.var.db.batch([insertSaved(c.var.db, c.var.team, row), ...also(savedBody(row))])
      return savedBody(row)
    }),
  )
  .get('/:id', says('One saved query', SavedQuery), can('logs:read'), async (c) =>
    c.json(savedBody(await readSaved(c.var.db, c.var.team, idOf(c)))),
  )
  .patch('/:id', says('Change a saved query', SavedQuery), can('logs:write'), takes('json', SavedQueryPatch), async (c) =>
    c.json(savedBody(await updateSaved(c.var.db, c.var.team, idOf(c), c.req.valid('json'), Date.now()))),
  )
  .delete('/:id', says('Delete a saved query', null, 204), can('logs:write'), async (c) => {
    await deleteSaved(c.var.db, c.var.team, idOf(c))
    return c.body(null, 204)
  })
