import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '../../api.ts'
import type { Answer } from './wire.ts'

/** One line of a chart. Times in epoch ms; null where there is no sample. */
export type Line = { labels: Record<string, string>; points: { at: number; value: number | null }[] }

const number = (text: string): number =>
  text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text)
/** A chart has no room for NaN and infinities: they are gaps. */
const drawn = (value: number): number | null => (Number.isFinite(value) ? value : null)

export function linesOf({ resultType, result }: Answer): Line[] {
  if (resultType === 'scalar' || resultType === 'string') {
    const [at, value] = result as readonly [number, string]
    return [{ labels: {}, points: [{ at: at * 1000, value: drawn(number(value)) }] }]
  }
  return (result as Exclude<Answer['result'], readonly [number, string]>).map((r) => ({
    labels: r.metric,
    points: (r.values ?? (r.value ? [r.value] : [])).map(([at, value]) => ({ at: at * 1000, value: drawn(number(value)) })),
  }))
}

/** Round steps, so that a chart asked again a moment later has the same instants and its answer is cached. */
export function stepFor(from: number, to: number, widthPx: number): number {
  const rounds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]
  const wanted = (to - from) / 1000 / Math.max(60, Math.min(400, widthPx / 3))
  return (rounds.find((r) => r >= wanted) ?? 86_400) * 1000
}

/** A range on whole steps. */
export const onSteps = (from: number, to: number, step: number) => ({
  from: Math.floor(from / step) * step,
  to: Math.floor(to / step) * step,
})

export const rangeQuery = (query: string, from: number, to: number, step: number) =>
  queryOptions({
    queryKey: ['promql', 'range', query, from, to, step],
    queryFn: async ({ signal }) =>
      linesOf(
        await api.post<Answer>(
          '/api/metrics/query',
          { query, from: new Date(from).toISOString(), to: new Date(to).toISOString(), step },
          { signal },
        ),
      ),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    enabled: query.trim() !== '',
  })

export const instantQuery = (query: string, at: number) =>
  queryOptions({
    queryKey: ['promql', 'instant', query, at],
    queryFn: async ({ signal }) =>
      linesOf(await api.post<Answer>('/api/metrics/query', { query, time: new Date(at).toISOString() }, { signal })),
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    enabled: query.trim() !== '',
  })

export const labelValuesQuery = (label: string, match: string) =>
  queryOptions({
    queryKey: ['promql', 'label-values', label, match],
    queryFn: async ({ signal }) => {
      const search = match ? `?match[]=${encodeURIComponent(match)}` : ''
      return (await api.get<{ data: string[] }>(`/prometheus/api/v1/label/${encodeURIComponent(label)}/values${search}`, undefined, signal))
        .data
    },
    staleTime: 60_000,
  })

/** How a line is called: the legend with its labels, else the labels in which the lines differ, else the query's own name. */
export function nameOf(line: Line, legend: string, all: readonly Line[], fallback: string): string {
  if (legend) return legend.replace(/\{\{\s*([\w:]+)\s*\}\}/g, (_, name: string) => line.labels[name] ?? '') || fallback
  const differing = Object.entries(line.labels).filter(([k, v]) => k !== '__name__' && all.some((other) => other.labels[k] !== v))
  if (differing.length) return differing.map(([k, v]) => `${k}=${v}`).join(', ')
  const rest = Object.entries(line.labels).filter(([k]) => k !== '__name__')
  return line.labels.__name__ ?? (rest.map(([k, v]) => `${k}=${v}`).join(', ') || fallback)
}

export function reduced(points: Line['points'], how: 'last' | 'mean' | 'min' | 'max' | 'sum'): number | null {
  const values = points.flatMap((p) => (p.value === null ? [] : [p.value]))
  if (!values.length) return null
  switch (how) {
    case 'last':
      return values.at(-1)!
    case 'min':
      return Math.min(...values)
    case 'max':
      return Math.max(...values)
    case 'sum':
      return values.reduce((a, b) => a + b, 0)
    case 'mean':
      return values.reduce((a, b) => a + b, 0) / values.length
    default:
      return how satisfies never
  }
}
