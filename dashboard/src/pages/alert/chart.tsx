import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { ApiError, sentence } from '../../api.ts'
import type { ChartBand } from '../../ui/chart.tsx'
import { Skeleton } from '../../ui/state.tsx'
import { useNow } from '../../ui/time.tsx'
import { nameOf, onSteps, rangeQuery, stepFor } from '../board/data.ts'
import { Lines, type Named } from '../board/lines.tsx'
import type { Backtest } from '../board/wire.ts'

const HOUR = 3_600_000
export const ranges = { '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR, '30d': 720 * HOUR } as const
export type RangeName = keyof typeof ranges

/** The query over time with its threshold or its usual band, and what would have fired as bands over it. */
export function AlertChart({
  query,
  range,
  zone,
  threshold,
  words,
  test,
  onThreshold,
}: {
  query: string
  range: RangeName
  zone: string
  threshold: number | null
  words: string
  test: Backtest | undefined
  onThreshold?: (value: number) => void
}) {
  const tick = useNow(60_000)
  const step = stepFor(0, ranges[range], 900)
  const { from, to } = onSteps(tick - ranges[range], tick, step)
  const asked = useQuery(rangeQuery(query, from, to, step))
  const lines = useMemo(
    () => (asked.data ?? []).map((l): Named => ({ ...l, name: nameOf(l, '', asked.data ?? [], 'value') })),
    [asked.data],
  )
  const bands = useMemo(
    () =>
      (test?.incidents ?? [])
        .map((i): ChartBand => ({ from: Date.parse(i.from), to: Date.parse(i.to ?? test!.to), label: '', kind: 'incident' }))
        .filter((b) => b.to > from),
    [test, from],
  )
  const span = useMemo(
    () => (test?.band ?? []).map((b) => ({ at: Date.parse(b.at), lower: b.lower, upper: b.upper })).filter((b) => b.at >= from - HOUR),
    [test, from],
  )
  const thresholds = useMemo(
    () => (threshold === null ? [] : [{ value: threshold, label: words, tone: 'down' as const }]),
    [threshold, words],
  )
  if (!query.trim()) return <p className="px-3.5 pb-4 text-text-3">The chart appears with the query.</p>
  if (asked.error && !asked.data) {
    const why = asked.error instanceof ApiError ? (asked.error.errors[0]?.message ?? sentence(asked.error)) : sentence(asked.error)
    return (
      <p role="alert" className="px-3.5 pb-4 text-down">
        {why}
      </p>
    )
  }
  if (!asked.data) return <Skeleton rows={6} saying="Asking the query" />
  if (!lines.length)
    return (
      <p className="px-3.5 pb-4 text-text-3">
        No data in this range. What is missing is not zero: “When data is missing” says what it means.
      </p>
    )
  return (
    <div className="px-2 pb-1">
      <Lines
        label="The query of this alert"
        lines={lines}
        range={{ from, to }}
        stepMs={step}
        zone={zone}
        unit="short"
        height={260}
        thresholds={thresholds}
        bands={bands}
        {...(span.length ? { span } : {})}
        {...(onThreshold ? { onLine: onThreshold } : {})}
      />
    </div>
  )
}
