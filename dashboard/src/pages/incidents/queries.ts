import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { Mtta } from '../../../../shared/incidents/schema.ts'
import { api } from '../../api.ts'
import type { Incident, IncidentDetail, IncidentPage, List, TimelineEvent } from '../../wire.ts'

export const PER_PAGE = 50

export const incidentQuery = (id: string) =>
  queryOptions({ queryKey: ['incident', id], queryFn: ({ signal }) => api.get<IncidentDetail>(`/api/incidents/${id}`, undefined, signal) })
export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id, 'timeline'],
    queryFn: ({ signal }) => api.get<TimelineEvent[]>(`/api/incidents/${id}/timeline`, undefined, signal),
  })
export const pagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['incident', id, 'pages'],
    queryFn: ({ signal }) => api.get<IncidentPage[]>(`/api/incidents/${id}/pages`, undefined, signal),
  })

/** Newest first, fifty at a time. */
export const useIncidentList = (query: Record<string, string>, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['incidents', 'list', query],
    queryFn: ({ pageParam, signal }) =>
      api.get<List<Incident>>('/api/incidents', { ...query, page: pageParam, per_page: PER_PAGE }, signal),
    initialPageParam: 1,
    getNextPageParam: (last, _, page) => (last.pagination.next ? page + 1 : undefined),
    placeholderData: (before) => before,
    enabled,
  })

export const useMtta = () =>
  useQuery({
    queryKey: ['incidents', 'mtta'],
    queryFn: ({ signal }) => api.get<z.infer<typeof Mtta>>('/api/incidents/metrics/mtta-mttr', undefined, signal),
    staleTime: 60_000,
  })
