import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronRight } from 'lucide-react'
import { type KeyboardEvent, memo, useEffect, useId, useRef } from 'react'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Shape } from '../../ui/status.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { took } from '../logs/numbers.ts'
import { roundTimes } from './ruler.ts'
import type { TreeRow } from './tree.ts'
import type { Trace } from './wire.ts'

const ROW_PX = 28
/** Own time, and the lighter time in which it waited for a child. */
export const bars = ['', 'bg-s1', 'bg-s2', 'bg-s3', 'bg-s4', 'bg-s5', 'bg-s6', 'bg-s7', 'bg-idle-solid']
const columns =
  'grid grid-cols-[var(--name)_minmax(0,1fr)_76px] [--name:minmax(220px,340px)] phone:[--name:150px] phone:grid-cols-[var(--name)_minmax(0,1fr)_62px]'

type Props = {
  trace: Trace
  rows: readonly TreeRow[]
  colours: ReadonlyMap<string, number>
  /** Everything off the critical path is pale. */
  path: boolean
  selected: string
  onSelect: (span: string) => void
  onFold: (span: string, fold: boolean) => void
}

/** Spans as a tree on a shared axis of time; only those in view are drawn. One tab stop: arrows move, left and right fold. */
export function Waterfall({ trace, rows, colours, path, selected, onSelect, onFold }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  const v = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 16,
  })
  const at = rows.findIndex((r) => r.span.span_id === selected)
  const go = (to: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))]
    if (row) onSelect(row.span.span_id)
  }
  useEffect(() => {
    if (at >= 0) v.scrollToIndex(at)
  }, [at, v])
  const fold = (on: boolean) => {
    const row = rows[at]
    if (row?.children && row.folded !== on) onFold(row.span.span_id, on)
    else if (on && at > 0) go(rows.findLastIndex((r, i) => i < at && r.span.depth < row!.span.depth))
    else if (!on) go(at + 1)
  }
  const nextError = () => {
    const after = rows.findIndex((r, i) => i > at && r.span.status === 'error')
    go(after >= 0 ? after : rows.findIndex((r) => r.span.status === 'error'))
  }
  useKeys([
    { keys: 'j', label: 'Next span', group: 'Spans', run: () => go(at + 1) },
    { keys: 'k', label: 'Span before', group: 'Spans', run: () => go(at - 1) },
    { keys: 'down', label: 'Next span', group: 'Spans', hidden: true, run: () => go(at + 1) },
    { keys: 'up', label: 'Span before', group: 'Spans', hidden: true, run: () => go(at - 1) },
    { keys: 'left', label: 'Fold, or to the parent', group: 'Spans', run: () => fold(true) },
    { keys: 'right', label: 'Unfold', group: 'Spans', run: () => fold(false) },
    { keys: 'n', label: 'Next error', group: 'Spans', run: nextError },
  ])
  const items = v.getVirtualItems()
  const total = Math.max(trace.duration_ms, 0.001)
  const times = roundTimes(total)
  const onKeyDown = (e: KeyboardEvent) => {
    if (e.key !== 'Home' && e.key !== 'End') return
    go(e.key === 'Home' ? 0 : rows.length - 1)
    e.preventDefault()
  }
  return (
    <div className="text-12">
      <div className={cx(columns, 'h-7 items-center border-b border-line-soft text-text-3')} aria-hidden="true">
        <span className="pl-3.5">Service and work</span>
        <span className="relative h-7 text-11 leading-7">
          {times.map((ms) => (
            <span
              key={ms}
              className={cx('absolute whitespace-nowrap', ms > 0 && '-translate-x-1/2', ms > total * 0.55 && 'phone:hidden')}
              style={{ left: `${(ms / total) * 100}%` }}
            >
              {ms === 0 ? '0' : short(ms)}
            </span>
          ))}
          <span className="absolute right-0">{took(total)}</span>
        </span>
        <span className="pr-3.5 text-right">Took</span>
      </div>
      <div
        ref={box}
        role="treegrid"
        tabIndex={0}
        aria-label={`Spans of the trace, ${rows.length} shown`}
        aria-rowcount={rows.length}
        aria-activedescendant={at >= 0 && items.some((i) => i.index === at) ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
        style={{ ['--grid' as string]: `${((times[1] ?? total) / total) * 100}% 100%` }}
        className="relative max-h-[max(224px,calc(100dvh-330px))] overflow-auto focus-visible:-outline-offset-2 phone:max-h-[60dvh]"
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" className="relative w-full" style={{ height: v.getTotalSize() }}>
          {items.map(({ index, start: top }) => (
            <SpanRow
              // an id may be used twice
              key={rows[index]!.index}
              id={`${id}-${index}`}
              index={index}
              row={rows[index]!}
              top={top}
              left={rows[index]!.span.offset_ms / total}
              total={total}
              colour={colours.get(rows[index]!.span.service) ?? 8}
              pale={path && !rows[index]!.critical}
              selected={index === at}
              onSelect={onSelect}
              onFold={onFold}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** "500 ms", "1 s": a round time without the decimals that others need. */
const short = (ms: number) => (ms >= 1000 && ms < 60_000 ? `${ms / 1000} s` : took(ms))

type RowProps = {
  id: string
  index: number
  row: TreeRow
  top: number
  /** Part of the axis before it starts. */
  left: number
  total: number
  colour: number
  pale: boolean
  selected: boolean
  onSelect: (span: string) => void
  onFold: (span: string, fold: boolean) => void
}
const SpanRow = memo(function SpanRow({ id, index, row, top, left, total, colour, pale, selected, onSelect, onFold }: RowProps) {
  const { span, children, folded, guides } = row
  const x = Math.min(0.998, Math.max(0, left)) * 100
  const width = Math.min(100 - x, (span.duration_ms / total) * 100)
  const own = span.duration_ms > 0 ? Math.min(1, span.self_ms / span.duration_ms) : 1
  const failed = span.status === 'error'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of a tree that is not a table
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 1}
      aria-level={span.depth + 1}
      aria-selected={selected}
      aria-expanded={children ? !folded : undefined}
      onClick={() => onSelect(span.span_id)}
      className={cx(
        columns,
        'absolute inset-x-0 top-0 h-7 cursor-pointer items-center hover:bg-hover',
        selected && 'bg-accent-soft shadow-[inset_2px_0_0_var(--accent-solid)]',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="gridcell" className="flex h-7 min-w-0 items-center gap-[7px] pl-3.5">
        {guides.map((on, i) => (
          <span
            key={i}
            className={cx(
              '-mr-1.5 ml-[5px] w-3.5 flex-none self-stretch border-l phone:w-1.5',
              on || i === guides.length - 1 ? 'border-line' : 'border-transparent',
            )}
          />
        ))}
        {children > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={folded ? `Unfold ${children} spans` : `Fold ${children} spans`}
            onClick={(e) => {
              e.stopPropagation()
              onFold(span.span_id, !folded)
            }}
            className="-mx-1 grid size-6 flex-none place-items-center text-text-3 hover:text-text"
          >
            <Icon of={ChevronRight} size={12} className={folded ? '' : 'rotate-90'} />
          </button>
        ) : (
          <span className="w-4 flex-none" />
        )}
        <span aria-hidden="true" className={cx('size-[9px] flex-none rounded-[2px]', bars[colour])} />
        <span className={cx('truncate', pale ? 'text-text-3' : 'text-text-2')}>
          <b className={cx('font-550 phone:hidden', !pale && 'text-text')}>{span.service}</b> {span.operation}
          {folded && <span className="text-text-3"> +{children}</span>}
          {span.orphan && <span className="text-text-3"> · parent not here</span>}
        </span>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span
        role="gridcell"
        aria-label={`starts at ${took(Math.max(0, left) * total)}${failed ? ', failed' : ''}`}
        className="relative h-7 bg-[linear-gradient(90deg,var(--line-soft)_1px,transparent_1px)] bg-size-(--grid)"
      >
        <span
          className={cx('absolute top-2 h-3 min-w-0.5 overflow-hidden rounded-[2px]', pale && 'opacity-35')}
          style={{ left: `${x}%`, width: `${width}%` }}
        >
          <span className={cx('absolute inset-0 opacity-40', bars[colour])} />
          <span className={cx('absolute inset-y-0 left-0 min-w-0.5', bars[colour])} style={{ width: `${own * 100}%` }} />
        </span>
        {failed && (
          <span
            className="absolute top-2 text-down-solid [--knock:var(--surface)]"
            style={{ left: x + width > 96 ? `calc(${Math.min(100, x + width)}% - 16px)` : `calc(${x + width}% + 4px)` }}
          >
            <Shape state="down" size={12} />
          </span>
        )}
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: as above */}
      <span role="gridcell" className={cx('pr-3.5 text-right whitespace-nowrap', row.critical && !pale && 'font-550')}>
        {took(span.duration_ms)}
      </span>
    </div>
  )
})
