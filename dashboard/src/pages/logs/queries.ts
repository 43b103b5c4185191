import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Source } from '../../../../shared/logs/schema.ts'
import { api } from '../../api.ts'
import { everything } from '../../queries.ts'
import type { Feed } from '../../wire.ts'
import type { Span } from './brush.ts'
import type { Fields, Found, Histogram, SavedQuery } from './wire.ts'

/** One question to the logs; every part of the page asks the same one. */
export type Asked = { query: string; span: Span; sources: readonly string[] }

const bodyOf = ({ query, span, sources }: Asked) => ({
  query,
  from: new Date(span.from).toISOString(),
  to: new Date(span.to).toISOString(),
  ...(sources.length ? { source_ids: sources } : {}),
})

export const PER_PAGE = 1000
/** Newest first, older pages behind. An answered question is never asked again by itself: pages would shift under the reader. */
export const linesQuery = (asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['logs', 'lines', asked],
    queryFn: ({ signal, pageParam }) =>
      api.post<Found>(
        '/api/logs/search',
        { ...bodyOf(asked), limit: PER_PAGE, order: 'desc', ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.pagination.next,
    enabled: (query) => query.state.data === undefined,
    staleTime: Infinity,
    gcTime: 60_000,
  })

export const histogramQuery = (asked: Asked, buckets: number) =>
  queryOptions({
    queryKey: ['logs', 'histogram', asked, buckets],
    queryFn: ({ signal }) => api.post<Histogram>('/api/logs/histogram', { ...bodyOf(asked), buckets }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })

export const fieldsQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ['logs', 'fields', asked],
    queryFn: ({ signal }) => api.post<Fields>('/api/logs/fields', bodyOf(asked), { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
  })

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => everything<Source>('/api/logs/sources', {}, signal),
  staleTime: 30_000,
})

export const savedQuery = queryOptions({
  queryKey: ['logs', 'saved'],
  queryFn: ({ signal }) => api.get<Feed<SavedQuery>>('/api/logs/queries', { per_page: 100 }, signal),
  staleTime: 30_000,
})
