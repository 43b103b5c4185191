import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { EventsBody, PipelinesBody, Signal, VersionBody } from '../../../../shared/logs/pipeline/schema.ts'
import { api } from '../../api.ts'
import type { List } from '../../wire.ts'

const base = (source: string) => `/api/logs/sources/${source}/vrl-pipeline`

export type Pipelines = z.infer<typeof PipelinesBody>
export const pipelinesQuery = (source: string) =>
  queryOptions({
    queryKey: ['sources', 'vrl', source],
    queryFn: ({ signal }) => api.get<Pipelines>(base(source), undefined, signal),
    staleTime: 30_000,
  })

/** Asked again until there are some: asking makes the doors keep what comes in. */
export const eventsQuery = (source: string, of: Signal) =>
  queryOptions({
    queryKey: ['sources', 'vrl-events', source, of],
    queryFn: ({ signal }) => api.get<EventsBody>(`${base(source)}/events`, { signal: of, last: 20 }, signal),
    refetchInterval: (q) => (q.state.data?.events.length ? false : 3000),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const versionsQuery = (source: string, of: Signal) =>
  queryOptions({
    queryKey: ['sources', 'vrl', source, 'versions', of],
    queryFn: ({ signal }) => api.get<List<VersionBody>>(`${base(source)}/versions`, { signal: of, per_page: 50 }, signal),
  })

export type Draft = { signal: Signal; program: string; drop_on_abort: boolean; drop_on_error: boolean }
export const savePipeline = (source: string, draft: Draft) => api.patch(base(source), draft)
export const bringBack = (source: string, signal: Signal, version: number) => api.post(`${base(source)}/rollback`, { signal, version })
