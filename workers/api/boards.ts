import { stubs } from '../../durable-objects/stubs.ts'
import { namesOf } from '../../shared/incidents/store.ts'
import {
  BoardBody, BoardChange, BoardList, type BoardTyped, BoardVersions, boardDefaults, ExportedBoard, ImportBoard, ImportedBoard, ListBoards, NewBoard,
} from '../../shared/metrics/boards/schema.ts' // biome-ignore format: a list
import {
  boardBody, boardLine, changeBoard, deleteBoard, getBoard, insertBoard, listBoards, named, newBoard, refuseTooMany, typedOf, versionOf, versionsOf,
} from '../../shared/metrics/boards/store.ts' // biome-ignore format: a list
import type { BoardRow } from '../../shared/metrics/boards/table.ts'
import { pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { iso } from '../../shared/time.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'

const read = can('metrics:read')
const write = can('metrics:write')

/** `/api/metrics/dashboards` */
export const boards = door()
  .get('/', says('List dashboards', BoardList), read, takes('query', ListBoards), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listBoards(c.var.db, c.var.team, query)
    const names = await people(c, rows)
    return c.json({ data: rows.map((row) => boardLine(row, names)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create a dashboard', BoardBody, 201), write, takes('json', NewBoard), (c) =>
    once(c, async (also) => {
      await refuseTooMany(c.var.db, c.var.team)
      return create(c, { ...boardDefaults, ...c.req.valid('json') } as BoardTyped, (body) => also(body))
    }),
  )
  .post('/import', says('Make a dashboard of Grafana’s JSON or of an export', ImportedBoard, 201), write, takes('json', ImportBoard), (c) =>
    once(c, async (also) => {
      await refuseTooMany(c.var.db, c.var.team)
      const { name, data } = c.req.valid('json')
      const { importBoard } = await import('../../shared/metrics/boards/import.ts')
      const { board, not_understood } = importBoard(data, name ?? null)
      const answer = (dashboard: BoardBody) => ({ dashboard, not_understood })
      return answer(await create(c, board, (body) => also(answer(body))))
    }),
  )
  .get('/:id', says('One dashboard', BoardBody), read, async (c) => c.json(await body(c, await boardOr404(c))))
  .patch('/:id', says('Save a dashboard', BoardBody), write, takes('json', BoardChange), async (c) => {
    const row = await boardOr404(c)
    const { version, ...change } = c.req.valid('json')
    if (version !== undefined && version !== row.version) throw stale(row.version)
    return c.json(await save(c, row, { ...typedOf(row), ...change } as BoardTyped))
  })
  .delete('/:id', says('Delete a dashboard', null, 204), write, async (c) => {
    if (!(await deleteBoard(c.var.db, c.var.team, idOf(c), Date.now()))) throw notFound()
    tell(c, idOf(c), Date.now())
    return c.body(null, 204)
  })
  .get('/:id/export', says('A dashboard as JSON, for import elsewhere', ExportedBoard), read, async (c) => {
    const row = await boardOr404(c)
    const { is_shared: _, ...data } = typedOf(row)
    return c.json({ id: row.id, name: row.name, data: { format: 'tocsin-dashboard', v: 1, ...data } })
  })
  .get('/:id/versions', says('Who saved it when, newest first', BoardVersions), read, async (c) => {
    const row = await boardOr404(c)
    const versions = await versionsOf(c.var.db, c.var.team, row.id)
    const names = await people(
      c,
      versions.map((v) => ({ updated_by: v.by })),
    )
    const data = versions.map((v) => ({
      version: v.version,
      name: v.name,
      at: iso(v.at),
      by: named(v.by, names),
      panels_count: v.doc.panels.length,
    }))
    return c.json({ data })
  })
  .get('/:id/versions/:version', says('A dashboard as it was', BoardBody), read, async (c) => {
    const row = await boardOr404(c)
    return c.json(await body(c, await asItWas(c, row)))
  })
  .post('/:id/versions/:version/restore', says('Save an earlier version again', BoardBody), write, async (c) => {
    const row = await boardOr404(c)
    return c.json(await save(c, row, typedOf(await asItWas(c, row))))
  })

async function create(
  c: Asked,
  typed: BoardTyped,
  also: (body: BoardBody) => ReturnType<Parameters<Parameters<typeof once>[1]>[0]>,
): Promise<BoardBody> {
  const at = Date.now()
  const row = newBoard(c.var.team, typed, c.var.actor, at)
  const answer = boardBody(row, await people(c, [row]))
  await c.var.db.batch([...insertBoard(c.var.db, c.var.team, row), ...also(answer)])
  tell(c, row.id, row.version)
  return answer
}

async function save(c: Asked, row: BoardRow, typed: BoardTyped): Promise<BoardBody> {
  const changed = await changeBoard(c.var.db, row, typed, c.var.actor, Date.now())
  if (!changed) throw stale(row.version + 1)
  tell(c, row.id, changed.version)
  return body(c, changed)
}

async function asItWas(c: Asked, row: BoardRow): Promise<BoardRow> {
  const number = Number(c.req.param('version'))
  const version = Number.isSafeInteger(number) && number > 0 ? await versionOf(c.var.db, c.var.team, row.id, number) : undefined
  if (!version) throw new Problem('not-found', 'This dashboard has no such version, or no longer. The newest 50 are kept.')
  return { ...row, name: version.name, doc: version.doc, version: version.version, updated_at: version.at, updated_by: version.by }
}

async function boardOr404(c: Asked): Promise<BoardRow> {
  const row = await getBoard(c.var.db, c.var.team, idOf(c))
  if (!row) throw notFound()
  return row
}
const notFound = () => new Problem('not-found', 'This team has no dashboard with this id.')
const stale = (version: number) =>
  new Problem('conflict', `Somebody saved version ${version} meanwhile. Load the dashboard again and make your change there.`)

const people = (c: Asked, rows: { updated_by: BoardRow['updated_by'] }[]) =>
  namesOf(c.var.db, c.var.team, [...new Set(rows.flatMap((r) => (r.updated_by.type === 'user' ? [r.updated_by.id] : [])))])
const body = async (c: Asked, row: BoardRow) => boardBody(row, await people(c, [row]))

/** Those who have it open fetch it again. A lost frame costs them a reload, so nobody waits for it. */
const tell = (c: Asked, id: string, version: number) =>
  c.executionCtx.waitUntil(Promise.resolve(stubs.live(c.var.team).publish({ type: 'dashboard', id, version })).catch(() => {}))
