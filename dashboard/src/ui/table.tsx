import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { cx } from './cx.ts'
import { useGo } from './link.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { type Column, cell, Row } from './table-row.tsx'
import { usePhone, useVisibleColumns } from './table-width.ts'
import { useKeys } from './use-keys.ts'

export type { Column }

export type Rows<R> = {
  count: number
  /** Undefined while that part of the list is on its way. */
  at: (index: number) => R | undefined
  /** Stable; the index where the row is not known yet. */
  key: (index: number) => string
}
export const rowsOf = <R,>(list: readonly R[], key: (row: R) => string): Rows<R> => ({
  count: list.length,
  at: (i) => list[i],
  key: (i) => key(list[i]!),
})

type Props<R> = {
  label: string
  columns: readonly Column<R>[]
  rows: Rows<R>
  /** Where a row leads; the whole row is the link. Null: it leads nowhere (a heading). */
  href?: (row: R) => string | null
  /** A row that is one cell wide: a group's heading, an opened row. */
  wide?: (row: R) => ReactNode | null
  selected?: string | null
  onSelect?: (key: string) => void
  /** Rows taken for a bulk action. */
  picked?: ReadonlySet<string>
  /** The box that scrolls; without it the page does, and the table is as tall as its rows. */
  box?: string
  rowClass?: string
  /** Widths come from the head alone: a list that is drawn in parts does not jump. */
  fixed?: boolean
  /** How tall a row is at first guess, px. */
  estimate?: number
  onRange?: (first: number, last: number) => void
}

const VIRTUAL_ABOVE = 100
type Window = { items: { index: number }[]; before: number; after: number; scrollTo: (index: number) => void }

/** A list of objects. 36 px rows, a sticky head, j/k/Enter; above 100 rows only what is in view is drawn. */
export function Table<R>(props: Props<R>) {
  const onPhone = usePhone()
  const box = useRef<HTMLDivElement>(null)
  const virtual = props.rows.count > VIRTUAL_ABOVE
  if (!virtual) return <Body {...props} boxRef={box} view={whole(props.rows.count, box)} />
  return onPhone || !props.box ? <PageScrolled {...props} boxRef={box} /> : <BoxScrolled {...props} boxRef={box} />
}

type Inner<R> = Props<R> & { boxRef: RefObject<HTMLDivElement | null> }

function whole(count: number, box: RefObject<HTMLDivElement | null>): Window {
  return {
    items: Array.from({ length: count }, (_, index) => ({ index })),
    before: 0,
    after: 0,
    scrollTo: (i) => box.current?.querySelector(`[data-index="${i}"]`)?.scrollIntoView({ block: 'nearest' }),
  }
}

function BoxScrolled<R>(props: Inner<R>) {
  const v = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: props.rows.count,
    getScrollElement: () => props.boxRef.current,
    estimateSize: () => props.estimate ?? 37,
    overscan: 12,
  })
  return <Body {...props} view={view(v, 0)} measure={v.measureElement} />
}

function PageScrolled<R>(props: Inner<R>) {
  const [margin, setMargin] = useState(0)
  useEffect(() => setMargin(props.boxRef.current?.offsetTop ?? 0), [props.boxRef])
  const v = useWindowVirtualizer<HTMLTableRowElement>({
    count: props.rows.count,
    estimateSize: () => 57,
    overscan: 8,
    scrollMargin: margin,
  })
  return <Body {...props} view={view(v, margin)} measure={v.measureElement} />
}

function view(
  v: Virtualizer<HTMLDivElement, HTMLTableRowElement> | Virtualizer<globalThis.Window, HTMLTableRowElement>,
  margin: number,
): Window {
  const items = v.getVirtualItems()
  return {
    items,
    before: items[0] ? items[0].start - margin : 0,
    after: items.length ? v.getTotalSize() - (items.at(-1)!.end - margin) : 0,
    scrollTo: (i) => v.scrollToIndex(i),
  }
}

