import { PageQuery, pagination } from '../../shared/page.ts'
import { Problem } from '../../shared/problem.ts'
import { ring } from '../../shared/seal.ts'
import { isOurs } from '../../shared/status-pages/address.ts'
import { pageBody, type Said } from '../../shared/status-pages/body.ts'
import { orderParts, resourcesOfPages } from '../../shared/status-pages/parts.ts'
import { sealPreview } from '../../shared/status-pages/preview.ts'
import { isProven, proofOf } from '../../shared/status-pages/proof.ts'
import { openReportsOf } from '../../shared/status-pages/reports.ts'
import {
  NewStatusPage,
  Order,
  PreviewBody,
  PreviewQuery,
  StatusPageBody,
  StatusPageChange,
  StatusPageList,
} from '../../shared/status-pages/schema.ts'
import { componentsOf } from '../../shared/status-pages/state.ts'
import { changePage, createPage, deletePage, domainProven, listPages, type Taken } from '../../shared/status-pages/store.ts'
import type { StatusPage } from '../../shared/status-pages/table.ts'
import { iso } from '../../shared/time.ts'
import { textsOf } from '../resolver.ts'
import { type Asked, can, door, idOf, once, says, takes } from './door.ts'
import { headsOf, invalid, noPage, pageOr404, tell } from './status-page.ts'
import { resources, sections } from './status-page-parts.ts'
import { reports } from './status-page-reports.ts'

const read = can('status-pages:read')
const write = can('status-pages:write')

/** `/api/status-pages`: what the public is told, and by which name it is found. */
export const statusPages = door()
  .get('/', says('List status pages', StatusPageList), read, takes('query', PageQuery), async (c) => {
    const query = c.req.valid('query')
    const { rows, total } = await listPages(c.var.db, c.var.team, query)
    const said = await saidBy(c, rows)
    return c.json({ data: rows.map((row) => pageBody(row, said(row), c.env)), pagination: pagination(new URL(c.req.url), query, total) })
  })
  .post('/', says('Create a status page', StatusPageBody, 201), write, takes('json', NewStatusPage), (c) =>
    once(c, async (also) => {
      const input = c.req.valid('json')
      refuseOurs(c, input.custom_domain)
      const body = (page: StatusPage) => pageBody(page, nothing(), c.env)
      const verified = { custom_domain_verified: provenHere(c, input.custom_domain) }
      const made = await createPage(c.var.db, c.var.team, { ...input, ...verified }, Date.now(), (page) => also(body(page)))
      if ('taken' in made) throw nameTaken(made.taken)
      tell(c, made.id)
      return body(made)
    }),
  )
  .get('/:id', says('One status page', StatusPageBody), read, async (c) => c.json(await bodyOf(c)))
  .patch('/:id', says('Change a status page', StatusPageBody), write, takes('json', StatusPageChange), async (c) => {
    const change = c.req.valid('json')
    const page = await pageOr404(c)
    const domain = change.custom_domain
    refuseOurs(c, domain)
    // another domain has to be proven again
    const verified = domain === undefined || domain === page.custom_domain ? {} : { custom_domain_verified: provenHere(c, domain) }
    const changed = await changePage(c.var.db, c.var.team, page.id, { ...change, ...verified }, Date.now())
    if (changed === 'gone') throw noPage()
    if (changed !== 'changed') throw nameTaken(changed.taken)
    tell(c, page.id)
    return c.json(await bodyOf(c))
  })
  .delete('/:id', says('Delete a status page', null, 204), write, async (c) => {
    if (!(await deletePage(c.var.db, c.var.team, idOf(c), Date.now()))) throw noPage()
    tell(c, idOf(c))
    return c.body(null, 204)
  })
  .post('/:id/verify-domain', says('Look for the DNS record that proves the own domain', StatusPageBody), write, async (c) => {
    const page = await pageOr404(c)
    const { custom_domain } = page
    if (!custom_domain) throw invalid('custom_domain', 'required', 'This page has no domain of its own yet.')
    if (!page.custom_domain_verified) await prove(c, { id: page.id, custom_domain })
    return c.json(await bodyOf(c))
  })
  .put('/:id/order', says('Put all sections and resources in order', Order), write, takes('json', Order), async (c) => {
    const order = c.req.valid('json')
    const page = await pageOr404(c)
    if (!(await orderParts(c.var.db, c.var.team, page.id, order, Date.now())))
      throw invalid('sections', 'unknown', 'Name each section and each resource of this page exactly once.')
    tell(c, page.id)
    return c.json(order)
  })
  .get(
    '/:id/preview',
    says('An address that shows the page as it is, or would be, for an hour', PreviewBody),
    read,
    takes('query', PreviewQuery),
    async (c) => {
      const page = await pageOr404(c)
      const { state, scheme } = c.req.valid('query')
      const { token, expiresAt } = await sealPreview(ring(c.env.SECRET_KEYS), page.id, { state, scheme: scheme ?? null }, Date.now())
      return c.json({ url: `${c.env.TOCSIN_URL}/s/${page.subdomain}/?preview=${token}`, expires_at: iso(expiresAt) })
    },
  )
  .route('/:id/sections', sections)
  .route('/:id/resources', resources)
  .route('/:id/reports', reports)

