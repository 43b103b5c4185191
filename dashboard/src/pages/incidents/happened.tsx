import type { UseQueryResult } from '@tanstack/react-query'
import { Activity, ArrowUp, Bell, Check, Mail, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useZone } from '../../prefs.ts'
import { Segmented } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Load } from '../../ui/state.tsx'
import { Shape } from '../../ui/status.tsx'
import { useNow } from '../../ui/time.tsx'
import { Avatar, Timeline, type TimelineItem } from '../../ui/timeline.tsx'
import { choice } from '../../url.ts'
import { useUrlState } from '../../use-url-state.ts'
import type { IncidentDetail, TimelineEvent } from '../../wire.ts'
import { clock, day } from '../../words.ts'
import { useMembers } from '../settings/queries.ts'
import { AddNote } from './add-note.tsx'
import { Links } from './links.tsx'
import { firstFailure, type Glyph, type Told, tell } from './tell.ts'

const shape = { kind: choice('all', 'people', 'notes') }
const kinds = [
  ['all', 'All'],
  ['people', 'People'],
  ['notes', 'Notes'],
] as const

const glyphs: Record<Exclude<Glyph, 'person'>, ReactNode> = {
  down: <Shape state="down" size={13} className="text-down" />,
  up: <Icon of={Activity} size={13} className="text-up" />,
  pulse: <Icon of={Activity} size={13} />,
  bell: <Icon of={Bell} size={13} />,
  mail: <Icon of={Mail} size={13} />,
  acknowledged: <Shape state="acknowledged" size={13} className="text-warn" />,
  resolved: <Icon of={Check} size={13} className="text-up" />,
  warn: <Icon of={TriangleAlert} size={13} className="text-warn" />,
  'up-arrow': <Icon of={ArrowUp} size={13} />,
}

type Props = { incident: IncidentDetail; timeline: UseQueryResult<TimelineEvent[]>; mayWrite: boolean }

/** Everything that happened, newest first, with a place to write. `?kind=people|notes`. */
export function Happened({ incident, timeline, mayWrite }: Props) {
  const [{ kind }, setView] = useUrlState(shape)
  const zone = useZone()
  const now = useNow(60_000)
  const members = useMembers()
  const person = (id: string) => members.data?.find((m) => m.user_id === id)?.name ?? 'Somebody who left'
  const kept = (e: TimelineEvent) => kind === 'all' || (kind === 'notes' ? e.type === 'note' : e.actor.type === 'user')

  const item = (e: TimelineEvent): TimelineItem => {
    const { bold, rest, glyph, note }: Told = e.data.first ? firstFailure : tell(e, { person, policy: incident.policy_name })
    const at = Date.parse(e.at)
    const base = { id: e.id, at: e.at, clock: clock(at, zone), glyph: glyph === 'person' ? <Avatar name={bold} /> : glyphs[glyph] }
    if (note !== undefined)
      return {
        ...base,
        says: {
          by: (
            <>
              <b>{bold}</b> noted
            </>
          ),
          text: <Links text={note} />,
        },
      }
    return {
      ...base,
      children: (
        <p>
          <b>{bold}</b>
          {rest && (rest.startsWith(',') ? rest : ` ${rest}`)}
          {e.type === 'opened' && incident.monitor_id && (
            <>
              {' '}
              <TextLink href={`/monitors/${incident.monitor_id}?tab=checks`}>See the votes</TextLink>
            </>
          )}
        </p>
      ),
    }
  }

  return (
    <Panel
      title="Timeline"
      sub={
        timeline.data && (
          <span className="phone:hidden">{`${timeline.data.length}, ${day(Date.parse(incident.started_at), zone, now)}, ${zone}`}</span>
        )
      }
      actions={<Segmented label="Show" value={kind} options={kinds} onChange={(next) => setView({ kind: next }, { replace: true })} />}
    >
      {mayWrite && <AddNote incident={incident.id} />}
      <Load query={timeline}>
        {(events) => {
          const newest = withFirstFailure(events).filter(kept).reverse()
          return newest.length ? (
            <Timeline label="Timeline, newest first" items={newest.map(item)} />
          ) : (
            <p className="px-3.5 py-4 text-text-3">{kind === 'notes' ? 'No note yet.' : 'Nothing by people yet.'}</p>
          )
        }}
      </Load>
    </Panel>
  )
}

/** The check that began it is a line of its own, before the verdict. */
export function withFirstFailure(events: readonly TimelineEvent[]): TimelineEvent[] {
  return [...events]
    .sort((a, b) => a.at.localeCompare(b.at))
    .flatMap((e) => {
      const at = e.type === 'opened' || (e.type === 'reopened' && e.data.reason === 'failed-again') ? e.data.started_at : null
      return typeof at === 'string' ? [{ ...e, id: `${e.id}-first`, at, type: 'region-changed' as const, data: { first: true } }, e] : [e]
    })
}
