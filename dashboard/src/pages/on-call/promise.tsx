import { useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { PagingTimes } from '../../../../shared/incidents/schema.ts'
import { api } from '../../api.ts'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { duration, plural } from '../../words.ts'

/** Our own promise, measured on this team's pages: from the moment a page is due to its provider's acceptance. */
export function Promised() {
  const times = useQuery({
    queryKey: ['paging-times'],
    queryFn: ({ signal }) => api.get<z.infer<typeof PagingTimes>>('/api/incidents/metrics/paging', undefined, signal),
    staleTime: 60_000,
  })
  return (
    <Panel title="First page leaves" sub="last 30 d">
      <Load query={times} skeleton={<Skeleton rows={2} />}>
        {(t) =>
          t.p50_ms === null || t.within_objective === null ? (
            <p className="px-3.5 py-3 text-text-3">No page in 30 d. We promise p99 within {duration(t.objective_ms)}.</p>
          ) : (
            <>
              <dl className="grid max-w-100 grid-cols-3 gap-px">
                {([['p50', t.p50_ms], ['p95', t.p95_ms], ['p99', t.p99_ms]] as const).map(([name, ms]) => (
                  <div key={name} className="px-3.5 pt-2 pb-1">
                    <dt className="text-12 text-text-3">{name}</dt>
                    <dd className="text-16 font-semibold tracking-[-0.01em]">{ms === null ? '–' : duration(ms)}</dd>
                  </div>
                ))}
              </dl>
              <p className="px-3.5 pb-2.5 text-12 text-text-2">
                {Math.floor(t.within_objective * 1000) / 10} % of {plural(t.pages, 'page')} within {duration(t.objective_ms)}, from due to accepted by the carrier
              </p>
            </>
          )
        }
      </Load>
    </Panel>
  ) // biome-ignore format: a panel
}
