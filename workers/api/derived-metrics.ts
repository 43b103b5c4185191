import { listSources, readSource } from '../../shared/logs/store.ts'
import { DerivedMetric, NewDerivedMetric } from '../../shared/metrics/derived/schema.ts'
import {
  deleteDerived,
  derivedBody,
  insertDerived,
  listDerived,
  newDerived,
  readDerived,
  refuseDerived,
} from '../../shared/metrics/derived/store.ts'
import { PageQuery, pageOf, pagination } from '../../shared/page.ts'
import { forgetSource } from '../ingest/source.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { readable } from './log-search.ts'

/** `/api/logs/derived-metrics`: rules that make metrics of log lines while they arrive. A change holds within 60 s. */
export const derivedMetrics = door()
  .get('/', says('List derived metrics', pageOf(DerivedMetric)), can('logs:read'), takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listDerived(c.var.db, c.var.team, query)
    return c.json({ data: rows.map(derivedBody), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Make a metric of log lines', DerivedMetric, 201), can('logs:write'), takes('json', NewDerivedMetric), async (c) => {
    const input = c.req.valid('json')
    readable(input.filter, 'filter')
    for (const id of input.source_ids ?? []) await readSource(c.var.db, c.var.team, id)
    const made = await once(c, async (also) => {
      await refuseDerived(c.var.db, c.var.team, input.name)
      const row = newDerived(c.var.team, c.var.person, input, Date.now())
      await c.var.db.batch([insertDerived(c.var.db, c.var.team, row), ...also(derivedBody(row))])
      return derivedBody(row)
    })
    await forgetSources(c)
    return made
  })
  .get('/:id', says('One derived metric', DerivedMetric), can('logs:read'), async (c) =>
    c.json(derivedBody(await readDerived(c.var.db, c.var.team, idOf(c)))),
  )
  .delete('/:id', says('Delete a derived metric; what it made stays', null, 204), can('logs:write'), async (c) => {
    await deleteDerived(c.var.db, c.var.team, idOf(c))
    await forgetSources(c)
    return c.body(null, 204)
  })

/** In this isolate a change holds at once. */
async function forgetSources(c: Asked): Promise<void> {
  const { rows } = await listSources(c.var.db, c.var.team, { page: 1, per_page: 1000 })
  for (const { id } of rows) forgetSource(id)
}
