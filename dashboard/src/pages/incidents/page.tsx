import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { monitorsQuery, useOpenIncidents } from '../../queries.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { useGo } from '../../ui/link.tsx'
import { PageHeader, Panel } from '../../ui/panel.tsx'
import { EmptyState } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { Incident } from '../../wire.ts'
import { and, count, duration } from '../../words.ts'
import { useIncidentActions } from './actions.ts'
import { IncidentCard } from './card.tsx'
import { Declare } from './declare.tsx'
import { Escalate } from './escalate.tsx'
import { IncidentTable } from './list.tsx'
import { useIncidentList, useMtta } from './queries.ts'
import { Refused } from './refused.tsx'
import { shape } from './view.ts'

const CARDS_AT_MOST = 5

/** What is open and who has it; below, everything that ever was. */
export function Page() {
  useTitle('Incidents')
  const [view, setView] = useUrlState(shape)
  const { may } = useMe()
  const mayWrite = may('incidents:write')
  const go = useGo()
  const open = useOpenIncidents()
  const mtta = useMtta()
  const any = useIncidentList({}, true)
  const monitors = useQuery(monitorsQuery({ per_page: 250 }))
  const actions = useIncidentActions()
  const incidents = open.data ?? []
  const listed = any.data?.pages.flatMap((p) => p.data) ?? []
  const focused = [...incidents, ...listed].find((i) => i.id === view.sel) ?? incidents[0]

  const declare = () => mayWrite && setView({ open: 'new' })
  const on = (i: Incident | undefined, run: (i: Incident) => void) => () => i && mayWrite && run(i)
  useKeys([
    { keys: 'c', label: 'Declare an incident', group: 'This page', run: declare },
    {
      keys: 'a',
      label: 'Acknowledge',
      group: 'This page',
      run: on(focused?.status === 'OPEN' ? focused : undefined, actions.acknowledge.mutate),
    },
    {
      keys: 'r',
      label: 'Resolve',
      group: 'This page',
      run: on(focused && focused.status !== 'RESOLVED' ? focused : undefined, actions.resolve.mutate),
    },
    {
      keys: 'e',
      label: 'Escalate',
      group: 'This page',
      run: on(focused && focused.status !== 'RESOLVED' ? focused : undefined, (i) => setView({ open: i.id })),
    },
    ...(view.sel || !incidents[0]
      ? []
      : [{ keys: 'enter', label: 'Open the incident', group: 'This page', run: () => go(`/incidents/${incidents[0]!.id}`) }]),
  ])

  const never = any.data?.pages[0]?.data.length === 0 && incidents.length === 0
  const escalating = view.open && view.open !== 'new' ? [...incidents, ...listed].find((i) => i.id === view.open) : undefined
  return (
    <>
      <PageHeader
        title="Incidents"
        lead={
          !never && (
            <>
              {open.data && <Sentence open={incidents} />}
              {mtta.data && mtta.data.incidents > 0 && <span>{medians(mtta.data)}</span>}
            </>
          )
        }
        actions={
          mayWrite && (
            <Button icon={Plus} keys="c" onClick={declare}>
              Declare incident
            </Button>
          )
        }
      />
      <Refused error={actions.error} />
      {incidents.length <= CARDS_AT_MOST &&
        incidents.map((i) => (
          <IncidentCard key={i.id} incident={i} actions={actions} keyed={i.id === (focused?.id ?? '')} mayWrite={mayWrite} />
        ))}
      {never ? (
        <Never mayWrite={mayWrite} declare={declare} />
      ) : (
        <IncidentTable view={view} setView={setView} monitors={monitors.data?.data ?? []} />
      )}
      {view.open === 'new' && mayWrite && (
        <Declare onClose={() => setView({ open: '' }, { replace: true })} onDone={(i) => go(`/incidents/${i.id}`)} />
      )}
      {escalating && mayWrite && <Escalate incident={escalating} onClose={() => setView({ open: '' }, { replace: true })} />}
    </>
  )
}

/** "1 open, Ines Okafor has it", "2 open, nobody has 1", in the colour of the worse. */
function Sentence({ open }: { open: readonly Incident[] }) {
  if (!open.length) return <b className="font-550 text-text">None open</b>
  const unclaimed = open.filter((i) => i.status === 'OPEN').length
  const who = [...new Set(open.flatMap((i) => i.acknowledged_by?.name ?? []))]
  const has = unclaimed
    ? `nobody has ${unclaimed === open.length ? (unclaimed === 1 ? 'it' : 'them') : count(unclaimed)}`
    : `${and(who)} ${who.length > 1 ? 'have' : 'has'} ${open.length === 1 ? 'it' : 'them'}`
  return (
    <b className={unclaimed ? 'font-550 text-down' : 'font-550 text-warn'}>
      {count(open.length)} open, {has}
    </b>
  )
}

function medians({
  incidents,
  median_time_to_acknowledge: ack,
  median_time_to_resolve: resolve,
  ...m
}: NonNullable<ReturnType<typeof useMtta>['data']>): string {
  const days = Math.round((Date.parse(m.to) - Date.parse(m.from)) / 86_400_000)
  const times = [
    ack !== null && `${duration(ack * 1000)} to acknowledge`,
    resolve !== null && `${duration(resolve * 1000)} to resolve`,
  ].filter(Boolean)
  return `${count(incidents)} in ${days} d${times.length ? `, median ${times.join(', ')}` : ''}`
}

const Never = ({ mayWrite, declare }: { mayWrite: boolean; declare: () => void }) => (
  <Panel label="No incidents">
    <EmptyState title="No incidents" waiting="Waiting for the first one. It appears here without reload.">
      <p>A failing monitor opens one by itself, and pages whoever its policy names. You can declare one by hand too.</p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink kind="primary" href="/start">
          Break the demo shop
        </ButtonLink>
        {mayWrite && (
          <Button keys="c" onClick={declare}>
            Declare incident
          </Button>
        )}
      </div>
    </EmptyState>
  </Panel>
)
