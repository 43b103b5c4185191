import { ArrowUp, Check, CircleCheck, Ellipsis, Link, Monitor, RotateCcw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { IncidentDetail } from '../../wire.ts'
import type { useIncidentActions } from './actions.ts'
import { copyLink } from './head.tsx'
import type { Can } from './incident.tsx'

/** Resolve comes this long after an acknowledgement, so that a double tap never resolves. */
const RESOLVE_AFTER_MS = 2000
const tall = 'h-14! rounded-4! text-16!'

/** Phones: what is urgent, under the thumb. It takes the place of the tabs. */
export function Thumb({ incident, can, actions }: { incident: IncidentDetail; can: Can; actions: ReturnType<typeof useIncidentActions> }) {
  const resting = useJustAcknowledged(incident)
  const more = [
    ...(can.update ? [{ label: 'Post update', icon: Monitor, run: can.update }] : []),
    ...(can.acknowledge && can.resolve ? [{ label: 'Resolve', icon: Check, run: can.resolve }] : []),
    { label: 'Copy link', icon: Link, run: copyLink },
  ]
  return (
    <section
      data-thumb=""
      aria-label="Incident actions"
      className="fixed inset-x-0 bottom-0 z-21 hidden grid-cols-[minmax(0,1fr)_88px_56px] gap-2 border-t border-line bg-surface px-4 pt-2.5 pb-[calc(14px+env(safe-area-inset-bottom))] phone:grid"
    >
      {can.acknowledge || resting || actions.acknowledge.isPending ? (
        <Button
          kind="primary"
          icon={CircleCheck}
          className={tall}
          busy={actions.acknowledge.isPending}
          disabled={resting}
          onClick={can.acknowledge}
        >
          {actions.acknowledge.isPending ? 'Sending…' : resting ? 'Acknowledged' : 'Acknowledge'}
        </Button>
      ) : can.resolve ? (
        <Button kind="primary" icon={Check} className={tall} busy={actions.resolve.isPending} onClick={can.resolve}>
          Resolve
        </Button>
      ) : can.reopen ? (
        <Button icon={RotateCcw} className={tall} onClick={can.reopen}>
          Reopen
        </Button>
      ) : (
        <span className="self-center text-text-2">Your role may read incidents</span>
      )}
      {can.escalate ? (
        <Button className="h-14! flex-col gap-1! rounded-4! px-0!" onClick={can.escalate}>
          <Icon of={ArrowUp} size={16} className="text-text-3" />
          Escalate
        </Button>
      ) : (
        <span />
      )}
      <Menu items={more} trigger={<Button icon={Ellipsis} aria-label="More actions" className="h-14! w-14! rounded-4!" />} />
    </section>
  )
}

/** True for two seconds from the moment this page sees the incident become acknowledged. */
function useJustAcknowledged(incident: IncidentDetail): boolean {
  const [resting, setResting] = useState(false)
  const before = useRef(incident.status)
  useEffect(() => {
    const was = before.current
    before.current = incident.status
    if (was !== 'OPEN' || incident.status !== 'ACKNOWLEDGED') return
    setResting(true)
    const timer = setTimeout(() => setResting(false), RESOLVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [incident.status])
  return resting
}
