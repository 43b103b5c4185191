import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { monitorsQuery, useCounts } from '../../queries.ts'
import { Icon } from '../../ui/icon.tsx'
import { useGo } from '../../ui/link.tsx'
import { useKeys } from '../../ui/use-keys.ts'
import { count } from '../../words.ts'

/** "3 of 214": the neighbours in the list's own order, trouble first. Beyond its first 250 there is no order to walk in. */
export function Pager({ id }: { id: string }) {
  const go = useGo()
  const total = useCounts().data?.total
  const list = useQuery({ ...monitorsQuery({ sort: 'status', page: 1, per_page: 250 }), staleTime: 60_000 }).data?.data ?? []
  const at = list.findIndex((m) => m.id === id)
  const before = list[at - 1]
  const after = list[at + 1]
  const to = (m: typeof before) => m && go(`/monitors/${m.id}`)
  useKeys([
    { keys: 'j', label: 'Next monitor', group: 'This page', run: () => to(after) },
    { keys: 'k', label: 'Monitor before', group: 'This page', run: () => to(before) },
    { keys: 'escape', label: 'Up to the list', group: 'This page', run: () => go('/monitors') },
  ])
  if (at < 0 || list.length < 2) return null
  const button =
    'grid h-[calc(var(--control)-2px)] w-9 place-items-center text-text-2 first:border-r first:border-line hover:bg-hover focus-visible:-outline-offset-2 aria-disabled:text-text-3'
  return (
    <>
      <span className="text-12 whitespace-nowrap text-text-3">
        {count(at + 1)} of {count(total ?? list.length)}
      </span>
      <div className="flex overflow-hidden rounded-2 border border-line-strong bg-surface">
        <button type="button" className={button} aria-disabled={!before} aria-label="Monitor before, key K" onClick={() => to(before)}>
          <Icon of={ChevronLeft} />
        </button>
        <button type="button" className={button} aria-disabled={!after} aria-label="Next monitor, key J" onClick={() => to(after)}>
          <Icon of={ChevronRight} />
        </button>
      </div>
    </>
  )
}
