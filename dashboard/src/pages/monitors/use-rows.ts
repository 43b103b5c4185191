import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Query } from '../../api.ts'
import { countsQuery, groupsQuery, monitorsQuery, totalQuery } from '../../queries.ts'
import { useSummaries } from '../../summaries.ts'
import type { Rows } from '../../ui/table.tsx'
import type { Monitor, MonitorCounts, Summary } from '../../wire.ts'
import { lengthOf, pagesOf, type Section, spotAt } from './sections.ts'
import { isFiltered, notUp, queryOf, type View } from './view.ts'

const PER_PAGE = 50
const NOT_UP_AT_LEAST = 5
const NOT_UP_AT_MOST = 50

export type Line =
  | { kind: 'monitor'; monitor: Monitor; summary: Summary | undefined }
  | { kind: 'heading'; key: string; name: string; says: string; open: boolean; toggle: () => void }
  | { kind: 'more'; says: string; href: string }

type Part = Section & { name: string; says: string; query: Query; rest?: { says: string; href: string } }

/** Every line of the list, whatever its length: sections of pages, of which only those under the window are fetched. */
export function useRows(view: View) {
  const counts = useQuery(countsQuery)
  const groups = useQuery(groupsQuery)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [range, setRange] = useState<readonly [number, number]>([0, 30])
  const filtered = isFiltered(view)
  const query = queryOf(view, groups.data ?? [])
  const total = useQuery({ ...totalQuery(query), enabled: filtered && groups.data !== undefined })

  const arranged = !filtered && view.arrange === 'groups' && counts.data?.groups.some((g) => g.id !== null) ? counts.data : undefined
  const parts: Part[] = arranged
    ? groupedParts(arranged, groups.data ?? [], closed)
    : [
        {
          key: 'all',
          heading: false,
          open: true,
          more: false,
          name: '',
          says: '',
          rows: (filtered ? total.data : counts.data?.total) ?? 0,
          query: { ...query, sort: 'status' },
        },
      ]

  const pages = pagesOf(parts, range[0], range[1], PER_PAGE)
  const answers = useQueries({
    queries: pages.map(({ section, page }) => ({
      ...monitorsQuery({ ...parts[section]!.query, page, per_page: PER_PAGE }),
      // the names of groups stand between the rows, or in the filter; a flat list needs not wait for them
      enabled: groups.data !== undefined || !(filtered || arranged),
      refetchInterval: 10_000,
    })),
  })
  const found = new Map(pages.map(({ section, page }, i) => [`${parts[section]!.key} ${page}`, answers[i]?.data?.data]))
  const ids = [...found.values()].flatMap((list) => list?.map((m) => m.id) ?? [])
  const summaries = useSummaries(ids)

  const at = (index: number): Line | undefined => {
    const spot = spotAt(parts, index)
    const part = spot && parts[spot.section]
    if (!part) return undefined
    if (spot.kind === 'heading')
      return {
        kind: 'heading',
        key: part.key,
        name: part.name,
        says: part.says,
        open: part.open,
        toggle: () => setClosed((c) => toggled(c, part.key)),
      }
    if (spot.kind === 'more') return { kind: 'more', ...part.rest! }
    const monitor = found.get(`${part.key} ${Math.floor(spot.row / PER_PAGE) + 1}`)?.[spot.row % PER_PAGE]
    return monitor && { kind: 'monitor', monitor, summary: summaries.get(monitor.id) }
  }
  const rows: Rows<Line> = {
    count: lengthOf(parts),
    at,
    key: (index) => {
      const line = at(index)
      return line?.kind === 'monitor' ? line.monitor.id : line?.kind === 'heading' ? `h ${line.key}` : `${line ? 'more' : 'line'} ${index}`
    },
  }
  const failed = [counts, groups, ...(filtered ? [total] : []), ...answers].find((a) => a.error)
  return {
    rows,
    onRange: (first: number, last: number) => setRange([first, last]),
    counts: counts.data,
    groups: groups.data ?? [],
    query,
    filtered,
    range,
    total: filtered ? total.data : counts.data?.total,
    failed,
    retry: () => [counts, groups, total, ...answers].forEach((a) => void (a.error && a.refetch())),
  }
}

function groupedParts(counts: MonitorCounts, groups: readonly { id: string; name: string }[], closed: ReadonlySet<string>): Part[] {
  const trouble = notUp.reduce((sum, s) => sum + counts[s], 0)
  const shown = Math.min(trouble, NOT_UP_AT_MOST, Math.max(NOT_UP_AT_LEAST, counts.down + counts.validating + counts.maintenance))
  const first: Part = {
    key: 'not up', heading: true, open: !closed.has('not up'), name: 'Not up', says: `${trouble.toLocaleString('en')}, from every group`,
    rows: shown, more: trouble > shown, query: { state: notUp, sort: 'status' },
    rest: { says: `${(trouble - shown).toLocaleString('en')} more that are not up`, href: `/monitors?state=${notUp.join(',')}` },
  } // biome-ignore format: a record
  const named = [...groups, { id: null, name: 'In no group' }].flatMap(({ id, name }): Part[] => {
    const has = counts.groups.find((g) => g.id === id)
    if (!has) return []
    const key = id ?? 'none'
    return [
      {
        key,
        heading: true,
        open: !closed.has(key),
        more: false,
        name,
        says: sayGroup(has),
        rows: has.up,
        query: { group: id ?? 'none', state: 'up', sort: 'name' },
      },
    ]
  })
  return trouble ? [first, ...named] : named
}

/** "214, 1 down, 1 validating", "412, all up". */
export function sayGroup(group: { total: number } & Partial<Record<string, number | string | null>>): string {
  const words = { down: 'down', validating: 'validating', maintenance: 'in maintenance', paused: 'paused', pending: 'pending' }
  const parts = Object.entries(words).flatMap(([state, word]) =>
    group[state] ? [`${Number(group[state]).toLocaleString('en')} ${word}`] : [],
  )
  return [group.total.toLocaleString('en'), ...(parts.length ? parts : ['all up'])].join(', ')
}

const toggled = (set: ReadonlySet<string>, key: string): ReadonlySet<string> => {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}
