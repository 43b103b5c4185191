import { queryOptions, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { ComponentState, ReportBody, StatusPageBody, UpdateBody } from '../../../../shared/status-pages/schema.ts'
import { api } from '../../api.ts'
import { everything, monitorsQuery } from '../../queries.ts'
import type { State } from '../../ui/status.tsx'
import type { Resource, Section } from './draft.ts'

export type StatusPage = StatusPageBody
export type Report = z.infer<typeof ReportBody>
export type Update = z.infer<typeof UpdateBody>
export type Said = Report['affected'][number]['status']

export const useStatusPages = () =>
  useQuery({ queryKey: ['status-pages'], queryFn: ({ signal }) => everything<StatusPage>('/api/status-pages', {}, signal) })
export const statusPageQuery = (id: string) =>
  queryOptions({
    queryKey: ['status-page', id],
    queryFn: ({ signal }) => api.get<StatusPage>(`/api/status-pages/${id}`, undefined, signal),
  })
/** Sections and components together: neither means anything without the other. */
export const partsQuery = (id: string) =>
  queryOptions({
    queryKey: ['status-page', id, 'parts'],
    queryFn: async ({ signal }) => {
      const of = <T>(what: string) => everything<T>(`/api/status-pages/${id}/${what}`, {}, signal)
      const [sections, resources] = await Promise.all([of<Section>('sections'), of<Resource>('resources')])
      return { sections, resources }
    },
  })
export const reportsQuery = (id: string) =>
  queryOptions({
    queryKey: ['status-page', id, 'reports'],
    queryFn: ({ signal }) => everything<Report>(`/api/status-pages/${id}/reports`, {}, signal),
  })

/** Monitors whose name or address matches: eight at most, for pickers. */
export const useFoundMonitors = (q: string) => useQuery(monitorsQuery({ q: q || undefined, per_page: 8 }))

/** What the public reads for a state, as the dashboard draws it. */
export const stateOf = {
  operational: 'up',
  degraded: 'degraded',
  downtime: 'down',
  maintenance: 'maintenance',
  unknown: 'pending',
} satisfies Record<ComponentState, State>
export const stateWord = {
  operational: 'Up',
  degraded: 'Degraded',
  downtime: 'Down',
  maintenance: 'Maintenance',
  unknown: 'No data',
} satisfies Record<ComponentState, string>
/** A page's address as people read it. */
export const addressOf = (page: Pick<StatusPage, 'url'>): string => {
  const url = new URL(page.url)
  return url.pathname === '/' ? url.host : url.pathname.replace(/\/$/, '')
}
