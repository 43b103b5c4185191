import { QueryClient } from '@tanstack/react-query'
import { ApiError, isFinal } from './api.ts'

/** Cached copies show at once and refresh in place; a refusal is not asked again, an outage is, with the server's own wait. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => !isFinal(error) && failures < 2,
      retryDelay: (failures, error) => (error instanceof ApiError && error.retryAfter ? error.retryAfter * 1000 : 500 * 2 ** failures),
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
