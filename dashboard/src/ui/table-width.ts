import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react'

const phone = matchMedia('(width <= 760px)')
/** Phones scroll the page, not the list. */
export const usePhone = (): boolean =>
  useSyncExternalStore(
    (l) => {
      phone.addEventListener('change', l)
      return () => phone.removeEventListener('change', l)
    },
    () => phone.matches,
  )

/** How many columns this width shows: a cell that spans more would make columns of its own. */
export function useVisibleColumns(table: RefObject<HTMLTableElement | null>, all: number): number {
  const [visible, setVisible] = useState(all)
  useLayoutEffect(() => {
    const count = () => setVisible([...(table.current?.tHead?.rows[0]?.cells ?? [])].filter((c) => c.offsetWidth > 0).length || all)
    count()
    addEventListener('resize', count)
    return () => removeEventListener('resize', count)
  }, [table, all])
  return visible
}
