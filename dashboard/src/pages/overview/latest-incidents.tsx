import { useQuery } from '@tanstack/react-query'
import { IncidentLines } from '../../incident-lines.tsx'
import { useZone } from '../../prefs.ts'
import { latestIncidentsQuery } from '../../queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load, Skeleton } from '../../ui/state.tsx'

/** The last few, open or over. */
export function LatestIncidents() {
  const query = useQuery(latestIncidentsQuery({}, 6))
  const zone = useZone()
  return (
    <Panel
      title="Latest incidents"
      sub={zone}
      actions={
        <ButtonLink kind="ghost" href="/incidents">
          All
        </ButtonLink>
      }
    >
      <Load query={query} skeleton={<Skeleton rows={3} />}>
        {({ data }) =>
          data.length ? <IncidentLines incidents={data} /> : <p className="px-3.5 py-3 text-text-2">Nothing open. None so far.</p>
        }
      </Load>
    </Panel>
  )
}
