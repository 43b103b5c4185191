import { queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { Source } from '../../../../shared/logs/schema.ts'
import type { Health } from '../../../../shared/logs/search/schema.ts'
import { api } from '../../api.ts'

export const sourceQuery = (id: string) =>
  queryOptions({ queryKey: ['sources', 'one', id], queryFn: ({ signal }) => api.get<Source>(`/api/logs/sources/${id}`, undefined, signal) })

export type SourceHealth = z.infer<typeof Health>
export const healthQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', 'health', id],
    queryFn: ({ signal }) => api.get<SourceHealth>(`/api/logs/sources/${id}/health`, undefined, signal),
    staleTime: 2_000,
  })
