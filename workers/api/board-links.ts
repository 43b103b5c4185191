import { newToken } from '../../shared/ids.ts'
import { namesOf } from '../../shared/incidents/store.ts'
import { BoardLinkMade, BoardLinks, NewBoardLink } from '../../shared/metrics/boards/links/schema.ts'
import { countLinks, deleteLink, insertLink, LINKS_MAX, linkBody, linksOf, newLink } from '../../shared/metrics/boards/links/store.ts'
import { getBoard } from '../../shared/metrics/boards/store.ts'
import type { BoardLinkRow } from '../../shared/metrics/boards/table.ts'
import { Problem } from '../../shared/problem.ts'
import { type Asked, can, door, idOf, says, takes } from './door.ts'

/** `/api/metrics/dashboards/:id/links`: links by which people outside the team see one dashboard and nothing else. */
export const boardLinks = door()
  .get('/:id/links', says('Links by which strangers see it', BoardLinks), can('metrics:read'), async (c) => {
    const rows = await linksOf(c.var.db, c.var.team, await boardId(c))
    const names = await people(c, rows)
    return c.json({ data: rows.map((row) => linkBody(row, names, Date.now())) })
  })
  .post('/:id/links', says('Make such a link; it is shown this once', BoardLinkMade, 201), can('metrics:write'), takes('json', NewBoardLink), async (c) => {
    const board = await boardId(c)
    const given = c.req.valid('json')
    const at = Date.now()
    if (given.expires_at !== null && given.expires_at <= at)
      throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors: [{ path: 'expires_at', code: 'past', message: 'A link expires in the future.' }] })
    if ((await countLinks(c.var.db, c.var.team, board)) >= LINKS_MAX)
      throw new Problem('conflict', `A dashboard has at most ${LINKS_MAX} links. Delete one that nobody uses.`)
    const token = newToken('brd')
    const row = await newLink(c.var.team, board, given, token, c.var.actor, at)
    await insertLink(c.var.db, c.var.team, row)
    return c.json({ ...linkBody(row, await people(c, [row]), at), url: new URL(`/shared/${token}`, c.env.TOCSIN_URL).href }, 201)
  })
  .delete('/:id/links/:link', says('Delete a link: who has it sees nothing any more', null, 204), can('metrics:write'), async (c) => {
    if (!(await deleteLink(c.var.db, c.var.team, await boardId(c), idOf(c, 'link')))) throw new Problem('not-found', 'This dashboard has no link with this id.')
    return c.body(null, 204)
  }) // biome-ignore format: a route a block

async function boardId(c: Asked): Promise<string> {
  const row = await getBoard(c.var.db, c.var.team, idOf(c))
  if (!row) throw new Problem('not-found', 'This team has no dashboard with this id.')
  return row.id
}
const people = (c: Asked, rows: Pick<BoardLinkRow, 'created_by'>[]) =>
  namesOf(c.var.db, c.var.team, [...new Set(rows.flatMap((r) => (r.created_by.type === 'user' ? [r.created_by.id] : [])))])
