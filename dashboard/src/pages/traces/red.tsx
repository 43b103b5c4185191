import type { UseQueryResult } from '@tanstack/react-query'
import { sentence } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Panel } from '../../ui/panel.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { Skeleton } from '../../ui/state.tsx'
import { count } from '../../words.ts'
import { percent, took } from '../logs/numbers.ts'
import type { ServiceRed } from './wire.ts'

const cell = 'h-(--row-m) px-2.5 text-right whitespace-nowrap first:pl-3.5 first:text-left last:pr-3.5'

/** Rate, errors and duration of every service; choosing one filters the list. */
export function Red({
  query,
  chosen,
  onChoose,
}: {
  query: UseQueryResult<{ data: ServiceRed[] }>
  chosen: string
  onChoose: (service: string) => void
}) {
  const services = query.data?.data ?? []
  if (query.data && !services.length) return null
  return (
    <Panel title="Services" sub="rate, errors, duration of the range">
      {!query.data ? (
        query.error ? (
          <p className="flex items-center gap-3 px-3.5 py-2.5 text-12 text-text-2">
            {sentence(query.error)}
            <Button onClick={() => query.refetch()} busy={query.isFetching}>
              Try again
            </Button>
          </p>
        ) : (
          <Skeleton rows={3} saying="Counting requests" />
        )
      ) : (
        <ScrollBox label="Rate, errors and duration by service" className="max-h-72">
          <table className="w-full border-collapse">
            <thead>
              <tr className="text-12 text-text-3 [&>th]:sticky [&>th]:top-0 [&>th]:bg-surface">
                <th className={cell}>Service</th>
                <th className={cell}>Requests</th>
                <th className={cx(cell, 'phone:hidden')}>Rate</th>
                <th className={cell}>Errors</th>
                <th className={cx(cell, 'phone:hidden')}>p50</th>
                <th className={cell}>p95</th>
                <th className={cx(cell, 'phone:hidden')}>p99</th>
              </tr>
            </thead>
            <tbody>
              {services.map((s) => (
                <tr key={s.service} className={cx('border-t border-line-soft', s.service === chosen && 'bg-accent-soft')}>
                  <td className={cell}>
                    <button
                      type="button"
                      aria-pressed={s.service === chosen}
                      onClick={() => onChoose(s.service === chosen ? '' : s.service)}
                      className="min-h-6 max-w-72 truncate rounded-1 text-left font-550 hover:underline pointer-coarse:min-h-11 phone:max-w-36"
                    >
                      {s.service || 'unnamed'}
                    </button>
                  </td>
                  <td className={cell}>{count(s.requests)}</td>
                  <td className={cx(cell, 'phone:hidden')}>
                    {Number(s.rate.toPrecision(3))} <span className="text-text-3">/s</span>
                  </td>
                  <td className={cx(cell, s.errors > 0 && 'text-down')}>{percent(s.error_share)}</td>
                  <td className={cx(cell, 'phone:hidden')}>{took(s.p50_ms)}</td>
                  <td className={cell}>{took(s.p95_ms)}</td>
                  <td className={cx(cell, 'phone:hidden')}>{took(s.p99_ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  )
}
