import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, type Query } from './api.ts'
import type { Incident, List, Monitor, MonitorCounts, MonitorGroup } from './wire.ts'

/** Lists whose end is not shown elsewhere: all of them, page after page. */
export async function everything<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const found: T[] = []
  for (let page = 1; ; page++) {
    const { data, pagination } = await api.get<List<T>>(path, { ...query, page, per_page: 250 }, signal)
    found.push(...data)
    if (!pagination.next) return found
  }
}

/** How many there are of a list, read off its last page's number; exact when the list fits on one page. */
export const totalOf = (list: List<unknown>, perPage: number): number => {
  const last = Number(new URL(list.pagination.last ?? 'http://x/?page=1').searchParams.get('page') ?? 1)
  return last <= 1 ? list.data.length : last * perPage
}

const trouble = { OPEN: 0, ACKNOWLEDGED: 1, RESOLVED: 2 }

/** Open and acknowledged, nobody's first, then the oldest. What the state line, Overview and the navigation show. */
export const openIncidentsQuery = queryOptions({
  queryKey: ['incidents', 'open'],
  queryFn: async ({ signal }) => {
    const of = (status: string) => everything<Incident>('/api/incidents', { status }, signal)
    const [open, acknowledged] = await Promise.all([of('OPEN'), of('ACKNOWLEDGED')])
    return [...open, ...acknowledged].sort((a, b) => trouble[a.status] - trouble[b.status] || a.created_at.localeCompare(b.created_at))
  },
  refetchInterval: 60_000,
})
export const useOpenIncidents = () => useQuery(openIncidentsQuery)

export const latestIncidentsQuery = (query: Query, perPage = 8) =>
  queryOptions({
    queryKey: ['incidents', 'latest', query, perPage],
    queryFn: ({ signal }) => api.get<List<Incident>>('/api/incidents', { ...query, per_page: perPage }, signal),
  })

export const countsQuery = queryOptions({
  queryKey: ['monitors', 'counts'],
  queryFn: ({ signal }) => api.get<MonitorCounts>('/api/uptime/monitors/counts', undefined, signal),
  refetchInterval: 60_000,
})
export const useCounts = () => useQuery(countsQuery)

export const monitorsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['monitors', 'list', query],
    queryFn: ({ signal }) => api.get<List<Monitor>>('/api/uptime/monitors', query, signal),
    placeholderData: keepPreviousData,
  })

export const monitorQuery = (id: string) =>
  queryOptions({ queryKey: ['monitor', id], queryFn: ({ signal }) => api.get<Monitor>(`/api/uptime/monitors/${id}`, undefined, signal) })

export const groupsQuery = queryOptions({
  queryKey: ['monitor-groups'],
  queryFn: ({ signal }) => everything<MonitorGroup>('/api/uptime/monitor-groups', {}, signal),
  staleTime: 30_000,
})
