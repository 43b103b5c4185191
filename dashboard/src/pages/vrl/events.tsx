import type { UseQueryResult } from '@tanstack/react-query'
import { Play, Star, X } from 'lucide-react'
import type { EventsBody } from '../../../../shared/logs/pipeline/schema.ts'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { LiveDot, Shape } from '../../ui/status.tsx'
import { plural } from '../../words.ts'
import { median, type Result } from './use-try.ts'

export type Chosen = { from: 'kept' | 'came'; nth: number }

const said = {
  ok: <Shape state="up" className="text-up" />,
  aborted: <Shape state="paused" className="text-idle" />,
  error: <Shape state="down" className="text-down" />,
} satisfies Record<Result['outcome'], unknown>
const words = { ok: 'passes', aborted: 'aborts', error: 'fails' } satisfies Record<Result['outcome'], string>

type Props = {
  came: UseQueryResult<EventsBody>
  /** Of `came`, the newest first. */
  events: readonly unknown[]
  kept: readonly unknown[]
  /** Of the kept ones, then of those that came. */
  results: readonly Result[]
  chosen: Chosen | null
  onChoose: (chosen: Chosen) => void
  onForget: (nth: number) => void
  onRun: () => void
}

/** The program on all events at hand: how each ends, and what one costs. */
export function Events({ came, events, kept, results, chosen, onChoose, onForget, onRun }: Props) {
  const rows = [
    ...kept.map((event, nth) => ({ event, from: 'kept' as const, nth })),
    ...events.map((event, nth) => ({ event, from: 'came' as const, nth })),
  ]
  return (
    <section aria-label="Tried on" className="border-t border-line-soft">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-3.5 py-1 text-12 text-text-2">
        <Summary results={results} />
        <span className="text-text-3">{where(came.data)}</span>
        <span className="ml-auto flex gap-1.5">
          <Button kind="ghost" busy={came.isFetching} onClick={() => came.refetch()}>
            Newer events
          </Button>
          <Button icon={Play} keys="mod+enter" onClick={onRun} disabled={!rows.length}>
            Run
          </Button>
        </span>
      </div>
      {came.error && !came.data && <p className="px-3.5 pb-2.5 text-12 text-text-2">{sentence(came.error)}</p>}
      {rows.length > 0 && (
        <ul className="max-h-[228px] overflow-auto border-t border-line-soft">
          {rows.map(({ event, from, nth }, i) => {
            const result = results[i]
            const current = chosen?.from === from && chosen.nth === nth
            return (
              <li key={`${from} ${nth}`} className="flex items-center border-b border-line-soft last:border-b-0">
                <button
                  type="button"
                  aria-current={current || undefined}
                  onClick={() => onChoose({ from, nth })}
                  className={cx(
                    'flex min-h-8 min-w-0 flex-1 items-center gap-2.5 px-3.5 text-left text-12 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-11',
                    current && 'bg-active',
                  )}
                >
                  <span className="flex w-16 flex-none items-center gap-1.5">
                    {result ? said[result.outcome] : <Shape state="pending" className="text-idle" />}
                    {result ? words[result.outcome] : ''}
                  </span>
                  {from === 'kept' && <Icon of={Star} size={12} className="text-text-3" />}
                  <span className="min-w-0 flex-1 truncate font-mono">{result?.message ?? JSON.stringify(event)}</span>
                  {result && <span className="flex-none text-text-3">{result.steps} steps</span>}
                </button>
                {from === 'kept' && (
                  <Button kind="ghost" icon={X} aria-label={`Forget kept event ${nth + 1}`} onClick={() => onForget(nth)} />
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}

function Summary({ results }: { results: readonly Result[] }) {
  if (!results.length)
    return (
      <span className="flex items-center gap-2" role="status">
        <LiveDot /> Waiting for events to try it on
      </span>
    )
  const of = (outcome: Result['outcome']) => results.filter((r) => r.outcome === outcome).length
  const parts = [`${of('ok')} pass`, of('aborted') ? `${of('aborted')} abort` : '', of('error') ? `${of('error')} fail` : '']
  const us = median(results.map((r) => r.elapsed_us))
  return (
    <span role="status">
      Of {plural(results.length, 'event')} {parts.filter(Boolean).join(', ')}; {us < 1 ? 'under 1' : us} µs and{' '}
      {median(results.map((r) => r.steps))} steps each, of 100,000
    </span>
  )
}

const where = (data: EventsBody | undefined): string =>
  !data?.events.length ? '' : data.from === 'received' ? 'as they came in' : 'rebuilt from what is stored'
