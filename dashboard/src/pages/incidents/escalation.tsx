import { useZone } from '../../prefs.ts'
import { cx } from '../../ui/cx.ts'
import { TextLink } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useNow } from '../../ui/time.tsx'
import type { IncidentDetail, TimelineEvent } from '../../wire.ts'
import { clock, duration, host } from '../../words.ts'
import { useMembers, usePolicies } from '../settings/queries.ts'
import { useTargetName } from '../settings/target-name.ts'
import { rungsOf } from './rungs.ts'

const SHOWN = 6
const capital = (s: string): string => s.charAt(0).toUpperCase() + s.slice(1)

/** The policy's ladder with where it is; the rung that is ringing is ink, the next one counts down. */
export function Escalation({ incident, timeline }: { incident: IncidentDetail; timeline: readonly TimelineEvent[] }) {
  const zone = useZone()
  const now = useNow()
  const members = useMembers()
  const policies = usePolicies()
  const target = useTargetName()
  const policy = policies.data?.find((p) => p.id === incident.policy_id)
  const person = (user: string | null, contact: string) => (user && members.data?.find((m) => m.user_id === user)?.name) || host(contact)
  const steps = (policy?.steps ?? []).map((s, i) => ({ step: i + 1, who: s.targets.map(target) }))
  const rungs = rungsOf(incident, timeline, person, incident.notify ? steps : [])
  const stopped = incident.status !== 'OPEN' && 'stopped'
  const next = rungs.findIndex((r) => r.state === 'next')
  return (
    <Panel
      title="Escalation"
      sub={policy ? <TextLink href={`/settings/policies?open=${policy.id}`}>{incident.policy_name}</TextLink> : incident.policy_name}
      actions={stopped && <span className="pr-1.5 text-12 text-text-3">{stopped}</span>}
    >
      {rungs.length ? (
        <ol className="px-3.5 py-3">
          {rungs.slice(0, SHOWN).map((r, i) => (
            <li
              key={`${r.step} ${r.round} ${r.state}`}
              className="relative grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2.5 pb-3 not-last:before:absolute not-last:before:top-5 not-last:before:bottom-0 not-last:before:left-[9px] not-last:before:w-px not-last:before:bg-line-strong last:pb-0"
            >
              <span
                className={cx(
                  'grid size-5 place-items-center rounded-full border text-11 font-semibold',
                  r.state === 'at' ? 'border-ink bg-ink text-on-ink' : 'border-line-strong text-text-2',
                )}
              >
                {r.step}
              </span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                {capital(r.who.join(', ')) || 'Nobody who can be reached'}
                {r.round > 1 && <small className="block text-12 leading-4 text-text-3">round {r.round}</small>}
              </span>
              <span className="text-right whitespace-nowrap text-text-3">
                {r.state === 'later'
                  ? 'not needed'
                  : r.at &&
                    (i === next
                      ? `in ${duration(Math.max(0, Math.ceil((Date.parse(r.at) - now) / 1000)) * 1000)}`
                      : clock(Date.parse(r.at), zone))}
              </span>
            </li>
          ))}
          {rungs.length > SHOWN && <li className="pt-2 pl-[30px] text-12 text-text-3">and {rungs.length - SHOWN} more</li>}
        </ol>
      ) : (
        <p className="px-3.5 py-3 text-text-3">{incident.notify ? 'The ladder has not begun.' : 'Nobody is paged: that was asked for.'}</p>
      )}
    </Panel>
  )
}
