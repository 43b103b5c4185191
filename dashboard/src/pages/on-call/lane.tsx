import type { ReactNode } from 'react'
import { cx } from '../../ui/cx.ts'
import { type GridDay, place } from './days.ts'

/** Somebody's time in a lane. `look`: overrides are dashed, what is asked is striped, `gap` is red. */
export type Bar = {
  key: string
  from: number
  to: number
  name: string
  short: string
  /** Instead of whom, where there is room for it. */
  aside?: string | undefined
  colour: string
  look?: 'override' | 'asked' | 'gap'
  title: string
}

/** One row of the grid: weekends darker, bars by time. Its name stays in sight while the row is scrolled. */
export const Lane = ({ title, sub, wrong, days, bars, strong, children }: {
  title: string
  sub: string
  /** In red instead of `sub`: a calendar that cannot be read. */
  wrong?: string | undefined
  days: readonly GridDay[]
  bars: readonly Bar[]
  /** The row that counts. */
  strong?: boolean
  children?: ReactNode
}) => (
  <div className={cx('grid min-h-11 grid-cols-[var(--lab)_minmax(0,1fr)] border-b border-line-soft last:border-b-0', strong && 'bg-canvas')}>
    <div className={cx('sticky left-0 z-4 grid content-center border-r border-line-soft after:absolute after:inset-x-0 after:-bottom-px after:h-px after:bg-line-soft py-1.5 pr-2 pl-3.5 text-12 leading-4 text-text-2', strong ? 'bg-canvas' : 'bg-surface')}>
      <b className="block truncate text-13 font-550 text-text phone:whitespace-normal" title={title}>{title}</b>
      {wrong ? <span className="block truncate text-down phone:whitespace-normal" title={wrong}>{wrong}</span> : <span className="block truncate phone:whitespace-normal" title={sub}>{sub}</span>}
    </div>
    <div className="relative">
      <Weekdays days={days} />
      <ul className="contents" aria-label={title}>
        {bars.map((b) => (
          <BarOf key={b.key} bar={b} days={days} strong={strong} />
        ))}
      </ul>
      {children}
    </div>
  </div>
) // biome-ignore format: props

/** Hairlines at midnight; Saturday and Sunday darker. */
const Weekdays = ({ days }: { days: readonly GridDay[] }) =>
  days.map((d) => {
    const where = place(days, d.from, d.to)
    return where ? (
      <span
        key={d.from}
        aria-hidden="true"
        className={cx('absolute inset-y-0 border-l border-line-soft first:border-l-0', d.isWeekend && 'bg-sunken')}
        style={{ left: `${where.left}%`, width: `${where.width}%` }}
      />
    ) : null
  })

function BarOf({ bar, days, strong }: { bar: Bar; days: readonly GridDay[]; strong?: boolean | undefined }) {
  const where = place(days, bar.from, bar.to)
  if (!where) return null
  const [tight, room] = [where.width < 9, where.width > 24]
  const tint = (percent: number) => `color-mix(in oklab, ${bar.colour} ${percent}%, var(--surface))`
  const stripes = `repeating-linear-gradient(135deg, ${tint(20)} 0 5px, var(--surface) 5px 10px)`
  const fill = bar.look === 'asked' ? stripes : tint(strong ? 30 : 16)
  return (
    <li
      title={bar.title}
      style={{
        left: `calc(${where.left}% + 2px)`,
        width: `max(3px, calc(${where.width}% - 4px))`,
        ...(bar.look === 'gap' ? {} : { background: fill, borderColor: tint(48) }),
      }}
      className={cx(
        'absolute top-1/2 flex h-[30px] -translate-y-1/2 items-center gap-1.5 overflow-hidden rounded-1 border text-12 leading-none font-medium whitespace-nowrap text-text',
        tight ? 'justify-center text-11' : 'px-1.5',
        (bar.look === 'override' || bar.look === 'asked') && 'border-dashed',
        bar.look === 'gap' && 'border-down-solid bg-down-soft text-down',
      )}
    >
      {!tight && !bar.look && <span aria-hidden="true" className="h-5 w-[3px] flex-none rounded-full" style={{ background: bar.colour }} />}
      <span className="sr-only">{bar.title}</span>
      <span aria-hidden="true" className={cx(!tight && 'truncate', bar.look === 'asked' && 'rounded-[3px] bg-surface px-1 py-0.5')}>
        {where.width < 3 ? '' : tight ? bar.short : bar.name}
        {room && bar.aside && <span className="font-normal text-text-2"> {bar.aside}</span>}
      </span>
    </li>
  )
}
