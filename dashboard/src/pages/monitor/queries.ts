import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import type { Availability, Check, Day, Feed, Incident, List, ResponseTimes } from '../../wire.ts'

const base = (id: string) => `/api/uptime/monitors/${id}`
const iso = (at: number) => new Date(at).toISOString()

export const timesQuery = (id: string, from: number, to: number, step: number) =>
  queryOptions({
    queryKey: ['monitor-history', id, 'times', from, to, step],
    queryFn: ({ signal }) => api.get<ResponseTimes>(`${base(id)}/response-times`, { from: iso(from), to: iso(to), step }, signal),
    placeholderData: keepPreviousData,
  })

export const incidentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['incidents', 'of', id],
    queryFn: ({ signal }) => api.get<List<Incident>>('/api/incidents', { monitor_id: id, per_page: 50 }, signal),
  })

export const daysQuery = (id: string, timezone: string) =>
  queryOptions({
    queryKey: ['monitor-history', id, 'days', timezone],
    queryFn: ({ signal }) => api.get<{ data: Day[] }>(`${base(id)}/days`, { days: 90, timezone }, signal),
    refetchInterval: 60_000,
  })

export const availabilityQuery = (id: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['monitor-history', id, 'availability', from, to],
    queryFn: ({ signal }) => api.get<Availability>(`${base(id)}/availability`, { from: iso(from), to: iso(to) }, signal),
    placeholderData: keepPreviousData,
  })

export const checksQuery = (id: string, filter: { region: string; outcome: string }) =>
  infiniteQueryOptions({
    queryKey: ['monitor', id, 'checks', filter],
    queryFn: ({ pageParam, signal }) => api.get<Feed<Check>>(`${base(id)}/checks`, { ...filter, per_page: 60, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => (last.pagination.next ? new URL(last.pagination.next, location.href).searchParams.get('cursor') : null),
    refetchInterval: (query) => (query.state.data && query.state.data.pages.length > 1 ? false : 10_000),
    placeholderData: keepPreviousData,
  })
