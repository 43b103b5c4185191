import { useZone } from './prefs.ts'
import { To } from './ui/link.tsx'
import { Shape, type State, states, toneText } from './ui/status.tsx'
import { Since, useNow } from './ui/time.tsx'
import type { Incident, IncidentStatus } from './wire.ts'
import { dayAndClock } from './words.ts'

export const stateOf = { OPEN: 'open', ACKNOWLEDGED: 'acknowledged', RESOLVED: 'resolved' } as const satisfies Record<IncidentStatus, State>

/** Incidents in a narrow column: state, title, when, how long. */
export function IncidentLines({ incidents }: { incidents: readonly Incident[] }) {
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <ul>
      {incidents.map((i) => {
        const state = stateOf[i.status]
        return (
          <li key={i.id} className="border-b border-line-soft last:border-0">
            <To
              href={`/incidents/${i.id}`}
              className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 px-3.5 py-[9px] hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className={`pt-[3px] ${toneText[states[state].tone]}`} title={states[state].word}>
                <Shape state={state} />
                <span className="sr-only">{states[state].word}: </span>
              </span>
              <span className="min-w-0">
                <span className="block font-550 [overflow-wrap:anywhere]">{i.title}</span>
                <span className="text-12 text-text-3">
                  INC-{i.team_number} · {dayAndClock(Date.parse(i.started_at), zone, now)}
                </span>
              </span>
              <span className="text-text-2">
                <Since at={i.started_at} until={i.resolved_at} />
              </span>
            </To>
          </li>
        )
      })}
    </ul>
  )
}
