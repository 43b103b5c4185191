/** A list made of sections, each a heading over rows that are fetched page by page. All pure: where is what. */
export type Section = {
  key: string
  heading: boolean /** Rows under the heading. */
  rows: number
  open: boolean /** One row at the end that leads to the rest. */
  more: boolean
}
export type Spot = { section: number; kind: 'heading' } | { section: number; kind: 'more' } | { section: number; kind: 'row'; row: number }

const heightOf = (s: Section): number => (s.heading ? 1 : 0) + (s.open || !s.heading ? s.rows + (s.more ? 1 : 0) : 0)

export const lengthOf = (sections: readonly Section[]): number => sections.reduce((sum, s) => sum + heightOf(s), 0)

/** What stands at line `index` of the whole list. */
export function spotAt(sections: readonly Section[], index: number): Spot | undefined {
  let left = index
  for (const [i, s] of sections.entries()) {
    const height = heightOf(s)
    if (left >= height) {
      left -= height
      continue
    }
    if (s.heading && left === 0) return { section: i, kind: 'heading' }
    const row = left - (s.heading ? 1 : 0)
    return row < s.rows ? { section: i, kind: 'row', row } : { section: i, kind: 'more' }
  }
  return undefined
}

/** Pages (from 1) of each section that lines `first` to `last` need, `perPage` rows each. */
export function pagesOf(sections: readonly Section[], first: number, last: number, perPage: number): { section: number; page: number }[] {
  const wanted = new Map<string, { section: number; page: number }>()
  for (let i = first; i <= last; i++) {
    const spot = spotAt(sections, i)
    if (spot?.kind !== 'row') continue
    const page = Math.floor(spot.row / perPage) + 1
    wanted.set(`${spot.section} ${page}`, { section: spot.section, page })
  }
  return [...wanted.values()]
}
