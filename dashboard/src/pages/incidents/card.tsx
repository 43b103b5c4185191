import { useQuery } from '@tanstack/react-query'
import { Check, CircleCheck } from 'lucide-react'
import { useZone } from '../../prefs.ts'
import { monitorQuery } from '../../queries.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextLink, To } from '../../ui/link.tsx'
import { Pill, Sev } from '../../ui/status.tsx'
import { Since } from '../../ui/time.tsx'
import { DetectionStrip, type Stage } from '../../ui/timeline.tsx'
import type { Incident } from '../../wire.ts'
import { clock, duration } from '../../words.ts'
import { useMembers } from '../settings/queries.ts'
import { label, type useIncidentActions } from './actions.ts'
import { type Life, lifeOf, sinceStart } from './life.ts'
import { timelineQuery } from './queries.ts'

type Props = {
  incident: Incident
  actions: ReturnType<typeof useIncidentActions>
  /** Keys are printed on the card that they act on. */
  keyed: boolean
  mayWrite: boolean
}

/** An open incident: what, since when, who has it, and the one thing to do next. */
export function IncidentCard({ incident, actions, keyed, mayWrite }: Props) {
  const timeline = useQuery(timelineQuery(incident.id))
  const zone = useZone()
  const members = useMembers()
  const monitor = useQuery({ ...monitorQuery(incident.monitor_id ?? ''), enabled: incident.monitor_id !== null })
  const open = incident.status === 'OPEN'
  const href = `/incidents/${incident.id}`
  const verb = open ? actions.acknowledge : actions.resolve
  const id = `card-${incident.id}`
  const person = (user: string) => members.data?.find((m) => m.user_id === user)?.name
  return (
    <article
      aria-labelledby={id}
      className={cx(
        'mb-4 grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-1 rounded-3 border bg-surface px-4 pt-3.5 phone:grid-cols-[minmax(0,1fr)]',
        open ? 'border-down-line' : 'border-warn-line',
      )}
    >
      <h2 id={id} className="flex min-w-0 items-center gap-2.5 text-16 font-semibold tracking-[-0.01em] phone:flex-wrap">
        <Sev severity={incident.severity} />
        <To href={href} className="min-w-0 [overflow-wrap:anywhere] hover:underline">
          {incident.title}
        </To>
      </h2>
      <div className="col-start-1 flex flex-wrap items-center gap-x-3.5 gap-y-1.5 text-12 text-text-2">
        <Pill state={open ? 'open' : 'acknowledged'} />
        <span className="font-mono">{label(incident)}</span>
        {incident.monitor_id && (
          <TextLink href={`/monitors/${incident.monitor_id}`}>{monitor.data?.pronounceable_name ?? 'monitor'}</TextLink>
        )}
        {incident.alert_id && <TextLink href={`/alerts/${incident.alert_id}`}>its alert</TextLink>}
        <span>{incident.acknowledged_by ? `${incident.acknowledged_by.name} has it` : 'Nobody has it yet'}</span>
      </div>
      <div className="col-start-2 row-span-2 row-start-1 flex items-center gap-2 phone:col-start-1 phone:row-span-1 phone:row-start-auto phone:mt-2.5 phone:[&>*]:flex-1">
        <ButtonLink href={href} {...(keyed ? { keys: 'enter' } : {})}>
          Open<span className="sr-only"> {label(incident)}</span>
        </ButtonLink>
        {mayWrite && (
          <Button
            kind="primary"
            icon={open ? CircleCheck : Check}
            {...(keyed ? { keys: open ? 'a' : 'r' } : {})}
            busy={verb.isPending && verb.variables?.id === incident.id}
            onClick={() => verb.mutate(incident)}
          >
            {open ? 'Acknowledge' : 'Resolve'}
            <span className="sr-only"> {label(incident)}</span>
          </Button>
        )}
      </div>
      <DetectionStrip
        className="col-span-full -mx-4 mt-3"
        stages={stagesOf(incident, lifeOf(incident, timeline.data ?? []), zone, person)}
      />
    </article>
  )
}

/** Instants of the life as stages: the first as a clock, the others as seconds after it. */
function stagesOf(incident: Incident, life: Life, zone: string, person: (user: string) => string | undefined): Stage[] {
  const plus = (at: string) => `+ ${duration(sinceStart(life, at))}`
  const begin: Stage[] = life.failedAt
    ? [
        { name: 'First failed check', value: clock(Date.parse(life.failedAt), zone) },
        { name: life.votes ? `Confirmed by ${life.votes.down} of ${life.votes.all} regions` : 'Confirmed', value: plus(life.openedAt) },
      ]
    : [{ name: 'Declared', value: clock(Date.parse(life.openedAt), zone) }]
  const paged: Stage = life.page
    ? { name: `Paged ${(life.page.userId && person(life.page.userId)) ?? life.page.contact}`, value: plus(life.page.at) }
    : { name: 'Paged', value: life.pagedAt ? 'on its way' : 'nobody yet' }
  const taken: Stage = { name: 'Acknowledged', value: incident.acknowledged_at ? plus(incident.acknowledged_at) : 'not yet' }
  return [...begin, paged, taken, { name: 'Open for', value: <Since at={incident.started_at} />, tone: 'open' }]
}
