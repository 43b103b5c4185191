import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type * as z from 'zod'
import type { MetricNames } from '../../../../shared/metrics/schema.ts'
import { api } from '../../api.ts'
import { linesOf } from '../board/data.ts'
import type { Answer } from '../board/wire.ts'

export type Names = z.infer<typeof MetricNames>
export type Metric = Names['data'][number]
const MINUTE_MS = 60_000

/** Metrics of the last day. */
export const namesQuery = queryOptions({
  queryKey: ['metrics', 'names'],
  queryFn: ({ signal }) => api.get<Names>('/api/metrics/names', { limit: 5000 }, signal),
  staleTime: MINUTE_MS,
})

/** `step` 0: at `to` alone. */
export const answerQuery = (query: string, from: number, to: number, step: number) =>
  queryOptions({
    queryKey: ['metrics', 'answer', query, from, to, step],
    queryFn: async ({ signal }) => {
      const times = step
        ? { from: new Date(from).toISOString(), to: new Date(to).toISOString(), step }
        : { time: new Date(to).toISOString() }
      const answer = await api.post<Answer & { infos: readonly string[] }>('/api/metrics/query', { query, ...times }, { signal })
      return { lines: linesOf(answer), notes: [...answer.warnings, ...answer.infos] }
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: false,
  })

const listOf = async (path: string, match: string): Promise<string[]> =>
  (await api.get<{ data: string[] }>(`/prometheus/api/v1/${path}${match ? `?match[]=${encodeURIComponent(match)}` : ''}`)).data
const matching = (metric: string) => (metric ? `{__name__=${JSON.stringify(metric)}}` : '')

export const labelsQuery = (metric: string) =>
  queryOptions({
    queryKey: ['metrics', 'labels', metric],
    queryFn: () => listOf('labels', matching(metric)),
    staleTime: MINUTE_MS,
  })
export const valuesQuery = (label: string, metric: string) =>
  queryOptions({
    queryKey: ['metrics', 'values', label, metric],
    queryFn: () => listOf(`label/${encodeURIComponent(label)}/values`, matching(metric)),
    staleTime: MINUTE_MS,
  })

export type Exemplar = { at: number; value: number; traceId: string; labels: Record<string, string> }
type Exemplars = {
  data: { seriesLabels: Record<string, string>; exemplars: { labels: Record<string, string>; value: string; timestamp: number }[] }[]
}

/** The newest measurements with a trace behind the series of a query. */
export const exemplarsQuery = (query: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['metrics', 'exemplars', query, from, to],
    queryFn: async ({ signal }) => {
      const { data } = await api.get<Exemplars>('/prometheus/api/v1/query_exemplars', { query, start: from / 1000, end: to / 1000 }, signal)
      return data
        .flatMap((s) =>
          s.exemplars.map(
            (e): Exemplar => ({
              at: e.timestamp * 1000,
              value: Number(e.value),
              traceId: e.labels.trace_id ?? '',
              labels: s.seriesLabels,
            }),
          ),
        )
        .sort((a, b) => b.at - a.at)
        .slice(0, 50)
    },
    staleTime: 15_000,
    retry: false,
  })
