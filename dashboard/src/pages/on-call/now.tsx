import { useZone } from '../../prefs.ts'
import { cx } from '../../ui/cx.ts'
import { To } from '../../ui/link.tsx'
import { useNow } from '../../ui/time.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { duration } from '../../words.ts'
import type { OnCall, Schedule } from './queries.ts'
import { at } from './say.ts'

type Props = { schedules: readonly Schedule[]; who: readonly OnCall[]; nameOf: (user: string) => string; current: string }

/** Who is on call now, a cell per schedule: until when, and who is next. Nobody is red. */
export function Now({ schedules, who, nameOf, current }: Props) {
  const [now, zone] = [useNow(30_000), useZone()]
  return (
    <section
      aria-label="On call now"
      className="mb-4 grid grid-cols-[repeat(auto-fit,minmax(260px,1fr))] gap-px overflow-hidden rounded-3 border border-line bg-line-soft phone:grid-cols-[minmax(0,1fr)]"
    >
      {schedules.map((s) => {
        const on = who.find((w) => w.schedule_id === s.id)
        const layer = s.layers.find((l) => l.id === on?.layer)?.name
        const name = on?.user_id ? nameOf(on.user_id) : null
        return (
          <To
            key={s.id}
            href={`/on-call/${s.id}`}
            aria-current={s.id === current ? 'page' : undefined}
            className="grid grid-cols-[28px_minmax(0,1fr)_auto] items-center gap-x-3 bg-surface px-4 py-3 hover:bg-hover"
          >
            <Avatar name={name ?? '!'} large />
            <span className="min-w-0">
              <b className={cx('block truncate text-14 font-semibold', !name && 'text-down')}>{name ?? 'Nobody'}</b>
              <span className="block truncate text-12 text-text-2">
                {s.name}
                {on?.reason === 'layer'
                  ? layer && `, ${layer}`
                  : on?.reason === 'cover'
                    ? ', covers'
                    : on?.reason === 'override'
                      ? ', override'
                      : ''}
              </span>
              <span className="block truncate text-12 text-text-2">
                {on?.until
                  ? `until ${at(Date.parse(on.until), zone, now)}`
                  : on?.next
                    ? `from ${at(Date.parse(on.next.at), zone, now)} ${nameOf(on.next.user_id ?? '')}`
                    : 'nobody in sight'}
              </span>
            </span>
            {on?.until && (
              <span className="text-right text-12 text-text-3">
                <b className="block font-550 text-text">
                  {duration(Math.max(60_000, Math.floor((Date.parse(on.until) - now) / 60_000) * 60_000))}
                </b>
                left
              </span>
            )}
          </To>
        )
      })}
    </section>
  )
}
