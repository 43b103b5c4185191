import type * as z from 'zod'
import { iso, isoOrNull } from '../time.ts'
import { publicUrl } from './address.ts'
import { proofOf } from './proof.ts'
import type { WithUpdates } from './reports.ts'
import type { ReportBody, ResourceBody, SectionBody, StatusPageBody, UpdateBody } from './schema.ts'
import { type Component, overall, phaseOf, type ReportFacts } from './state.ts'
import type { ReportUpdate, Resource, Section, StatusPage } from './table.ts'

type Base = Parameters<typeof publicUrl>[1]
/** What a page says now, of which its row knows nothing. */
export type Said = { components: readonly Component[]; reports: readonly ReportFacts[]; lastUpdateAt: number | null; at: number }

const written = (row: { created_at: number; updated_at: number }) => ({ created_at: iso(row.created_at), updated_at: iso(row.updated_at) })

export function pageBody(page: StatusPage, said: Said, base: Base): StatusPageBody {
  const { state, sentence } = overall(said.components)
  return {
    id: page.id,
    name: page.name,
    subdomain: page.subdomain,
    custom_domain: page.custom_domain,
    custom_domain_verified: page.custom_domain_verified,
    custom_domain_proof: proofNeeded(page),
    timezone: page.timezone,
    published: page.published,
    logo_url: page.logo_url,
    url: publicUrl(page, base),
    aggregate_state: state,
    sentence,
    overridden: said.components.filter((c) => c.overridden).length,
    open_reports: said.reports.filter((r) => phaseOf(r, said.at) === 'open').length,
    last_update_at: isoOrNull(said.lastUpdateAt),
    ...written(page),
  }
}

function proofNeeded({ id, custom_domain, custom_domain_verified }: StatusPage): StatusPageBody['custom_domain_proof'] {
  return custom_domain && !custom_domain_verified ? { type: 'TXT', ...proofOf({ id, custom_domain }) } : null
}

export const sectionBody = (s: Section): z.infer<typeof SectionBody> => ({
  id: s.id,
  status_page_id: s.page_id,
  name: s.name,
  position: s.position,
  ...written(s),
})

export const resourceBody = (r: Resource, c: Pick<Component, 'state' | 'measured' | 'overridden'>): z.infer<typeof ResourceBody> => ({
  id: r.id,
  status_page_id: r.page_id,
  section_id: r.section_id,
  resource_type: r.resource_type,
  resource_id: r.resource_id,
  public_name: r.public_name,
  position: r.position,
  status: c.state,
  measured_status: c.measured,
  overridden: c.overridden,
  ...written(r),
})

export const updateBody = (u: ReportUpdate): z.infer<typeof UpdateBody> => ({
  id: u.id,
  report_id: u.report_id,
  status: u.status,
  message: u.message,
  published_at: iso(u.published_at),
  ...written(u),
})

export const reportBody = (r: WithUpdates, at: number): z.infer<typeof ReportBody> => ({
  id: r.id,
  status_page_id: r.page_id,
  title: r.title,
  type: r.type,
  status: r.status,
  phase: phaseOf(r, at),
  starts_at: iso(r.starts_at),
  ends_at: isoOrNull(r.ends_at),
  ended_at: isoOrNull(r.ended_at),
  next_update_at: isoOrNull(r.next_update_at),
  affected: r.affected,
  updates: r.updates.map(updateBody),
  ...written(r),
})
