import { useQuery } from '@tanstack/react-query'
import { Clock, Gauge, Phone } from 'lucide-react'
import { useConnected } from '../live.ts'
import { useSchedules, useWho } from '../pages/on-call/queries.ts'
import { useZone } from '../prefs.ts'
import { membersQuery, useCounts, useOpenIncidents } from '../queries.ts'
import { useMe } from '../session.ts'
import { useTabTitle } from '../title.ts'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/icon.tsx'
import { To } from '../ui/link.tsx'
import { Shape, toneText } from '../ui/status.tsx'
import { Since, useNow } from '../ui/time.tsx'
import { clock, offset } from '../words.ts'
import { type Health, healthTitle, ownHealth, say, sayOnCall } from './say.ts'

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
    queryFn: (): Promise<Health> => fetch('/api/health').then((r) => r.json()),
    refetchInterval: 30_000,
  })
  const connected = useConnected()
  const open = incidents.data ?? []
  const said = say(incidents.data, counts.data, incidents.isError)
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
      <OnCall quiet={!said.since} />
      <span className="flex items-center gap-1.5 whitespace-nowrap text-text-2 narrow:hidden" title={healthTitle(health.data)}>
        <Icon of={Gauge} className={said.since ? '' : 'text-text-3'} />
        {ownHealth(health.data, health.isError, connected, counts.data?.total !== 0)}
      </span>
      <Now quiet={!said.since} />
    </section>
  )
}

/** Who is on call now; the way to the page that says more. */
function OnCall({ quiet }: { quiet: boolean }) {
  const { user } = useMe()
  const [now, zone] = [useNow(60_000), useZone()]
  const [who, schedules, members] = [useWho(), useSchedules(), useQuery(membersQuery)]
  if (!who.data || !schedules.data || !members.data) return null
  const said = sayOnCall(
    who.data.map((o) => ({ schedule: o.schedule_id, user: o.user_id, until: o.until })),
    {
      me: user.id,
      scheduleName: (id) => schedules.data.find((s) => s.id === id)?.name ?? 'A schedule',
      personName: (id) => members.data.find((m) => m.user_id === id)?.name ?? 'Somebody who left',
      zone,
      now,
    },
  )
  if (!said) return null
  return (
    <To
      href={`/on-call/${said.schedule}`}
      title={said.title}
      className={cx('flex min-w-0 items-center gap-1.5 whitespace-nowrap hover:underline below-900:hidden', said.nobody ? 'text-down' : 'text-text-2')}
    >
      <Icon of={Phone} className={quiet && !said.nobody ? 'text-text-3' : ''} />
      <span className="sr-only">On call now: </span>
      <span className="truncate">{said.text}</span>
    </To>
  ) // biome-ignore format: a line
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
