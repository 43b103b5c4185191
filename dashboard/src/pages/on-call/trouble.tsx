import { CalendarOff, TriangleAlert } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Note } from '../../ui/panel.tsx'
import { type Schedule, useCalendars, useQuality } from './queries.ts'
import { span } from './say.ts'

type Props = {
  schedule: Schedule
  now: number
  nameOf: (user: string) => string
  /** Absent for those who may not change anything. */
  override: ((from: number, to: number) => void) | null
}
/** What lies further ahead is said under the grid. */
const AHEAD_MS = 14 * 86_400_000

/** On top: soon nobody is on call, somebody is away while they are, a calendar cannot be read. */
export function Trouble({ schedule, now, nameOf, override }: Props) {
  const zone = schedule.timezone
  const quality = useQuality(schedule.id).data
  const calendars = useCalendars().data ?? []
  const soon = (t: { from: string }) => Date.parse(t.from) < now + AHEAD_MS
  const gap = quality?.gaps.find(soon)
  const away = (quality?.away ?? []).filter(soon).slice(0, 2)
  const unread = calendars.filter((c) => c.error && (c.use === 'unavailable' || schedule.layers.some((l) => l.calendar_id === c.id)))
  const put = (at: { from: string; to: string }, word: string) =>
    override && <Button onClick={() => override(Date.parse(at.from), Date.parse(at.to))}>{word}</Button>
  if (!gap && !away.length && !unread.length) return null
  return (
    <div className="mb-4 grid gap-2">
      {gap && (
        <Note tone="down" icon={<Icon of={TriangleAlert} className="text-down" />} action={put(gap, 'Fix')}>
          <b>Nobody is on call</b> {span(Date.parse(gap.from), Date.parse(gap.to), zone, now)}, {zone}. Pages go on to the next step at once.
        </Note>
      )}
      {away.map((a) => (
        <Note key={a.user_id + a.from} tone="warn" icon={<Icon of={CalendarOff} className="text-warn" />} action={put(a, 'Override')}>
          <b>{nameOf(a.user_id)}</b> is on call {span(Date.parse(a.from), Date.parse(a.to), zone, now)} and away, says their calendar. They are paged all the same.
        </Note>
      ))}
      {unread.map((c) => (
        <Note key={c.id} tone="warn" icon={<Icon of={CalendarOff} className="text-warn" />}>
          <b>The calendar {c.name}</b> cannot be read; what was read before stays in use. {c.error}
        </Note>
      ))}
    </div>
  ) // biome-ignore format: notes
}
