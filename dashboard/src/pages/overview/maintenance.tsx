import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { useZone } from '../../prefs.ts'
import { everything } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { To } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import type { List } from '../../wire.ts'
import { clock, weekday } from '../../words.ts'

type Planned = { id: string; page: string; title: string; starts_at: string; ends_at: string | null }
const PAGES_AT_MOST = 10

/** Maintenance that status pages announce, running or to come, soonest first. */
export function Maintenance() {
  const { may } = useMe()
  const zone = useZone()
  const now = useNow(60_000)
  const query = useQuery({
    queryKey: ['status-pages', 'maintenance'],
    queryFn: async ({ signal }): Promise<Planned[]> => {
      const pages = await everything<{ id: string }>('/api/status-pages', {}, signal)
      const reports = await Promise.all(
        pages.slice(0, PAGES_AT_MOST).map(async ({ id: page }) => {
          const { data } = await api.get<List<Omit<Planned, 'page'> & { type: string }>>(
            `/api/status-pages/${page}/reports`,
            { per_page: 20 },
            signal,
          )
          return data.filter((r) => r.type === 'maintenance').map((r) => ({ ...r, page }))
        }),
      )
      return reports.flat()
    },
    enabled: may('status-pages:read'),
    retry: false,
  })
  return (
    <Panel title="Maintenance" sub={zone}>
      <Load query={query} skeleton={<Skeleton rows={1} />}>
        {(planned) => {
          const toCome = planned
            .filter((p) => p.ends_at === null || Date.parse(p.ends_at) > now)
            .sort((a, b) => a.starts_at.localeCompare(b.starts_at))
          if (!toCome.length) return <p className="px-3.5 py-3 text-text-2">None planned.</p>
          return (
            <ul>
              {toCome.slice(0, 5).map((p) => {
                const at = Date.parse(p.starts_at)
                return (
                  <li key={p.id} className="border-b border-line-soft last:border-0">
                    <To
                      href={`/status-pages/${p.page}?tab=reports`}
                      className="flex items-center gap-2 px-3.5 py-[9px] hover:bg-hover focus-visible:-outline-offset-2"
                    >
                      <span className="text-maint">
                        <Shape state="maintenance" />
                      </span>
                      <span className="min-w-0 flex-1 truncate">{p.title}</span>
                      <span className="whitespace-nowrap text-text-3">
                        {at <= now ? 'now' : `${weekday(at, zone, now)} ${clock(at, zone, false)}`}
                      </span>
                    </To>
                  </li>
                )
              })}
            </ul>
          )
        }}
      </Load>
    </Panel>
  )
}
