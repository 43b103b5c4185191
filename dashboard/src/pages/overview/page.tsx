import { Plus } from 'lucide-react'
import { useCounts, useOpenIncidents } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button } from '../../ui/button.tsx'
import { useGo } from '../../ui/link.tsx'
import { Columns, PageHeader, Panel } from '../../ui/panel.tsx'
import { ErrorState, Skeleton } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { text } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import { useIncidentActions } from '../incidents/actions.ts'
import { IncidentCard } from '../incidents/card.tsx'
import { Refused } from '../incidents/refused.tsx'
import { Beginning } from './beginning.tsx'
import { Checklist } from './checklist.tsx'
import { LatestIncidents } from './latest-incidents.tsx'
import { Maintenance } from './maintenance.tsx'
import { MonitorsNow } from './monitors-now.tsx'
import { OnCallNow } from './on-call-now.tsx'
import { OpenTable } from './open-table.tsx'
import { Vitals } from './vitals.tsx'

const shape = { sel: text() }
const CARDS_AT_MOST = 5

/** `/`: is anything wrong, since when, and who has it? */
export function Page() {
  useTitle('Overview')
  const go = useGo()
  const { may } = useMe()
  const counts = useCounts()
  const open = useOpenIncidents()
  const actions = useIncidentActions()
  const [view, setView] = useUrlState(shape)
  const incidents = open.data ?? []
  const first = incidents.length <= CARDS_AT_MOST ? incidents[0] : undefined
  const writes = may('incidents:write')
  const verb = first?.status === 'OPEN' ? actions.acknowledge : actions.resolve
  useKeys([
    { keys: 'c', label: 'New monitor', group: 'Actions', run: () => go('/start') },
    ...(first ? [{ keys: 'enter', label: 'Open the incident', group: 'This page', run: () => go(`/incidents/${first.id}`) }] : []),
    ...(first && writes
      ? [
          {
            keys: first.status === 'OPEN' ? 'a' : 'r',
            label: first.status === 'OPEN' ? 'Acknowledge the incident' : 'Resolve the incident',
            group: 'Actions',
            run: () => verb.mutate(first),
          },
        ]
      : []),
  ])
  const header = (
    <PageHeader
      title="Overview"
      actions={
        may('uptime:write') && (
          <Button icon={Plus} keys="c" onClick={() => go('/start')}>
            New
          </Button>
        )
      }
    />
  )
  if (!counts.data)
    return (
      <>
        {header}
        <Panel label="Monitors">
          {counts.error ? (
            <ErrorState error={counts.error} retry={counts.refetch} retrying={counts.isFetching} />
          ) : (
            <Skeleton rows={14} saying="Loading Overview" />
          )}
        </Panel>
      </>
    )
  if (!counts.data.total)
    return (
      <>
        {header}
        <Beginning />
      </>
    )
  return (
    <>
      {header}
      {actions.error && <Refused error={actions.error} />}
      {incidents.length > CARDS_AT_MOST ? (
        <OpenTable incidents={incidents} />
      ) : (
        incidents.map((i) => <IncidentCard key={i.id} incident={i} actions={actions} keyed={i === first} mayWrite={writes} />)
      )}
      <Columns
        sideWidth={296}
        main={
          <>
            <Vitals counts={counts.data} open={incidents} />
            <MonitorsNow total={counts.data.total} selected={view.sel} onSelect={(sel) => setView({ sel }, { replace: true })} />
            <Checklist />
          </>
        }
        side={
          <>
            <OnCallNow />
            <LatestIncidents />
            <Maintenance />
          </>
        }
      />
    </>
  )
}
