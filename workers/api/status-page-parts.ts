import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { resourceBody, sectionBody } from '../../shared/status-pages/body.ts'
import {
  changeResource, changeSection, createResource, createSection, deleteResource, deleteSection, partsOf, RESOURCES_MAX, SECTIONS_MAX,
} from '../../shared/status-pages/parts.ts' // biome-ignore format: a list
import { openReportsOf } from '../../shared/status-pages/reports.ts'
import {
  NewResource, NewSection, ResourceBody, ResourceChange, ResourceList, SectionBody, SectionChange, SectionList,
} from '../../shared/status-pages/schema.ts' // biome-ignore format: a list
import { componentsOf, measuredState } from '../../shared/status-pages/state.ts'
import type { Resource, StatusPage } from '../../shared/status-pages/table.ts'
import { getMonitor } from '../../shared/uptime/store.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { headsOf, invalid, pageOr404, tell } from './status-page.ts'

const read = can('status-pages:read')
const write = can('status-pages:write')

/** `/api/status-pages/{id}/sections` */
export const sections = door()
  .get('/', says('List the sections of a page', SectionList), read, takes('query', PageQuery), async (c) => {
    const { sections } = await partsOf(c.var.db, c.var.team, (await pageOr404(c)).id)
    return c.json(slice(c, c.req.valid('query'), sections.map(sectionBody)))
  })
  .post('/', says('Create a section', SectionBody, 201), write, takes('json', NewSection), (c) =>
    once(c, async (also) => {
      const page = await pageOr404(c)
      const made = await createSection(c.var.db, c.var.team, page.id, c.req.valid('json'), Date.now(), (s) => also(sectionBody(s)))
      if (!made) throw new Problem('conflict', `A page has at most ${SECTIONS_MAX} sections. Delete one first.`)
      tell(c, page.id)
      return sectionBody(made)
    }),
  )
  .patch('/:section', says('Change or move a section', SectionBody), write, takes('json', SectionChange), async (c) => {
    const page = await pageOr404(c)
    const id = idOf(c, 'section')
    if (!(await changeSection(c.var.db, c.var.team, page.id, id, c.req.valid('json'), Date.now()))) throw noSection()
    tell(c, page.id)
    const found = (await partsOf(c.var.db, c.var.team, page.id)).sections.find((s) => s.id === id)
    if (!found) throw noSection()
    return c.json(sectionBody(found))
  })
  .delete('/:section', says('Delete a section; its resources stay', null, 204), write, async (c) => {
    const page = await pageOr404(c)
    if (!(await deleteSection(c.var.db, c.var.team, page.id, idOf(c, 'section'), Date.now()))) throw noSection()
    tell(c, page.id)
    return c.body(null, 204)
  })
const noSection = () => new Problem('not-found', 'This page has no section with this id.')

/** `/api/status-pages/{id}/resources` */
export const resources = door()
  .get('/', says('List the resources of a page, as it shows them now', ResourceList), read, takes('query', PageQuery), async (c) => {
    const page = await pageOr404(c)
    const { sections, resources } = await partsOf(c.var.db, c.var.team, page.id)
    const place = (r: Resource) => (r.section_id ? sections.findIndex((s) => s.id === r.section_id) : sections.length)
    const ordered = resources.toSorted((a, b) => place(a) - place(b))
    return c.json(slice(c, c.req.valid('query'), await shown(c, page, ordered)))
  })
  .post('/', says('Put a monitor on a page', ResourceBody, 201), write, takes('json', NewResource), (c) =>
    once(c, async (also) => {
      const page = await pageOr404(c)
      const input = c.req.valid('json')
      await mustExist(c, page, input)
      const state = measuredState((await headsOf(c, [input])).get(input.resource_id) ?? null)
      const body = (r: Resource) => resourceBody(r, { state, measured: state, overridden: false })
      const made = await createResource(c.var.db, c.var.team, page.id, input, Date.now(), (r) => also(body(r)))
      if (!made) throw new Problem('conflict', `A page has at most ${RESOURCES_MAX} resources. Delete one first.`)
      tell(c, page.id)
      return body(made)
    }),
  )
  .patch('/:resource', says('Change or move a resource', ResourceBody), write, takes('json', ResourceChange), async (c) => {
    const page = await pageOr404(c)
    const id = idOf(c, 'resource')
    const change = c.req.valid('json')
    await mustExist(c, page, change)
    if (!(await changeResource(c.var.db, c.var.team, page.id, id, change, Date.now()))) throw noResource()
    tell(c, page.id)
    const found = (await partsOf(c.var.db, c.var.team, page.id)).resources.filter((r) => r.id === id)
    const [body] = await shown(c, page, found)
    if (!body) throw noResource()
    return c.json(body)
  })
  .delete('/:resource', says('Take a resource off a page', null, 204), write, async (c) => {
    const page = await pageOr404(c)
    if (!(await deleteResource(c.var.db, c.var.team, page.id, idOf(c, 'resource'), Date.now()))) throw noResource()
    tell(c, page.id)
    return c.body(null, 204)
  })
const noResource = () => new Problem('not-found', 'This page has no resource with this id.')

async function shown(c: Asked, page: StatusPage, rows: Resource[]) {
  const at = Date.now()
  const [heads, { reports }] = await Promise.all([headsOf(c, rows), openReportsOf(c.var.db, c.var.team, [page.id], at)])
  const components = componentsOf(rows, heads, reports, at)
  return rows.map((row, i) => resourceBody(row, components[i]!))
}

async function mustExist(c: Asked, page: StatusPage, input: { section_id?: string | null | undefined; resource_id?: string | undefined }) {
  if (input.resource_id && !(await monitorOf(c, input.resource_id)))
    throw invalid('resource_id', 'unknown', 'This team has no monitor with this id.')
  if (!input.section_id) return
  const { sections } = await partsOf(c.var.db, c.var.team, page.id)
  if (!sections.some((s) => s.id === input.section_id)) throw invalid('section_id', 'unknown', 'This page has no section with this id.')
}
const monitorOf = (c: Asked, id: string) => getMonitor(c.var.db, c.var.team, id)

/** These lists are bounded and read whole: a page of them is a slice. */
function slice<T>(c: Asked, query: PageQuery, rows: T[]) {
  const data = rows.slice((query.page - 1) * query.per_page, query.page * query.per_page)
  return { data, pagination: pagination(new URL(c.req.url), query, rows.length) }
}
