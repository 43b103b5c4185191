import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Chosen } from '../../../../shared/metrics/boards/interpolate.ts'
import type { SharedBoard } from '../../../../shared/metrics/boards/links/schema.ts'
import { api } from '../../api.ts'
import { linesOf } from './data.ts'
import type { Answer } from './wire.ts'

/** The token of the link by which this board is seen; null for the team itself. Strangers name a panel, the server knows its query. */
export const SharedContext = createContext<string | null>(null)
export const useShared = (): string | null => useContext(SharedContext)

const path = (token: string) => `/api/shared/dashboards/${encodeURIComponent(token)}`

export const sharedBoardQuery = (token: string) =>
  queryOptions({ queryKey: ['shared', token], queryFn: () => api.ask<SharedBoard>(path(token)), retry: 1 })

export const sharedPanelQuery = (
  token: string,
  asked: { panel: string; ref: string; variables: Chosen; from: number; to: number; step: number },
) =>
  queryOptions({
    queryKey: ['shared', token, asked],
    queryFn: async ({ signal }) => {
      const { from, to, ...rest } = asked
      const body = { ...rest, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
      return linesOf(await api.post<Answer>(`${path(token)}/query`, body, { signal, publicly: true }))
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  })

export const sharedValuesQuery = (token: string, variable: string, variables: Chosen) =>
  queryOptions({
    queryKey: ['shared', token, 'values', variable, variables],
    queryFn: async () => (await api.post<{ data: string[] }>(`${path(token)}/values`, { variable, variables }, { publicly: true })).data,
    staleTime: 60_000,
  })