async function bodyOf(c: Asked) {
  const page = await pageOr404(c)
  return pageBody(page, (await saidBy(c, [page]))(page), c.env)
}

/** What each of these pages says now. */
async function saidBy(c: Asked, pages: StatusPage[]): Promise<(page: StatusPage) => Said> {
  const at = Date.now()
  const ids = pages.map((p) => p.id)
  const [rows, { reports, latest }] = await Promise.all([
    resourcesOfPages(c.var.db, c.var.team, ids),
    openReportsOf(c.var.db, c.var.team, ids, at),
  ])
  const heads = await headsOf(c, rows)
  return (page) => {
    const own = reports.filter((r) => r.page_id === page.id)
    const shown = rows.filter((r) => r.page_id === page.id)
    return { components: componentsOf(shown, heads, own, at), reports: own, lastUpdateAt: latest.get(page.id) ?? null, at }
  }
}
const nothing = (): Said => ({ components: [], reports: [], lastUpdateAt: null, at: Date.now() })

const nameTaken = (which: Taken) =>
  new Problem('conflict', which === 'subdomain' ? 'Another page has this subdomain. Choose another one.' : 'Another page has this domain.')

function refuseOurs(c: Asked, domain: string | null | undefined) {
  if (domain && isOurs(domain, c.env))
    throw invalid('custom_domain', 'reserved', 'This name belongs to this installation. Use a subdomain instead.')
}

/** Asks DNS. A proof that was found stays: DNS may change later, another page's proof of the same domain comes second. */
async function prove(c: Asked, page: { id: string; custom_domain: string }): Promise<void> {
  const { name, value } = proofOf(page)
  const texts = provenHere(c, page.custom_domain) ? [value] : await textsOf(c.env, name)
  if (texts === null) throw new Problem('degraded', 'The name servers did not answer. Try again in a moment.', { retryAfter: 10 })
  if (!isProven(page, texts))
    throw new Problem('conflict', `There is no TXT record ${name} with the value ${value} yet. DNS can take minutes to tell.`)
  const proven = await domainProven(c.var.db, c.var.team, page.id, page.custom_domain, Date.now())
  if (proven === 'gone') throw noPage()
  if (proven !== 'changed') throw nameTaken(proven.taken)
  tell(c, page.id)
}

/** On one machine whoever can point a Host header here owns the machine; elsewhere DNS has to prove it first. */
const provenHere = (c: Asked, domain: string | null | undefined) => Boolean(domain && c.env.MAILBOX)
