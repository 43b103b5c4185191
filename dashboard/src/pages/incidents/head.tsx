import { useQuery } from '@tanstack/react-query'
import { ArrowUp, Check, ChevronRight, CircleCheck, Link, Monitor, RotateCcw } from 'lucide-react'
import { useZone } from '../../prefs.ts'
import { monitorQuery } from '../../queries.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextLink, To } from '../../ui/link.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PageHeader } from '../../ui/panel.tsx'
import { Pill, Sev } from '../../ui/status.tsx'
import { Since, useNow } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import type { IncidentDetail } from '../../wire.ts'
import { clock, moment, weekday } from '../../words.ts'
import { label, type useIncidentActions } from './actions.ts'
import type { Can } from './incident.tsx'

type Props = { incident: IncidentDetail; can: Can; actions: ReturnType<typeof useIncidentActions> }

export const copyLink = () => navigator.clipboard.writeText(location.href).then(() => toast('Link copied'))

/** Crumb, title, state, age, since when, which monitor; the verbs right, on phones in the thumb bar. */
export function Head({ incident, can, actions }: Props) {
  const open = incident.status === 'OPEN'
  const sending = actions.acknowledge.isPending
  return (
    <>
      <PageHeader
        title={
          <nav aria-label="Breadcrumb" className="flex items-center gap-1.5 text-text-3">
            <To href="/incidents" className="hover:text-text">
              Incidents
            </To>
            <Icon of={ChevronRight} size={12} />
            <span aria-current="page" className="font-mono text-12 text-text-2">
              {label(incident)}
            </span>
          </nav>
        }
        actions={<Button kind="ghost" icon={Link} aria-label="Copy link to this view" className="phone:hidden" onClick={copyLink} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 gap-y-1.5 pt-0.5 pb-4 phone:grid-cols-[minmax(0,1fr)] phone:pb-3">
        <h1 className="text-20 font-semibold tracking-[-0.015em] text-balance [overflow-wrap:anywhere] phone:mb-1 phone:text-[22px] phone:leading-7">
          {incident.title}
        </h1>
        <div className="col-start-1 flex flex-wrap items-center gap-x-3.5 gap-y-1.5 text-12 text-text-2">
          <Pill state={open ? 'open' : incident.status === 'ACKNOWLEDGED' ? 'acknowledged' : 'resolved'} />
          {sending && <span className="font-550 text-warn">sending…</span>}
          <Sev severity={incident.severity} />
          <Age incident={incident} />
          <MonitorLink id={incident.monitor_id} />
          {incident.alert_id && <TextLink href={`/alerts/${incident.alert_id}`}>its alert</TextLink>}
        </div>
        <div className="col-start-2 row-span-2 row-start-1 flex items-start gap-2 phone:hidden">
          {can.escalate && (
            <Button icon={ArrowUp} keys="e" onClick={can.escalate}>
              Escalate
            </Button>
          )}
          {can.update && (
            <Button icon={Monitor} keys="u" onClick={can.update}>
              Post update
            </Button>
          )}
          {can.acknowledge || sending ? (
            <Button kind="primary" icon={CircleCheck} keys="a" busy={sending} onClick={can.acknowledge}>
              {sending ? 'Sending…' : 'Acknowledge'}
            </Button>
          ) : (
            can.resolve && (
              <Button kind="primary" icon={Check} keys="r" busy={actions.resolve.isPending} onClick={can.resolve}>
                Resolve
              </Button>
            )
          )}
          {can.reopen && (
            <Button icon={RotateCcw} onClick={can.reopen}>
              Reopen
            </Button>
          )}
          {can.acknowledge && can.resolve && <Menu items={[{ label: 'Resolve', icon: Check, keys: 'r', run: can.resolve }]} />}
        </div>
      </div>
    </>
  )
}

/** "18 m 04 s since 14:13:56 Europe/Paris", or how long it took and when it ended. */
function Age({ incident }: { incident: IncidentDetail }) {
  const zone = useZone()
  const now = useNow(60_000)
  const from = Date.parse(incident.started_at)
  const same = weekday(from, zone, now) === weekday(now, zone, now)
  return (
    <>
      <span className={incident.status === 'OPEN' ? 'font-550 text-down' : 'font-550 text-text'}>
        <Since at={incident.started_at} until={incident.resolved_at} />
      </span>
      <time dateTime={incident.started_at} title={moment(from, 'UTC', now)}>
        since {same ? '' : `${weekday(from, zone, now)} `}
        {clock(from, zone)} {zone}
      </time>
      {incident.resolved_at && <span>until {clock(Date.parse(incident.resolved_at), zone)}</span>}
    </>
  )
}

function MonitorLink({ id }: { id: string | null }) {
  const monitor = useQuery({ ...monitorQuery(id ?? ''), enabled: id !== null })
  return id && <TextLink href={`/monitors/${id}`}>{monitor.data?.pronounceable_name ?? 'its monitor'}</TextLink>
}
