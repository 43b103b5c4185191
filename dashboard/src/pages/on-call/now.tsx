import { useZone } from '../../prefs.ts'
import { cx } from '../../ui/cx.ts'
import { To } from '../../ui/link.tsx'
import { useNow } from '../../ui/time.tsx'
import { Avatar } from '../../ui/timeline.tsx'
import { clock, day, duration } from '../../words.ts'
import type { OnCall, Schedule } from './queries.ts'
import { at } from './say.ts'

type Props = {
  schedules: readonly Schedule[]
  /** Undefined while it loads: then nothing is called empty. */
  who: readonly OnCall[] | undefined
  nameOf: (user: string) => string
  current: string
}

/** Who is on call now, a cell per schedule: until when, and who is next. Nobody is red. */
export function Now({ schedules, who, nameOf, current }: Props) {
  const [now, zone] = [useNow(30_000), useZone()]
  const when = (iso: string) => {
    const t = Date.parse(iso)
    return day(t, zone, now) === day(now, zone, now) ? `today ${clock(t, zone, false)}` : at(t, zone, now)
  }
  return (
    <section
      aria-label="On call now"
      className="mb-4 grid grid-cols-[repeat(auto-fit,minmax(260px,1fr))] overflow-hidden rounded-3 border border-line bg-surface phone:grid-cols-[minmax(0,1fr)]"
    >
      {schedules.map((s) => {
        const on = who?.find((w) => w.schedule_id === s.id)
        const nobody = who !== undefined && !on?.user_id
        const name = on?.user_id ? nameOf(on.user_id) : nobody ? 'Nobody' : '…'
        return (
          <To
            key={s.id}
            href={`/on-call/${s.id}`}
            aria-current={s.id === current ? 'page' : undefined}
            className={cx(
              '-mr-px -mb-px grid grid-cols-[40px_minmax(0,1fr)_auto] items-center gap-x-3 border-r border-b border-line-soft px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2',
              nobody ? 'bg-down-soft' : 'bg-surface',
              schedules.length > 1 && s.id === current && 'shadow-[inset_2px_0_0_var(--accent-solid)]',
            )}
          >
            <Avatar name={nobody ? '!' : name} large="40" />
            <span className="min-w-0">
              <b className={cx('block truncate text-14 font-semibold', nobody && 'text-down')}>{name}</b>
              <span className="block truncate text-12 text-text-2">
                {s.name}
                {on && why(on, s)}
              </span>
              <span className="block truncate text-12 text-text-2">
                {on?.until && `until ${when(on.until)}${on.next?.user_id ? `, then ${nameOf(on.next.user_id)}` : on.next ? ', then nobody' : ''}`}
                {on && !on.until && (on.user_id ? 'no end in sight' : on.next ? `until ${when(on.next.at)}, then ${nameOf(on.next.user_id ?? '')}` : 'nobody in sight')}
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
  ) // biome-ignore format: cells
}

function why({ reason, layer }: OnCall, s: Schedule): string {
  if (reason === 'cover') return ', covers'
  if (reason === 'override') return ', override'
  const name = s.layers.find((l) => l.id === layer)?.name
  return name ? `, ${name}` : ''
}
