import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type * as z from 'zod'
import type { SchedulePreview } from '../../../../shared/oncall/schema.ts'
import { api, sentence } from '../../api.ts'
import { useRested } from '../../use-rested.ts'
import { duration, plural } from '../../words.ts'
import type { Schedule } from './queries.ts'
import { hours, span } from './say.ts'

type Preview = z.infer<typeof SchedulePreview>
type Props = {
  schedule: Schedule
  change: object
  zone: string
  now: number
  nameOf: (user: string) => string
  colourOf: (user: string) => string
}
const SHOWN = 5

/** What saving would do in the eight weeks from the change on, by the code that decides who is on call. Nothing is saved. */
export function Preview({ schedule, change, zone, now, nameOf, colourOf }: Props) {
  const body = useRested(JSON.stringify(change), 500)
  const preview = useQuery({
    queryKey: ['oncall', 'preview', schedule.id, body],
    queryFn: () => api.post<Preview>(`/api/oncall/schedules/${schedule.id}/preview`, JSON.parse(body)),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  })
  return (
    <section aria-label="What changes in the next eight weeks" aria-live="polite" className="rounded-3 border border-line bg-sunken px-3.5 py-3">
      <h3 className="mb-1.5 text-12 text-text-2">Eight weeks, before and after</h3>
      {preview.error ? (
        <p className="text-12 text-text-3">Not to be said yet: {sentence(preview.error)}</p>
      ) : preview.data ? (
        <Told preview={preview.data} {...{ zone, now, nameOf, colourOf }} />
      ) : (
        <p className="text-12 text-text-3">Comparing</p>
      )}
    </section>
  ) // biome-ignore format: a panel
}

type Words = Pick<Props, 'zone' | 'now' | 'nameOf' | 'colourOf'>

function Told({ preview: p, zone, now, nameOf, colourOf }: { preview: Preview } & Words) {
  const who = (user: string | null) => (user === null ? 'nobody' : nameOf(user))
  if (!p.changes.length) return <p className="text-text-2">Nobody is on call at another time than before.</p>
  const moved = p.changes.reduce((sum, c) => sum + Date.parse(c.end_time) - Date.parse(c.start_time), 0)
  const people = p.people.filter((x) => x.seconds_before !== x.seconds_after)
  return (
    <div className="grid gap-2.5">
      <Strip preview={p} colourOf={colourOf} />
      <p>
        <b className="font-550">{p.cut ? 'Over 500 changes' : plural(p.changes.length, 'change')}</b>
        <span className="text-text-2">, {duration(moved)} in other hands. {gapWords(p)}</span>
      </p>
      <ul className="grid gap-0.5 text-12 text-text-2">
        {p.changes.slice(0, SHOWN).map((c) => (
          <li key={c.start_time}>
            {span(Date.parse(c.start_time), Date.parse(c.end_time), zone, now)}: {who(c.before)} → <b className={c.after === null ? 'font-550 text-down' : 'font-550 text-text'}>{who(c.after)}</b>
          </li>
        ))}
        {p.changes.length > SHOWN && <li className="text-text-3">and {p.changes.length - SHOWN} more</li>}
      </ul>
      {people.length > 0 && (
        <p className="text-12 text-text-2">
          {people.map((x) => `${nameOf(x.user_id)} ${hours(x.seconds_before)} → ${hours(x.seconds_after)}`).join(', ')}
        </p>
      )}
      {p.covers.length > 0 && (
        <p className="text-12 text-warn">
          {plural(p.covers.filter((c) => c.becomes === 'moved').length, 'cover')} would move with the shift, {p.covers.filter((c) => c.becomes === 'canceled').length} would be cancelled.
        </p>
      )}
    </div>
  ) // biome-ignore format: a list
}

function gapWords({ gaps_before: before, gaps_after: after }: Preview): string {
  if (!after.length) return before.length ? 'No gaps any more.' : 'No gaps.'
  return before.length === after.length
    ? `${plural(after.length, 'gap')}, as before.`
    : `${plural(after.length, 'gap')}, before ${before.length}.`
}

/** Where in the eight weeks somebody else is on call: before above, after below; red is nobody. */
function Strip({ preview: p, colourOf }: { preview: Preview; colourOf: (user: string) => string }) {
  const [from, to] = [Date.parse(p.from), Date.parse(p.to)]
  const share = (t: string) => (100 * (Date.parse(t) - from)) / (to - from)
  return (
    <div aria-hidden="true" className="grid gap-px">
      {(['before', 'after'] as const).map((side) => (
        <div key={side} className="grid grid-cols-[44px_minmax(0,1fr)] items-center text-11 text-text-3">
          {side}
          <div className="relative h-4 rounded-1 bg-active">
            {p.changes.map((c) => (
              <span
                key={c.start_time}
                className="absolute inset-y-0 rounded-1"
                style={{
                  left: `${share(c.start_time)}%`,
                  width: `max(2px, ${share(c.end_time) - share(c.start_time)}%)`,
                  background: c[side] === null ? 'var(--down-solid)' : colourOf(c[side]),
                }}
              />
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
