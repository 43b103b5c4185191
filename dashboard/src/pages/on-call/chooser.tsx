import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { type Chosen, type Drag, dragged, FIRST_MS, isTap, moved, tapped } from './choosing.ts'
import { type GridDay, instantAt, place } from './days.ts'

/** A finger that rests this long draws; one that moves sooner scrolls. */
const HOLD_MS = 300
const EDGE_PX = 36

type Props = {
  days: readonly GridDay[]
  /** Where the keys begin. */
  start: number
  say: (from: number, to: number) => string
  chosen: Chosen | null
  setChosen: (chosen: Chosen | null) => void
  /** Dragged with a mouse, or Enter: the form opens. */
  open: (from: number, to: number) => void
}

/**
 * Lies over the row that counts. A mouse drags over it; a finger taps, or rests and draws; what is chosen has two handles and can be
 * moved. Arrows move it by an hour, with Shift by a day, up and down make it longer and shorter, Enter opens the form.
 */
export function Chooser({ days, start, say, chosen, setChosen, open }: Props) {
  const box = useRef<HTMLButtonElement>(null)
  const block = useRef<HTMLSpanElement>(null)
  const drag = useRef<Drag | null>(null)
  const hold = useRef<ReturnType<typeof setTimeout> | null>(null)
  const [dragging, setDragging] = useState(false)

  // a finger that draws must not scroll as well; React's own listener is passive
  useEffect(() => {
    const stay = (e: TouchEvent) => drag.current && e.cancelable && e.preventDefault()
    const element = box.current!
    element.addEventListener('touchmove', stay, { passive: false })
    return () => element.removeEventListener('touchmove', stay)
  }, [])

  const under = (x: number) => {
    const r = box.current!.getBoundingClientRect()
    return instantAt(days, (x - r.left) / r.width)
  }
  const begin = (e: PointerEvent, part: Drag['part']) => {
    drag.current = { part, at: under(e.clientX), before: part === 'new' ? null : chosen }
    box.current?.setPointerCapture(e.pointerId)
    setDragging(true)
    if (part === 'new') setChosen(null)
  }
  const forget = () => {
    if (hold.current) clearTimeout(hold.current)
    hold.current = null
    drag.current = null
    setDragging(false)
  }

  function down(e: PointerEvent) {
    if (e.button !== 0) return
    const part = ((e.target as HTMLElement).dataset.part ?? 'new') as Drag['part']
    if (part !== 'new' || e.pointerType === 'mouse') return begin(e, part)
    hold.current = setTimeout(() => {
      navigator.vibrate?.(10)
      begin(e, 'new')
    }, HOLD_MS)
  }

  function move(e: PointerEvent) {
    if (!drag.current) return
    scrollAtEdge(box.current!, e.clientX)
    setChosen(dragged(drag.current, under(e.clientX)))
  }

  function up(e: PointerEvent) {
    const was = drag.current
    const waited = hold.current !== null
    forget()
    if (was ? isTap(was, under(e.clientX)) : waited) setChosen(tapped(days, under(e.clientX)))
    else if (was?.part === 'new' && e.pointerType === 'mouse') {
      const { from, to } = dragged(was, under(e.clientX))
      open(from, to)
    }
  }

  function keys(e: KeyboardEvent) {
    const now = chosen ?? { from: start, to: start + FIRST_MS }
    const next = moved(now, e)
    if (next) {
      e.preventDefault()
      setChosen(next)
      requestAnimationFrame(() => block.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    } else if (e.key === 'Enter' || e.key === ' ') {
      e.preventDefault()
      open(now.from, now.to)
    } else if (e.key === 'Escape' && chosen) {
      e.preventDefault()
      setChosen(null)
    }
  }

  const where = chosen && place(days, chosen.from, chosen.to)
  return (
    <>
      <button
        ref={box}
        type="button"
        aria-label={`Choose a time to override: left and right move it by an hour, with Shift by a day, up and down make it longer or shorter, Enter opens the form. ${chosen ? say(chosen.from, chosen.to) : ''}`}
        className="absolute inset-0 z-2 cursor-crosshair touch-pan-x touch-pan-y select-none [-webkit-touch-callout:none]"
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={forget}
        onContextMenu={(e) => dragging && e.preventDefault()}
        onKeyDown={keys}
      >
        {where && (
          <span
            ref={block}
            data-part="body"
            className="absolute inset-y-1 cursor-grab touch-none rounded-1 border-2 border-accent-solid bg-accent-soft/70"
            style={{ left: `${where.left}%`, width: `${where.width}%` }}
          >
            <span data-part="from" className={`${handle} -left-[7px] pointer-coarse:-left-[29px]`}><Grip /></span>
            <span data-part="to" className={`${handle} -right-[7px] pointer-coarse:-right-[29px]`}><Grip /></span>
          </span>
        )}
      </button>
      <span className="sr-only" aria-live="polite">{chosen && !dragging ? say(chosen.from, chosen.to) : ''}</span>
    </>
  ) // biome-ignore format: layers
}

const handle = 'absolute -inset-y-1 grid w-3 touch-none cursor-ew-resize place-items-center pointer-coarse:w-11'
const Grip = () => <span className="pointer-events-none h-5 w-2 rounded-full border border-surface bg-accent-solid" />

/** The grid follows a drag that reaches its edge. */
function scrollAtEdge(element: HTMLElement, x: number) {
  const scroller = element.closest('section[tabindex]')
  if (!scroller) return
  const { left, right } = scroller.getBoundingClientRect()
  if (x > right - EDGE_PX) scroller.scrollLeft += 10
  else if (x < left + EDGE_PX) scroller.scrollLeft -= 10
}
