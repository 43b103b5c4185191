import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api, type Query } from '../../api.ts'
import type { Feed } from '../../wire.ts'
import type { Compared, Sampled, ServiceRed, Trace, TraceLine } from './wire.ts'

/** A trace that is complete does not change; one with spans on their way is asked again by the page. */
export const traceQuery = (id: string) =>
  queryOptions({
    queryKey: ['traces', 'one', id],
    queryFn: ({ signal }) => api.get<Trace>(`/api/traces/${encodeURIComponent(id)}`, undefined, signal),
    staleTime: 60_000,
  })

export const searchQuery = (query: Query) =>
  infiniteQueryOptions({
    queryKey: ['traces', 'search', query],
    queryFn: ({ signal, pageParam }) =>
      api.get<Feed<TraceLine>>('/api/traces/search', { ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.pagination.next,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })

export const servicesQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['traces', 'services', from, to],
    queryFn: ({ signal }) => api.get<{ data: ServiceRed[] }>('/api/traces/services', { from, to }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

/** For the picture over the list: of the whole range, not of the pages that were read. */
export const sampleQuery = (query: Query) =>
  queryOptions({
    queryKey: ['traces', 'sample', query],
    queryFn: ({ signal }) => api.get<Sampled>('/api/traces/sample', query, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

export const compareQuery = (id: string) =>
  queryOptions({
    queryKey: ['traces', 'compare', id],
    queryFn: ({ signal }) => api.get<Compared>(`/api/traces/${encodeURIComponent(id)}/compare`, undefined, signal),
    staleTime: 300_000,
  })