function Body<R>({
  label,
  columns,
  rows,
  href,
  wide,
  selected,
  onSelect,
  picked,
  box,
  fixed,
  rowClass,
  boxRef,
  view,
  measure,
  onRange,
}: Inner<R> & { view: Window; measure?: (row: HTMLTableRowElement | null) => void }) {
  const go = useGo()
  const first = view.items[0]?.index ?? 0
  const last = view.items.at(-1)?.index ?? 0
  useEffect(() => onRange?.(first, last), [first, last])

  const leads = (i: number) => {
    const row = rows.at(i)
    return row === undefined ? null : (href?.(row) ?? null)
  }
  const table = useRef<HTMLTableElement>(null)
  const across = useVisibleColumns(table, columns.length)
  const lastAt = useRef(-1)
  /** Where the cursor is; remembered when it was scrolled out of what is drawn. */
  const at = () => {
    if (selected == null) return -1
    const shown = view.items.find(({ index }) => rows.key(index) === selected)?.index
    return shown ?? (lastAt.current < rows.count && lastAt.current >= 0 && rows.key(lastAt.current) === selected ? lastAt.current : -1)
  }
  const move = (step: 1 | -1) => {
    let i = at()
    i = i < 0 && step < 0 ? rows.count : i
    do i += step
    while (i >= 0 && i < rows.count && leads(i) === null && rows.at(i) !== undefined)
    if (i < 0 || i >= rows.count) return
    lastAt.current = i
    onSelect?.(rows.key(i))
    view.scrollTo(i)
  }
  const open = () => {
    const to = leads(at())
    if (to) go(to)
  }
  useKeys(
    onSelect
      ? [
          { keys: 'j', label: 'Next row', group: 'This list', run: () => move(1) },
          { keys: 'k', label: 'Row before', group: 'This list', run: () => move(-1) },
          { keys: 'down', label: 'Next row', group: 'This list', run: () => move(1), hidden: true },
          { keys: 'up', label: 'Row before', group: 'This list', run: () => move(-1), hidden: true },
          ...(selected
            ? [
                { keys: 'enter', label: 'Open the row', group: 'This list', run: open },
                { keys: 'o', label: 'Open the row', group: 'This list', run: open, hidden: true },
              ]
            : []),
        ]
      : [],
  )
  return (
    <ScrollBox ref={boxRef} label={label} className={box}>
      <table
        ref={table}
        className={cx('w-full border-collapse [&>tbody>tr:last-child>td]:border-b-0', fixed && 'table-fixed')}
        aria-rowcount={rows.count + 1}
      >
        <thead>
          <tr>
            {columns.map((c) => (
              <th
                key={c.id}
                className={cx(
                  cell,
                  'sticky top-0 z-1 h-[30px] bg-surface text-12 whitespace-nowrap text-text-3',
                  c.numeric && 'text-right',
                  c.className,
                )}
              >
                {c.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.before > 0 && (
            <tr>
              <td colSpan={across} style={{ height: view.before, padding: 0 }} />
            </tr>
          )}
          {view.items.map(({ index }) => {
            const row = rows.at(index)
            const key = rows.key(index)
            const heading = row === undefined ? null : wide?.(row)
            if (heading)
              return (
                <tr key={key} ref={measure} data-index={index} aria-rowindex={index + 2}>
                  <td colSpan={across} className="border-b border-line-soft bg-sunken p-0">
                    {heading}
                  </td>
                </tr>
              )
            return (
              <Row
                key={key}
                row={row}
                columns={columns}
                index={index}
                to={row === undefined ? null : (href?.(row) ?? null)}
                selected={key === selected}
                picked={picked?.has(key) ?? false}
                className={rowClass}
                measure={measure}
              />
            )
          })}
          {view.after > 0 && (
            <tr>
              <td colSpan={across} style={{ height: view.after, padding: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
    </ScrollBox>
  )
}
