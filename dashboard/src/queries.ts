import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { api, type Query } from './api.ts'
import type { Incident, List, Member, Monitor, MonitorCounts, MonitorGroup, Policy } from './wire.ts'

/** Lists whose end is not shown elsewhere: all of them, page after page. */
export async function everything<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const found: T[] = []
  for (let page = 1; ; page++) {
    const { data, pagination } = await api.get<List<T>>(path, { ...query, page, per_page: 250 }, signal)
    found.push(...data)
    if (!pagination.next) return found
  }
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

/** Exactly how many there are: the number of the last page when a page holds one. */
export const totalQuery = (query: Query) =>
  queryOptions({
    queryKey: ['monitors', 'total', query],
    queryFn: async ({ signal }) => {
      const list = await api.get<List<Monitor>>('/api/uptime/monitors', { ...query, page: 1, per_page: 1 }, signal)
      return list.data.length ? Number(new URL(list.pagination.last ?? '', location.href).searchParams.get('page')) : 0
    },
    placeholderData: keepPreviousData,
  })

export const monitorQuery = (id: string) =>
  queryOptions({ queryKey: ['monitor', id], queryFn: ({ signal }) => api.get<Monitor>(`/api/uptime/monitors/${id}`, undefined, signal) })

export const groupsQuery = queryOptions({
  queryKey: ['monitor-groups'],
  queryFn: ({ signal }) => everything<MonitorGroup>('/api/uptime/monitor-groups', {}, signal),
  staleTime: 30_000,
})

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => everything<Policy>('/api/oncall/policies', {}, signal),
  staleTime: 30_000,
})

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: ({ signal }) => everything<Member>('/api/auth/members', {}, signal),
  staleTime: 30_000,
})
