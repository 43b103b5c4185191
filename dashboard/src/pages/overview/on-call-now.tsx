import { useQuery } from '@tanstack/react-query'
import { useZone } from '../../prefs.ts'
import { membersQuery } from '../../queries.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { To } from '../../ui/link.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useNow } from '../../ui/time.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { dayAndClock } from '../../words.ts'
import { useSchedules, useWho } from '../on-call/queries.ts'

const SHOWN = 5

/** Who would be called now, schedule by schedule; those that nobody has come first. Not drawn without schedules. */
export function OnCallNow() {
  const [who, schedules, members] = [useWho(), useSchedules(), useQuery(membersQuery)]
  const [now, zone] = [useNow(60_000), useZone()]
  if (!who.data?.length || !schedules.data || !members.data) return null
  const all = [...who.data].sort((a, b) => Number(a.user_id !== null) - Number(b.user_id !== null))
  const nameOf = (id: string) => members.data.find((m) => m.user_id === id)?.name ?? 'Somebody who left'
  return (
    <Panel title="On call now" sub={zone} actions={<ButtonLink kind="ghost" href="/on-call">{all.length > SHOWN ? `All ${all.length}` : 'Schedule'}</ButtonLink>}>
      <ul>
        {all.slice(0, SHOWN).map((o) => (
          <li key={o.schedule_id} className="border-b border-line-soft last:border-b-0">
            <To href={`/on-call/${o.schedule_id}`} className="grid grid-cols-[28px_minmax(0,1fr)] items-center gap-x-2.5 px-3.5 py-[9px] hover:bg-hover focus-visible:-outline-offset-2">
              <Avatar name={o.user_id ? nameOf(o.user_id) : '!'} large />
              <span className="min-w-0">
                <b className={cx('block truncate font-550', !o.user_id && 'text-down')}>{o.user_id ? nameOf(o.user_id) : 'Nobody'}</b>
                <span className="block truncate text-12 text-text-3">
                  {schedules.data.find((s) => s.id === o.schedule_id)?.name}
                  {o.until && `, until ${dayAndClock(Date.parse(o.until), zone, now)}`}
                </span>
              </span>
            </To>
          </li>
        ))}
      </ul>
    </Panel>
  ) // biome-ignore format: a panel
}
