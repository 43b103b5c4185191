import { useLocation } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { sentence } from '../api.ts'
import { label, useIncidentActions } from '../pages/incidents/actions.ts'
import { useOpenIncidents } from '../queries.ts'
import { useMe } from '../session.ts'
import { Button } from '../ui/button.tsx'
import { To } from '../ui/link.tsx'
import { Since } from '../ui/time.tsx'
import type { Incident } from '../wire.ts'

/** What was acknowledged stays this long, so that a second tap falls on nothing else. */
const REST_MS = 2000
/** Here the incident itself has the button. */
const hasItsOwn = (path: string): boolean => path === '/' || path.startsWith('/incidents')

/** Phones, wherever one is: the incident that nobody has, and Acknowledge under the thumb, above the tabs. */
export function Urgent() {
  const { pathname } = useLocation()
  const { may } = useMe()
  const open = useOpenIncidents().data ?? []
  const actions = useIncidentActions()
  const unclaimed = open.find((i) => i.status === 'OPEN')
  const resting = useResting(unclaimed, open)
  const incident = resting ?? unclaimed
  if (!incident || hasItsOwn(pathname) || !may('incidents:write')) return null
  const sending = actions.acknowledge.isPending
  return (
    <section
      data-urgent=""
      aria-label="Nobody has it yet"
      className="fixed inset-x-0 bottom-[calc(55px+env(safe-area-inset-bottom))] z-20 hidden grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 border-t border-down-line bg-down-soft px-4 py-2 phone:grid"
    >
      <To href={`/incidents/${incident.id}`} className="min-w-0">
        <b className="block truncate font-semibold">{incident.title}</b>
        <span className="block truncate text-12 text-text-2">
          {label(incident)}, {incident.severity}, <Since at={incident.started_at} />
        </span>
        {actions.acknowledge.error != null && <span role="alert" className="block text-12 text-down">{sentence(actions.acknowledge.error)}</span>}
      </To>
      <Button kind="primary" icon={CircleCheck} className="h-14! rounded-4! text-16!" busy={sending} disabled={resting !== undefined} onClick={() => actions.acknowledge.mutate(incident)}>
        {sending ? 'Sending…' : resting ? 'Acknowledged' : 'Acknowledge'}
      </Button>
    </section>
  ) // biome-ignore format: a bar
}

/** The incident that was nobody's a moment ago and is somebody's now; for two seconds. */
function useResting(unclaimed: Incident | undefined, open: readonly Incident[]): Incident | undefined {
  const before = useRef(unclaimed)
  const [resting, setResting] = useState<Incident>()
  useEffect(() => {
    const taken = open.find((i) => i.id === before.current?.id && i.status === 'ACKNOWLEDGED')
    before.current = unclaimed
    if (!taken) return
    setResting(taken)
    const timer = setTimeout(() => setResting(undefined), REST_MS)
    return () => {
      clearTimeout(timer)
      setResting(undefined)
    }
  }, [unclaimed?.id])
  return resting
}
