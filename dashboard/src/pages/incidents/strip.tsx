import { useNow } from '../../ui/time.tsx'
import { DetectionStrip, type Stage } from '../../ui/timeline.tsx'
import type { IncidentDetail, TimelineEvent } from '../../wire.ts'
import { and, duration } from '../../words.ts'
import { useMembers } from '../settings/queries.ts'
import { between, type Life, lifeOf } from './life.ts'
import { rungsOf, waiting } from './rungs.ts'

type Props = { incident: IncidentDetail; timeline: readonly TimelineEvent[] }

/** First failure → verdict → page → somebody: the seconds of each. Ours in idle, the human wait in amber. */
export function Strip({ incident, timeline }: Props) {
  const now = useNow()
  const members = useMembers()
  const person = (id: string) => members.data?.find((m) => m.user_id === id)?.name
  const life = lifeOf(incident, timeline)
  const rungs = rungsOf(incident, timeline, (user, contact) => (user && person(user)) || contact, [])
  return (
    <DetectionStrip
      coloured
      className="border-t-0"
      stages={[
        ...machine(life, incident),
        human(incident, life, waiting(rungs, now), rungs.find((r) => r.state === 'at')?.who ?? []),
        end(incident, now),
      ]}
    />
  )
}

function machine(life: Life, incident: IncidentDetail): Stage[] {
  const verdict: Stage = life.failedAt
    ? { name: 'First failure to verdict', value: duration(between(life.failedAt, life.openedAt)), tone: 'ours' }
    : { name: 'Declared', value: 'by hand', tone: 'ours' }
  const page: Stage = life.page
    ? { name: 'Page handed over', value: duration(between(life.openedAt, life.page.at)), tone: 'ours' }
    : { name: 'Page handed over', value: incident.notify ? (life.pagedAt ? 'on its way' : 'nobody yet') : 'nobody, as asked', tone: 'ours' }
  return [verdict, page]
}

function human(incident: IncidentDetail, life: Life, wait: ReturnType<typeof waiting>, who: readonly string[]): Stage {
  if (incident.acknowledged_at && incident.acknowledged_by) {
    const from = life.page?.at ?? life.openedAt
    return {
      name: 'Seen and acknowledged',
      value: `${duration(between(from, incident.acknowledged_at))} by ${incident.acknowledged_by.name}`,
      tone: 'human',
    }
  }
  if (incident.status === 'RESOLVED') return { name: 'Acknowledged', value: 'by nobody', tone: 'human' }
  if (!wait) return { name: 'Acknowledged', value: 'not yet', tone: 'human' }
  const whole = duration(Math.floor(wait.forMs / 1000) * 1000 || wait.forMs)
  const of = wait.ofMs === null ? '' : ` of ${duration(wait.ofMs)}`
  return { name: `Waiting for ${and(who)}`, value: `${whole}${of}${wait.next.length ? `, then ${and(wait.next)}` : ''}`, tone: 'human' }
}

function end(incident: IncidentDetail, now: number): Stage {
  const until = incident.resolved_at ? Date.parse(incident.resolved_at) : now
  const took = duration(Math.max(0, Math.floor((until - Date.parse(incident.started_at)) / 1000) * 1000))
  if (!incident.resolved_at) return { name: 'Open for', value: took, tone: 'open' }
  const by = incident.resolved_by?.type === 'monitor' ? ', by itself' : incident.resolved_by ? ` by ${incident.resolved_by.name}` : ''
  return { name: 'Resolved after', value: `${took}${by}`, tone: 'ours' }
}
