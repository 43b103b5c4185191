import { useQuery } from '@tanstack/react-query'
import { Clock, Gauge } from 'lucide-react'
import type * as z from 'zod'
import { api } from '../api.ts'
import { useConnected } from '../live.ts'
import { useZone } from '../prefs.ts'
import { useCounts, useOpenIncidents } from '../queries.ts'
import { useMe } from '../session.ts'
import { useTabTitle } from '../title.ts'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/icon.tsx'
import { To } from '../ui/link.tsx'
import { Shape, type State, toneText } from '../ui/status.tsx'
import { Since, useNow } from '../ui/time.tsx'
import type { Incident } from '../wire.ts'
import { clock, count, offset, plural } from '../words.ts'

type Said = { state: State; tone: 'up' | 'warn' | 'down' | 'idle'; sentence: string; more?: string; since?: string; href?: string }

/** What is true now, in one sentence. Red: nobody has it. Amber: someone does. */
export function say(incidents: readonly Incident[], watched: { total: number; down: number; up: number } | undefined): Said {
  const [first] = incidents
  if (first) {
    const unclaimed = incidents.filter((i) => i.status === 'OPEN').length
    const href = incidents.length === 1 ? `/incidents/${first.id}` : '/incidents'
    const who = first.acknowledged_by ? ` · ${first.acknowledged_by.name.split(' ')[0]} has it` : ''
    if (unclaimed)
      return {
        state: 'down',
        tone: 'down',
        sentence: `${plural(incidents.length, 'incident')}, nobody has ${unclaimed === incidents.length ? 'it' : count(unclaimed)} yet`,
        more: ` · ${first.title}`,
        since: first.started_at,
        href,
      }
    return {
      state: 'acknowledged',
      tone: 'warn',
      sentence: `${plural(incidents.length, 'incident')} open`,
      more: ` · ${first.title}${who}`,
      since: first.started_at,
      href,
    }
  }
  if (!watched) return { state: 'pending', tone: 'idle', sentence: 'Nothing open' }
  if (!watched.total) return { state: 'pending', tone: 'idle', sentence: 'Nothing is watched yet', href: '/start' }
  if (watched.down)
    return {
      state: 'down',
      tone: 'down',
      sentence: `${plural(watched.down, 'monitor')} down`,
      more: ' · no incident is open',
      href: '/monitors?state=down',
    }
  return { state: 'up', tone: 'up', sentence: 'Nothing open', more: ` · ${count(watched.up)} of ${plural(watched.total, 'monitor')} up` }
}

type Health = { status: 'ok' | 'degraded'; parts: Record<string, 'up' | 'degraded' | 'down'> }

/** Our own health in two or three words; what is late is named. */
export function ownHealth(health: Health | undefined, failed: boolean, connected: boolean, watching: boolean): string {
  if (failed) return 'Tocsin does not answer'
  if (!connected) return 'Live updates interrupted'
  if (health?.parts.database && health.parts.database !== 'up') return 'Database is slow'
  if (health?.parts.clickhouse && health.parts.clickhouse !== 'up') return 'History is late · 0 lost'
  return watching ? 'Checks on time · 0 lost' : 'Ready to check'
}

const tint = {
  down: 'border-down-line bg-down-soft [--knock:var(--down-soft)]',
  warn: 'border-warn-line bg-warn-soft [--knock:var(--warn-soft)]',
  up: 'border-line-soft',
  idle: 'border-line-soft',
}

export function StateLine() {
  const { team } = useMe()
  const incidents = useOpenIncidents()
  const counts = useCounts()
  const health = useQuery({
    queryKey: ['health'],
    queryFn: () => api.ask<Health & z.infer<z.ZodUnknown>>('/api/health'),
    refetchInterval: 30_000,
  })
  const connected = useConnected()
  const open = incidents.data ?? []
  const said = say(open, counts.data)
  useTabTitle({ open: open.length, team: team.name, sign: said.tone === 'down' ? 'down' : said.tone === 'warn' ? 'ack' : 'up' })
  const words = (
    <>
      <b className="font-semibold">{said.sentence}</b>
      {said.more && <span className="text-text-2 phone:hidden">{said.more}</span>}
    </>
  )
  return (
    <section
      aria-label="State now"
      className={cx('flex min-w-0 items-center gap-4 border-b px-6 text-12 [grid-area:state] phone:px-4', tint[said.tone])}
    >
      <p className="sr-only" role="status">
        {said.sentence}
        {said.more}
      </p>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <span className={toneText[said.tone]}>
          <Shape state={said.state} size={16} />
        </span>
        {said.href ? (
          <To href={said.href} className="truncate">
            {words}
          </To>
        ) : (
          <span className="truncate">{words}</span>
        )}
        {said.since && (
          <span className="whitespace-nowrap text-text-2">
            <Since at={said.since} />
          </span>
        )}
      </div>
      <span
        className="flex items-center gap-1.5 whitespace-nowrap text-text-2 below-900:hidden"
        title="Our own health: late checks, checks lost"
      >
        <Icon of={Gauge} className={said.since ? '' : 'text-text-3'} />
        {ownHealth(health.data, health.isError, connected, Boolean(counts.data?.total))}
      </span>
      <Now quiet={!said.since} />
    </section>
  )
}

function Now({ quiet }: { quiet: boolean }) {
  const now = useNow()
  const zone = useZone()
  return (
    <span className="flex items-center gap-1.5 whitespace-nowrap text-text-2 phone:hidden">
      <Icon of={Clock} className={quiet ? 'text-text-3' : ''} />
      <time dateTime={new Date(now).toISOString()}>{clock(now, zone)}</time> {zone}
      {zone !== 'UTC' && ` (${offset(now, zone)})`}
    </span>
  )
}
