import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from './api.ts'
import type { Summary } from './wire.ts'

const AT_ONCE = 50

/** Summaries of the rows in view, asked for in fixed portions so that scrolling back finds them. History may be away: rows stand without it. */
export function useSummaries(ids: readonly string[]): Map<string, Summary> {
  const portions = useMemo(
    () => Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) => ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE)),
    [ids],
  )
  return useQueries({
    queries: portions.map((portion) => ({
      queryKey: ['monitor-summaries', portion],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<{ data: Summary[] }>('/api/uptime/monitors/summary', { ids: portion }, signal),
      staleTime: 30_000,
      refetchInterval: 60_000,
      retry: 1,
    })),
    combine: (answers) => new Map(answers.flatMap((a) => a.data?.data ?? []).map((s) => [s.id, s])),
  })
}
