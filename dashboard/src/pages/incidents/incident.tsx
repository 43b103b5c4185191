import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ApiError } from '../../api.ts'
import { useMe } from '../../session.ts'
import { useTitle } from '../../title.ts'
import { useGo } from '../../ui/link.tsx'
import { Columns, PageHeader, Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { choice } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { IncidentDetail } from '../../wire.ts'
import { NotFound } from '../not-found.tsx'
import { label, useIncidentActions } from './actions.ts'
import { Escalate } from './escalate.tsx'
import { Escalation } from './escalation.tsx'
import { Happened } from './happened.tsx'
import { Head } from './head.tsx'
import { Links } from './links.tsx'
import { usePostUpdate } from './post-update.ts'
import { incidentQuery, timelineQuery, useIncidentList } from './queries.ts'
import { Refused } from './refused.tsx'
import { Reopen } from './reopen.tsx'
import { Responders } from './responders.tsx'
import { Strip } from './strip.tsx'
import { Thumb } from './thumb.tsx'
import { Times } from './times.tsx'

const shape = { open: choice('nothing', 'escalate', 'reopen') }

/** `/incidents/:id`: what is broken, who has it, what to do now. */
export function Page() {
  const { id = '' } = useParams({ strict: false })
  const incident = useQuery(incidentQuery(id))
  if (incident.error instanceof ApiError && incident.error.status === 404 && !incident.data) return <NotFound />
  return (
    <>
      {!incident.data && <PageHeader title="Incident" />}
      <Load query={incident}>{(i) => <Body key={i.id} incident={i} />}</Load>
    </>
  )
}

function Body({ incident }: { incident: IncidentDetail }) {
  const { may } = useMe()
  const mayWrite = may('incidents:write')
  const timeline = useQuery(timelineQuery(incident.id))
  const actions = useIncidentActions()
  const update = usePostUpdate(incident)
  const go = useGo()
  const [{ open: asking }, setView] = useUrlState(shape)
  const ask = (open: typeof asking) => setView({ open }, { replace: open === 'nothing' })
  useTitle(`${label(incident)} ${incident.title}`)

  const neighbours = useNeighbours(incident.id)
  /** Out of a field first: what was typed into it stays. */
  const leave = () => {
    const field = document.activeElement
    if (field instanceof HTMLInputElement) field.blur()
    else go('/incidents')
  }
  const open = incident.status !== 'RESOLVED'
  const can = {
    acknowledge: mayWrite && incident.status === 'OPEN' ? () => actions.acknowledge.mutate(incident) : undefined,
    resolve: mayWrite && open ? () => actions.resolve.mutate(incident) : undefined,
    escalate: mayWrite && open ? () => ask('escalate') : undefined,
    reopen: mayWrite && !open ? () => ask('reopen') : undefined,
    update,
  }
  const key = (keys: string, words: string, run: (() => void) | undefined) =>
    run ? [{ keys, label: words, group: 'This incident', run }] : []
  useKeys([
    ...key('a', 'Acknowledge', can.acknowledge),
    ...key('r', 'Resolve', can.resolve),
    ...key('e', 'Escalate', can.escalate),
    ...key('u', 'Post update on a status page', can.update),
    ...key('j', 'Next incident', neighbours.after),
    ...key('k', 'Incident before', neighbours.before),
    { keys: 'escape', label: 'Up to the list', group: 'This incident', run: leave },
  ])

  const events = timeline.data ?? []
  return (
    <div className="phone:pb-16">
      <Head incident={incident} can={can} actions={actions} />
      <Refused error={actions.error} />
      <Columns
        main={
          <>
            <Panel label="From first failure to somebody">
              <Strip incident={incident} timeline={events} />
              {incident.description && (
                <p className="border-t border-line-soft px-3.5 py-3 text-14 leading-[22px] whitespace-pre-wrap [overflow-wrap:anywhere] phone:text-16 phone:leading-6">
                  <span className="block max-w-[76ch]">
                    <Links text={incident.description} />
                  </span>
                </p>
              )}
            </Panel>
            {incident.monitor_id && <Times incident={incident} monitor={incident.monitor_id} />}
            <Happened incident={incident} timeline={timeline} mayWrite={mayWrite} />
          </>
        }
        side={
          <>
            <Responders incident={incident} />
            <Escalation incident={incident} timeline={events} />
          </>
        }
      />
      <Thumb incident={incident} can={can} actions={actions} />
      {asking === 'escalate' && can.escalate && <Escalate incident={incident} onClose={() => ask('nothing')} />}
      {asking === 'reopen' && can.reopen && <Reopen incident={incident} actions={actions} onClose={() => ask('nothing')} />}
    </div>
  )
}

/** The incidents beside this one in the list, newest first; beyond its first page there is no order to walk in. */
function useNeighbours(id: string): { after: (() => void) | undefined; before: (() => void) | undefined } {
  const go = useGo()
  const list = useIncidentList({}, true).data?.pages.flatMap((p) => p.data) ?? []
  const at = list.findIndex((i) => i.id === id)
  const to = (i: { id: string } | undefined) => (at >= 0 && i ? () => go(`/incidents/${i.id}`) : undefined)
  return { after: to(list[at + 1]), before: to(list[at - 1]) }
}

/** What may be done now; a verb that is missing is not drawn. */
export type Can = { [K in 'acknowledge' | 'resolve' | 'escalate' | 'reopen' | 'update']: (() => void) | undefined }
