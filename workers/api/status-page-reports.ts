import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { reportBody, updateBody } from '../../shared/status-pages/body.ts'
import { partsOf } from '../../shared/status-pages/parts.ts'
import {
  changeReport, changeUpdate, createReport, createUpdate, deleteReport, deleteUpdate, getReport, listReports,
} from '../../shared/status-pages/reports.ts' // biome-ignore format: a list
import {
  NewReport, NewUpdate, ReportBody, ReportChange, ReportList, UpdateBody, UpdateChange, UpdateList,
} from '../../shared/status-pages/schema.ts' // biome-ignore format: a list
import type { StatusPage } from '../../shared/status-pages/table.ts'
import { type Affected, fits, type ReportStatus, type ReportType, reportStatuses } from '../../shared/status-pages/words.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { invalid, pageOr404, tell } from './status-page.ts'

const read = can('status-pages:read')
const write = can('status-pages:write')

/** `/api/status-pages/{id}/reports`: what people say about what happens, and go on saying. */
export const reports = door()
  .get('/', says('List the reports of a page, newest first', ReportList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listReports(c.var.db, c.var.team, (await pageOr404(c)).id, query)
    const at = Date.now()
    return c.json({ data: rows.map((r) => reportBody(r, at)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Write a report', ReportBody, 201), write, takes('json', NewReport), (c) =>
    once(c, async (also) => {
      const page = await pageOr404(c)
      const input = c.req.valid('json')
      const at = Date.now()
      mustFit(input.type, input.status)
      mustEndLater(input.starts_at ?? at, input.ends_at)
      await mustBeOn(c, page, input.affected)
      const made = await createReport(c.var.db, c.var.team, page.id, input, at, (r) => also(reportBody(r, at)))
      tell(c, page.id)
      return reportBody(made, at)
    }),
  )
  .get('/:report', says('One report', ReportBody), read, async (c) => c.json(reportBody((await reportOr404(c)).report, Date.now())))
  .patch('/:report', says('Change a report', ReportBody), write, takes('json', ReportChange), async (c) => {
    const { page, report } = await reportOr404(c)
    const change = c.req.valid('json')
    mustEndLater(change.starts_at ?? report.starts_at, change.ends_at === undefined ? report.ends_at : change.ends_at)
    await mustBeOn(c, page, change.affected)
    if (!(await changeReport(c.var.db, c.var.team, page.id, report.id, change, Date.now()))) throw noReport()
    tell(c, page.id)
    return c.json(reportBody((await reportOr404(c)).report, Date.now()))
  })
  .delete('/:report', says('Delete a report', null, 204), write, async (c) => {
    const page = await pageOr404(c)
    if (!(await deleteReport(c.var.db, c.var.team, page.id, idOf(c, 'report'), Date.now()))) throw noReport()
    tell(c, page.id)
    return c.body(null, 204)
  })
  .get('/:report/updates', says('List the updates of a report, newest first', UpdateList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const all = (await reportOr404(c)).report.updates.map(updateBody)
    const data = all.slice((query.page - 1) * query.per_page, query.page * query.per_page)
    return c.json({ data, pagination: pagination(new URL(c.req.url), query, all.length) })
  })
  .post('/:report/updates', says('Publish an update', UpdateBody, 201), write, takes('json', NewUpdate), (c) =>
    once(c, async (also) => {
      const { page, report } = await reportOr404(c)
      const input = c.req.valid('json')
      mustFit(report.type, input.status)
      await mustBeOn(c, page, input.affected)
      if (report.updates.length >= UPDATES_MAX)
        throw new Problem('conflict', `A report has at most ${UPDATES_MAX} updates. Write a new one.`)
      const made = await createUpdate(c.var.db, c.var.team, report, input, Date.now(), (u) => also(updateBody(u)))
      tell(c, page.id)
      return updateBody(made)
    }),
  )
  .patch('/:report/updates/:update', says('Correct an update', UpdateBody), write, takes('json', UpdateChange), async (c) => {
    const { page, report } = await reportOr404(c)
    const change = c.req.valid('json')
    mustFit(report.type, change.status)
    const changed = await changeUpdate(c.var.db, c.var.team, report, idOf(c, 'update'), change, Date.now())
    if (!changed) throw noUpdate()
    tell(c, page.id)
    return c.json(updateBody(changed))
  })
  .delete('/:report/updates/:update', says('Delete an update', null, 204), write, async (c) => {
    const { page, report } = await reportOr404(c)
    if (!(await deleteUpdate(c.var.db, c.var.team, report, idOf(c, 'update'), Date.now()))) throw noUpdate()
    tell(c, page.id)
    return c.body(null, 204)
  })

const UPDATES_MAX = 200

async function reportOr404(c: Asked) {
  const page = await pageOr404(c)
  const report = await getReport(c.var.db, c.var.team, page.id, idOf(c, 'report'))
  if (!report) throw noReport()
  return { page, report }
}
const noReport = () => new Problem('not-found', 'This page has no report with this id.')
const noUpdate = () => new Problem('not-found', 'This report has no update with this id.')

function mustFit(type: ReportType, status: ReportStatus | undefined) {
  if (status && !fits(type, status)) throw invalid('status', 'invalid_value', `Use one of ${reportStatuses[type].join(', ')} here.`)
}

function mustEndLater(startsAt: number, endsAt: number | null) {
  if (endsAt !== null && endsAt <= startsAt) throw invalid('ends_at', 'too_small', 'The end comes after starts_at.')
}

async function mustBeOn(c: Asked, page: StatusPage, affected: Affected[] | undefined) {
  if (!affected?.length) return
  const known = new Set((await partsOf(c.var.db, c.var.team, page.id)).resources.map((r) => r.id))
  const wrong = affected.findIndex((a) => !known.has(a.resource_id))
  if (wrong >= 0) throw invalid(`affected.${wrong}.resource_id`, 'unknown', 'This page has no resource with this id.')
}
