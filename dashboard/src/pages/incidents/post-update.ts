import { useQuery } from '@tanstack/react-query'
import { everything } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { useGo } from '../../ui/link.tsx'
import { stringifySearch } from '../../url.ts'
import type { IncidentDetail } from '../../wire.ts'

/** To the composer of a status page, with what is known filled in. Undefined where there is no page to write on. */
export function usePostUpdate(incident: IncidentDetail): (() => void) | undefined {
  const { may } = useMe()
  const go = useGo()
  const pages = useQuery({
    queryKey: ['status-pages', 'names'],
    queryFn: ({ signal }) => everything<{ id: string; name: string }>('/api/status-pages', {}, signal),
    staleTime: 60_000,
    enabled: may('status-pages:write'),
  })
  if (!pages.data?.length) return undefined
  const about = stringifySearch({ report: 'new', title: incident.title, monitor: incident.monitor_id, since: incident.started_at })
  return () => go(pages.data.length === 1 ? `/status-pages/${pages.data[0]!.id}${about}` : `/status-pages${about}`)
}
