import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'

/** How an order is read and changed; all pure. An order that cannot change is returned as it is. */
export type Order<V> = {
  /** One step up or down by keyboard. */
  step: (value: V, id: string, by: -1 | 1) => V
  /** Dragged over the row `over`, coming from above it (`after`) or from below. */
  dropOn: (value: V, id: string, over: string, after: boolean) => V
  /** "2 of 3 in Payments". */
  where: (value: V, id: string) => string
  name: (value: V, id: string) => string
}

type Lift<V> = { id: string; before: V; by: 'keys' | 'pointer' }

const EDGE_PX = 56
const SCROLL_PX = 12

/**
 * A list that is sorted by its handles: drag one, or Space lifts, arrows move, Space drops, Esc puts back. Give `row(id)` to each
 * row (`data-block` besides to the element around a group of rows), `handle(id)` to its button, and print `said` in a live region.
 */
export function useSortable<V>(value: V, onChange: (value: V) => void, order: Order<V>) {
  const [lift, setLift] = useState<Lift<V> | null>(null)
  const [said, setSaid] = useState('')
  const now = useRef(value)
  now.current = value
  const moved = useRef(false)

  // a row that changed its section was mounted anew: its handle takes the focus again
  useLayoutEffect(() => {
    if (!lift || !moved.current) return
    moved.current = false
    document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(lift.id)}"]`)?.focus()
  })

  const change = (next: V, id: string) => {
    if (next === now.current) return
    now.current = next
    moved.current = true
    onChange(next)
    setSaid(`${order.name(next, id)}: ${order.where(next, id)}.`)
  }
  const up = (id: string, by: Lift<V>['by']) => {
    setLift({ id, before: now.current, by })
    setSaid(`${order.name(now.current, id)} lifted, ${order.where(now.current, id)}.`)
  }
  const drop = (id: string) => {
    setLift(null)
    setSaid(`${order.name(now.current, id)} dropped, ${order.where(now.current, id)}.`)
  }
  const back = ({ id, before }: Lift<V>) => {
    change(before, id)
    setLift(null)
    setSaid(`${order.name(before, id)} is back, ${order.where(before, id)}.`)
  }

  function onKeyDown(e: KeyboardEvent, id: string) {
    const held = lift?.id === id ? lift : null
    if (e.key === ' ' || (e.key === 'Enter' && held)) {
      if (held) drop(id)
      else up(id, 'keys')
    } else if (held && (e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
      change(order.step(now.current, id, e.key === 'ArrowUp' ? -1 : 1), id)
    } else if (held && e.key === 'Escape') back(held)
    else return
    e.preventDefault()
    e.stopPropagation()
  }

  /** Listens on the document: the handle itself may be mounted anew while it is dragged. */
  function onPointerDown(e: PointerEvent, id: string) {
    if (e.button !== 0) return
    const held: Lift<V> = { id, before: now.current, by: 'pointer' }
    let lifted = false
    const from = e.clientY
    const listening = new AbortController()
    const end = () => listening.abort()
    const on = <K extends keyof DocumentEventMap>(type: K, run: (e: DocumentEventMap[K]) => void) =>
      document.addEventListener(type, run, { signal: listening.signal, passive: false, capture: true })
    on('pointermove', (move) => {
      if (!lifted && Math.abs(move.clientY - from) < 4) return
      if (!lifted) up(id, 'pointer')
      lifted = true
      if (move.clientY < EDGE_PX) scrollBy(0, -SCROLL_PX)
      else if (move.clientY > innerHeight - EDGE_PX) scrollBy(0, SCROLL_PX)
      const over = rowOver(id, move.clientX, move.clientY)
      if (over) change(order.dropOn(now.current, id, over.id, over.after), id)
    })
    on('pointerup', () => {
      end()
      if (lifted) drop(id)
    })
    on('pointercancel', () => {
      end()
      if (lifted) back(held)
    })
    on('keydown', (key) => {
      if (key.key !== 'Escape' || !lifted) return
      key.preventDefault()
      key.stopPropagation()
      end()
      back(held)
    })
  }

  return {
    /** The row in the air, or null. */
    lifted: lift?.id ?? null,
    byKeys: lift?.by === 'keys',
    said,
    where: (id: string) => order.where(value, id),
    row: (id: string) => ({ 'data-row': id, 'data-lifted': lift?.id === id || undefined }),
    handle: (id: string) => ({
      'data-handle': id,
      'aria-label': `Move ${order.name(value, id)}. Space lifts it, arrows move, Space drops`,
      'aria-pressed': lift?.id === id,
      onKeyDown: (e: KeyboardEvent) => onKeyDown(e, id),
      onPointerDown: (e: PointerEvent) => onPointerDown(e, id),
      onBlur: () => {
        if (lift?.id === id && lift.by === 'keys' && !moved.current) drop(id)
      },
    }),
  }
}

/**
 * The row under the pointer and the side the dragged one comes from; null while it would not lie under the pointer after the
 * move, so that rows of unequal height never swap to and fro. A dragged block (`data-block`) looks for blocks, a row for rows.
 */
function rowOver(id: string, x: number, y: number): { id: string; after: boolean } | null {
  const escaped = CSS.escape(id)
  const block = document.querySelector(`[data-block="${escaped}"]`)
  const dragged = block ?? document.querySelector(`[data-row="${escaped}"]`)
  const over = document.elementFromPoint(x, y)?.closest<HTMLElement>(block ? '[data-block]' : '[data-row]')
  if (!dragged || !over || over === dragged) return null
  const [from, to] = [dragged.getBoundingClientRect(), over.getBoundingClientRect()]
  const after = from.top < to.top
  if (after ? y < to.bottom - from.height : y > to.top + from.height) return null
  return { id: (block ? over.dataset.block : over.dataset.row)!, after }
}
