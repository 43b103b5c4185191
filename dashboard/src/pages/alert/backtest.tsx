import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, sentence } from '../../api.ts'
import { cx } from '../../ui/cx.ts'
import { count, day, duration, plural } from '../../words.ts'
import type { Backtest } from '../board/wire.ts'
import { type Draft, findings, rulePart } from './draft.ts'

const DAYS = 30
const DAY_MS = 86_400_000

/** The last 30 days replayed, once nobody has typed for a moment. Null while there is nothing to replay. */
export function useBacktest(draft: Draft) {
  const { name: _, ...errors } = findings(draft)
  const wanted = Object.keys(errors).length ? null : JSON.stringify(rulePart(draft))
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), 700)
    return () => clearTimeout(timer)
  }, [wanted])
  return useQuery({
    queryKey: ['alert-backtest', asked],
    queryFn: ({ signal }) => api.post<Backtest>('/api/metrics/alerts/backtest', JSON.parse(asked!), { signal }),
    enabled: asked !== null,
    staleTime: 300_000,
    retry: false,
    placeholderData: (before) => before,
  })
}

/** How long it was firing altogether, ms. */
const firingMs = (b: Backtest) => b.incidents.reduce((sum, i) => sum + (Date.parse(i.to ?? b.to) - Date.parse(i.from)), 0)

/** "Would have fired 3 times in 30 days, 42 m altogether." */
export function backtestSays(b: Backtest): string {
  if (!b.series) return 'The query returned nothing in 30 days, so it would never have fired.'
  const times =
    b.would_have_opened === 0
      ? 'Would not have fired'
      : `Would have fired ${b.would_have_opened === 1 ? 'once' : `${count(b.would_have_opened)} times`}`
  return `${times} in 30 days${b.would_have_opened ? `, ${duration(firingMs(b))} altogether` : ''}.`
}

/** Thirty days in a strip: a mark for every time it would have fired. */
export function Strip({ query, zone, whom }: { query: ReturnType<typeof useBacktest>; zone: string; whom: string }) {
  const b = query.data
  const to = b ? Date.parse(b.to) : Date.now()
  const from = b ? Date.parse(b.from) : to - DAYS * DAY_MS
  const place = (at: number) => ((at - from) / (to - from)) * 100
  const weeks = Array.from({ length: 5 }, (_, i) => to - i * 7 * DAY_MS).filter((at) => at > from)
  return (
    <div className={cx('px-3.5 pt-2 pb-3', query.isFetching && b && 'grayscale')} aria-busy={query.isFetching || undefined}>
      <div className="mb-1.5 flex flex-wrap items-baseline gap-x-2">
        <h3 className="font-550">Backtest</h3>
        <p role="status" className="text-text-2">
          {query.error ? sentence(query.error) : b ? backtestSays(b) : 'Replaying the last 30 days'}
        </p>
        {b && (
          <span className="ml-auto text-12 text-text-3">
            {count(b.evaluations)} evaluations of {plural(b.series, 'series', 'series')} in {duration(b.elapsed_ms)}
          </span>
        )}
      </div>
      <div
        className="relative h-7 overflow-hidden rounded-1 border border-line bg-sunken"
        role="img"
        aria-label={b ? backtestSays(b) : 'Backtest'}
      >
        {b?.incidents.map((i) => {
          const left = place(Date.parse(i.from))
          const width = place(Date.parse(i.to ?? b.to)) - left
          return (
            <span
              key={i.from}
              title={`${day(Date.parse(i.from), zone, to)}: ${duration(Date.parse(i.to ?? b.to) - Date.parse(i.from))}`}
              className="absolute inset-y-0 bg-down-solid"
              style={{ left: `${left}%`, width: `max(3px, ${width}%)` }}
            />
          )
        })}
      </div>
      <div className="relative mt-1 h-4 text-11 text-text-3" aria-hidden="true">
        <span className="absolute left-0">{day(from, zone, to)}</span>
        {weeks.slice(1).map(
          (at) =>
            place(at) > 12 && (
              <span key={at} className="absolute -translate-x-1/2 phone:hidden" style={{ left: `${place(at)}%` }}>
                {day(at, zone, to)}
              </span>
            ),
        )}
        <span className="absolute right-0">now</span>
      </div>
      {b && b.would_have_opened > 0 && <p className="mt-1 text-12 text-text-3">Each would have paged {whom}.</p>}
      {b?.error && <p className="mt-1 text-12 text-warn">{b.error}</p>}
    </div>
  )
}
