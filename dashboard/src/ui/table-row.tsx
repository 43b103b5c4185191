import { type MouseEvent, memo, type ReactNode } from 'react'
import { cx } from './cx.ts'
import { isPlainClick, useGo } from './link.tsx'

export type Column<R> = {
  id: string
  head: ReactNode
  cell: (row: R) => ReactNode
  numeric?: boolean
  /** Classes of head and cells: widths, and at which width the column goes (`below-1280:hidden`). */
  className?: string
}

/** What every cell of a list has in common. */
export const cell = 'border-b border-line-soft px-2.5 first:pl-3.5 last:pr-3.5 phone:px-[7px]'

type Props<R> = {
  row: R | undefined
  columns: readonly Column<R>[]
  index: number
  to: string | null
  selected: boolean
  picked: boolean
  className: string | undefined
  measure: ((row: HTMLTableRowElement | null) => void) | undefined
}

function Plain<R>({ row, columns, index, to, selected, picked, className, measure }: Props<R>) {
  const go = useGo()
  const onClick = (e: MouseEvent<HTMLTableRowElement>) => {
    if (!to || (e.target as Element).closest('a, button, input, label') || getSelection()?.toString()) return
    if (isPlainClick(e)) go(to)
    // the row's own link knows the whole address
    else if (e.metaKey || e.ctrlKey) window.open(e.currentTarget.querySelector('a')?.href ?? to, '_blank')
  }
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selected || picked || undefined}
      onClick={onClick}
      className={cx(
        to && 'cursor-pointer',
        'hover:bg-hover aria-selected:bg-accent-soft',
        selected && 'shadow-[inset_2px_0_0_var(--accent-solid)]',
        className,
      )}
    >
      {columns.map((c) => (
        <td key={c.id} className={cx(cell, 'h-(--row-m)', c.numeric && 'text-right whitespace-nowrap', c.className)}>
          {row === undefined ? <span className="inline-block h-3 w-3/5 rounded-1 bg-hover align-middle" /> : c.cell(row)}
        </td>
      ))}
    </tr>
  )
}

/** Same row, same looks: scrolling draws only what came into view. Rows are compared by their parts, so they may be made anew. */
export const Row = memo(Plain, (a, b) => {
  const { row: rowA, ...restA } = a
  const { row: rowB, ...restB } = b
  return same(restA, restB) && same(rowA, rowB)
}) as typeof Plain

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false
  const keys = Object.keys(a) as (keyof typeof a)[]
  return keys.length === Object.keys(b).length && keys.every((k) => Object.is(a[k], (b as typeof a)[k]))
}
