import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { cx } from '../../ui/cx.ts'
import { type GridDay, instantAt, place } from './days.ts'

/** Somebody's time in a lane. `look`: overrides are dashed, what is asked is striped, `gap` is red. */
export type Bar = {
  key: string
  from: number
  to: number
  name: string
  short: string
  colour: string
  look?: 'override' | 'asked' | 'gap'
  title: string
}

/** One row of the grid: weekends darker, bars by time. */
export const Lane = ({ title, sub, days, bars, strong, children }: {
  title: string
  sub: string
  days: readonly GridDay[]
  bars: readonly Bar[]
  /** The row that counts. */
  strong?: boolean
  children?: React.ReactNode
}) => (
  <div className={cx('grid min-h-11 grid-cols-[var(--lab)_minmax(0,1fr)] border-b border-line-soft last:border-b-0', strong && 'bg-canvas')}>
    <div className="self-center py-1.5 pr-2 pl-3.5 text-12 leading-4 text-text-2">
      <b className="block truncate text-13 font-550 text-text">{title}</b>
      <span className="block truncate">{sub}</span>
    </div>
    <div
      className="relative bg-[linear-gradient(90deg,var(--line-soft)_1px,transparent_1px)]"
      style={{ backgroundSize: `calc(100% / ${days.length}) 100%` }}
    >
      {days.map((d, i) =>
        d.isWeekend ? (
          <span key={d.from} aria-hidden="true" className="absolute inset-y-0 bg-sunken" style={{ left: `${(100 * i) / days.length}%`, width: `${100 / days.length}%` }} />
        ) : null,
      )}
      <ul className="contents">
        {bars.map((b) => (
          <BarOf key={b.key} bar={b} days={days} strong={strong} />
        ))}
      </ul>
      {children}
    </div>
  </div>
) // biome-ignore format: props

function BarOf({ bar, days, strong }: { bar: Bar; days: readonly GridDay[]; strong?: boolean | undefined }) {
  const where = place(days, bar.from, bar.to)
  if (!where) return null
  const tight = where.width < 9
  const mix = bar.look === 'gap' ? undefined : `color-mix(in oklab, ${bar.colour} ${strong ? 30 : 16}%, var(--surface))`
  const stripes = `repeating-linear-gradient(135deg, color-mix(in oklab, ${bar.colour} 20%, var(--surface)) 0 5px, var(--surface) 5px 10px)`
  return (
    <li
      title={bar.title}
      style={{
        left: `calc(${where.left}% + 2px)`,
        width: `max(3px, calc(${where.width}% - 4px))`,
        ...(bar.look === 'gap'
          ? {}
          : { background: bar.look === 'asked' ? stripes : mix, borderColor: `color-mix(in oklab, ${bar.colour} 48%, var(--surface))` }),
      }}
      className={cx(
        'absolute top-[7px] flex h-[30px] items-center gap-1.5 overflow-hidden rounded-1 border text-12 leading-none font-medium whitespace-nowrap text-text',
        tight ? 'justify-center text-[10px]' : 'px-1.5',
        (bar.look === 'override' || bar.look === 'asked') && 'border-dashed',
        bar.look === 'gap' && 'border-down-solid bg-down-soft text-down',
      )}
    >
      {!tight && bar.look !== 'gap' && (
        <span aria-hidden="true" className="h-5 w-[3px] flex-none rounded-full" style={{ background: bar.colour }} />
      )}
      <span className="sr-only">{bar.title}</span>
      <span aria-hidden="true" className={tight ? '' : 'truncate'}>
        {where.width < 2.8 ? '' : tight ? bar.short : bar.name}
      </span>
    </li>
  )
}

const HOUR = 3_600_000

/**
 * Lies over the row that counts: drag over it, or move with the arrows and lengthen with Shift and the arrows, to choose a time;
 * letting go, or Enter, asks who has it instead.
 */
export function Chooser({
  days,
  start,
  say,
  choose,
}: {
  days: readonly GridDay[]
  start: number
  say: (from: number, to: number) => string
  choose: (from: number, to: number) => void
}) {
  const box = useRef<HTMLButtonElement>(null)
  const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null)
  const [dragging, setDragging] = useState(false)
  const first = useRef(0)
  const under = (e: PointerEvent) => {
    const r = box.current!.getBoundingClientRect()
    return instantAt(days, (e.clientX - r.left) / r.width)
  }
  const between = (a: number, b: number) => ({ from: Math.min(a, b), to: Math.max(a, b) })
  const keys = (e: KeyboardEvent) => {
    const now = chosen ?? { from: start, to: start + 4 * HOUR }
    const step = e.key === 'ArrowRight' ? HOUR : e.key === 'ArrowLeft' ? -HOUR : 0
    if (step) {
      e.preventDefault()
      setChosen(e.shiftKey ? { ...now, to: Math.max(now.from + HOUR, now.to + step) } : { from: now.from + step, to: now.to + step })
    } else if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault()
      choose(now.from, now.to)
    } else if (e.key === 'Escape' && chosen) setChosen(null)
  }
  const where = chosen && place(days, chosen.from, chosen.to)
  return (
    <>
      {where && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-1 z-1 rounded-1 border-2 border-accent-solid bg-accent-soft opacity-70"
          style={{ left: `${where.left}%`, width: `${where.width}%` }}
        />
      )}
      <button
        ref={box}
        type="button"
        aria-label={`Choose a time to override: arrows move it, Shift with arrows makes it longer, Enter opens the form. ${chosen ? say(chosen.from, chosen.to) : ''}`}
        className="absolute inset-0 z-2 cursor-crosshair touch-pan-x touch-pan-y"
        onPointerDown={(e) => {
          if (e.button !== 0 || e.pointerType === 'touch') return
          box.current?.setPointerCapture(e.pointerId)
          first.current = under(e)
          setDragging(true)
          setChosen(null)
        }}
        onPointerMove={(e) => dragging && setChosen(between(first.current, under(e)))}
        onPointerUp={(e) => {
          if (!dragging) return
          setDragging(false)
          const { from, to } = between(first.current, under(e))
          if (to - from >= HOUR / 2) choose(from, to)
          setChosen(null)
        }}
        onPointerCancel={() => {
          setDragging(false)
          setChosen(null)
        }}
        onBlur={() => setChosen(null)}
        onKeyDown={keys}
      />
      <span className="sr-only" aria-live="polite">
        {chosen && !dragging ? say(chosen.from, chosen.to) : ''}
      </span>
    </>
  )
}
