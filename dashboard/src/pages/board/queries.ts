import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, type Query } from '../../api.ts'
import type { List } from '../../wire.ts'
import type { Alert, AlertCounts, Board, BoardLine, History, Versions } from './wire.ts'

export const boardQuery = (id: string) =>
  queryOptions({ queryKey: ['dashboard', id], queryFn: ({ signal }) => api.get<Board>(`/api/metrics/dashboards/${id}`, undefined, signal) })
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['dashboard', id, 'versions'],
    queryFn: ({ signal }) => api.get<Versions>(`/api/metrics/dashboards/${id}/versions`, undefined, signal),
  })
export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['dashboard', id, 'versions', version],
    queryFn: ({ signal }) => api.get<Board>(`/api/metrics/dashboards/${id}/versions/${version}`, undefined, signal),
    staleTime: Infinity,
  })
export const boardsQuery = (q: string) =>
  queryOptions({
    queryKey: ['dashboards', q],
    queryFn: ({ signal }) => api.get<List<BoardLine>>('/api/metrics/dashboards', { q, per_page: 250 }, signal),
    placeholderData: keepPreviousData,
  })

export const alertQuery = (id: string) =>
  queryOptions({ queryKey: ['alert', id], queryFn: ({ signal }) => api.get<Alert>(`/api/metrics/alerts/${id}`, undefined, signal) })
export const alertsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['alerts', 'list', query],
    queryFn: ({ signal }) => api.get<List<Alert>>('/api/metrics/alerts', { ...query, per_page: 250 }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
export const alertCountsQuery = queryOptions({
  queryKey: ['alerts', 'counts'],
  queryFn: ({ signal }) => api.get<AlertCounts>('/api/metrics/alerts/counts', undefined, signal),
  refetchInterval: 60_000,
})
export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['alert', id, 'history'],
    queryFn: ({ signal }) => api.get<History>(`/api/metrics/alerts/${id}/history`, undefined, signal),
    refetchInterval: 30_000,
  })
