import { useQuery } from '@tanstack/react-query'
import { IncidentLines } from '../../incident-lines.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'
import { useNow } from '../../ui/time.tsx'
import { incidentsQuery } from './queries.ts'

/** What it caused, newest first. */
export function ItsIncidents({ id }: { id: string }) {
  const query = useQuery(incidentsQuery(id))
  const now = useNow(60_000)
  const recent = query.data?.data.filter((i) => now - Date.parse(i.started_at) < 90 * 86_400_000).length
  return (
    <Panel title="Incidents" sub={recent === undefined ? undefined : `${recent} in 90 d`}>
      <Load query={query} skeleton={<Skeleton rows={3} />}>
        {({ data }) =>
          data.length ? <IncidentLines incidents={data.slice(0, 6)} /> : <p className="px-3.5 py-3 text-text-2">None so far.</p>
        }
      </Load>
    </Panel>
  )
}
