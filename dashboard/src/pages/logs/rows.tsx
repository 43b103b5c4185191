import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react'
import { cx } from '../../ui/cx.ts'
import { useKeys } from '../../ui/use-keys.ts'
import { count } from '../../words.ts'
import { levelOf } from './level.ts'
import { clockMs, restOf } from './lines.ts'
import { marked } from './terms.ts'
import type { LogRow } from './wire.ts'

const ROW_PX = 24
const OPEN_PX = 260
/** Older lines are fetched this many before the first is reached. */
const AHEAD = 200

type Props = {
  label: string
  rows: readonly LogRow[]
  zone: string
  words: readonly string[]
  /** Index of the open line; -1 for none. */
  open: number
  onOpen: (index: number) => void
  opened: (row: LogRow) => ReactNode
  /** The newest line stays in view while lines are added. */
  follow: boolean
  /** The reader left the end (false) or came back to it (true). */
  onEnd: (atEnd: boolean) => void
  /** More exist before the first. */
  more: boolean
  onMore: () => void
}

/** Lines, oldest first, time flows down; only those in view are drawn. One tab stop: arrows or j and k move, Enter opens in place. */
export function Rows(p: Props) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const v = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: p.rows.length,
    getScrollElement: () => box.current,
    estimateSize: (i) => (i === p.open ? ROW_PX + OPEN_PX : ROW_PX),
    overscan: 20,
  })
  const atEnd = useRef(true)
  const first = useRef<LogRow | undefined>(undefined)

  // sizes are by index: what was open elsewhere, or moved by older lines, is measured anew
  useLayoutEffect(() => {
    v.measure()
  }, [p.open, p.rows[0], v])

  useStay(box, p, first, atEnd)
  useLayoutEffect(() => {
    if (p.open >= 0) v.scrollToIndex(p.open, { align: 'auto' })
  }, [p.open < 0 ? -1 : p.rows[p.open], v])

  const items = v.getVirtualItems()
  const top = items[0]?.index ?? 0
  const { more, onMore } = p
  useEffect(() => {
    // what is drawn may be a step behind where the box was scrolled to
    if (more && top < AHEAD && box.current!.scrollTop < AHEAD * ROW_PX) onMore()
  }, [more, top, onMore])

  const onScroll = () => {
    const b = box.current!
    // whoever jumps to the beginning while older lines are being put before it moves no row that is drawn, and still wants more
    if (more && b.scrollTop < AHEAD * ROW_PX) onMore()
    const now = b.scrollHeight - b.scrollTop - b.clientHeight < ROW_PX * 1.5
    if (now !== atEnd.current) p.onEnd(now)
    atEnd.current = now
  }
  const cursor = p.open
  const go = (to: number) => {
    if (!p.rows.length) return
    const next = Math.min(p.rows.length - 1, Math.max(0, to))
    p.onOpen(next)
  }
  const step = (by: number) => (cursor < 0 ? go(by > 0 ? (items[0]?.index ?? 0) : p.rows.length - 1) : go(cursor + by))
  useKeys([
    { keys: 'j', label: 'Open the next line', group: 'Lines', run: () => step(1) },
    { keys: 'k', label: 'Open the line before', group: 'Lines', run: () => step(-1) },
  ])
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.target !== e.currentTarget) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (by) step(by)
    else if (e.key === 'Enter') step(cursor < 0 ? -1 : 0)
    else if (e.key === 'Home') box.current!.scrollTop = 0
    else if (e.key === 'End') box.current!.scrollTop = box.current!.scrollHeight
    else return
    e.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, only those in view are there
    <div
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={p.label}
      aria-rowcount={p.rows.length}
      aria-colcount={4}
      aria-activedescendant={cursor >= 0 && items.some((i) => i.index === cursor) ? `${id}-${cursor}` : undefined}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      className="relative min-h-0 flex-1 overflow-auto bg-surface font-mono text-12 leading-6 [overflow-anchor:none] focus-visible:-outline-offset-2"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="rowgroup" className="relative w-full" style={{ height: v.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = p.rows[index]!
          const isOpen = index === p.open
          return (
            <div
              key={index}
              ref={isOpen ? v.measureElement : undefined}
              data-index={index}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line id={`${id}-${index}`} row={row} index={index} zone={p.zone} words={p.words} open={isOpen} onOpen={p.onOpen} />
              {isOpen && (
                // biome-ignore lint/a11y/useSemanticElements: rows of a grid that is not a table
                // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
                <div role="row" className="border-y border-line bg-sunken">
                  {/* biome-ignore lint/a11y/useSemanticElements: a cell of the grid above */}
                  {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
                  <div role="gridcell" aria-colspan={4}>
                    {p.opened(row)}
                  </div>
                </div>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Keeps the eye where it was: at the end while it follows, on the same line when older ones came in before it. */
function useStay(
  box: RefObject<HTMLDivElement | null>,
  { rows, follow, open }: Props,
  first: RefObject<LogRow | undefined>,
  atEnd: RefObject<boolean>,
) {
  const began = useRef(false)
  useLayoutEffect(() => {
    const b = box.current!
    const before = first.current
    first.current = rows[0]
    if (!rows.length) {
      began.current = false
      return
    }
    if (!began.current || (follow && atEnd.current)) {
      began.current = true
      if (open < 0 || follow) b.scrollTop = b.scrollHeight
      return
    }
    if (!before || before === rows[0]) return
    const moved = rows.indexOf(before)
    if (moved > 0) b.scrollTop += moved * ROW_PX
  }, [rows, follow, open, box, first, atEnd])
}

const edges = {
  error: 'border-down-solid',
  warn: 'border-warn-solid border-dashed',
  info: 'border-transparent',
  debug: 'border-transparent',
}
const tones = { error: 'text-down', warn: 'text-warn', info: 'text-text-2', debug: 'text-text-3' }

type LineProps = {
  id: string
  row: LogRow
  index: number
  zone: string
  words: readonly string[]
  open: boolean
  onOpen: (index: number) => void
}
const Line = memo(function Line({ id, row, index, zone, words, open, onOpen }: LineProps) {
  const level = levelOf(row.level)
  const time = clockMs(row.timestamp, zone)
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid that is not a table
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-selected={open || undefined}
      onClick={() => getSelection()?.toString() || onOpen(open ? -1 : index)}
      className={cx(
        'grid h-6 cursor-pointer grid-cols-[104px_40px_128px_minmax(0,1fr)] gap-x-2.5 border-l-[3px] pr-4 pl-[13px] whitespace-nowrap hover:bg-hover phone:grid-cols-[74px_26px_minmax(0,1fr)] phone:gap-x-2',
        edges[level.kind],
        open && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent-solid)]',
      )}
    >
      <Cell className="text-text-3 in-aria-selected:text-text-2">
        <span className="phone:hidden">{time.slice(0, 3)}</span>
        {time.slice(3)}
      </Cell>
      <Cell className={cx('text-11 leading-6 font-semibold', tones[level.kind])}>{level.letters}</Cell>
      <Cell className="truncate text-text-2 phone:hidden">{row.service}</Cell>
      <Cell className="truncate">
        {marked(row.message.slice(0, 1000), words).map((part, i) =>
          part.mark ? (
            <mark key={i} className="rounded-[2px] bg-warn-soft px-px text-warn shadow-[0_0_0_1px_var(--warn-line)]">
              {part.text}
            </mark>
          ) : (
            part.text
          ),
        )}{' '}
        <span className="text-text-3 in-aria-selected:text-text-2">{restOf(row)}</span>
      </Cell>
    </div>
  )
})

const Cell = ({ className, children }: { className: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/useSemanticElements: a cell of a grid that is not a table
  // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
  <span role="gridcell" className={className}>
    {children}
  </span>
)

/** "1,204 lines, oldest first". */
export const labelOf = (n: number): string => `Log lines, oldest first, ${count(n)} loaded`
