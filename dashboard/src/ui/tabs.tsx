import type { ReactNode } from 'react'
import { To } from './link.tsx'

/** On a narrow screen the row scrolls: the current one is what has to be seen. */
function intoView(current: HTMLAnchorElement | null): void {
  const row = current?.parentElement
  if (row) row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
}

/** Tabs are addresses: each a link, the current one underlined. */
export const Tabs = ({ label, tabs }: { label: string; tabs: readonly { href: string; name: ReactNode; current: boolean }[] }) => (
  <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
    {tabs.map((t) => (
      <To
        key={t.href}
        href={t.href}
        {...(t.current ? { ref: intoView } : {})}
        aria-current={t.current ? 'page' : undefined}
        className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent pt-2 pb-[9px] whitespace-nowrap text-text-2 focus-visible:-outline-offset-2 aria-[current=page]:border-accent-solid aria-[current=page]:font-550 aria-[current=page]:text-text"
      >
        {t.name}
      </To>
    ))}
  </nav>
)

/** Saved views: links with their count. */
export const Views = ({ views }: { views: readonly { href: string; name: string; count?: string | undefined; current: boolean }[] }) => (
  <nav aria-label="Saved views" className="flex flex-wrap gap-1 phone:w-full phone:flex-nowrap phone:overflow-x-auto">
    {views.map((v) => (
      <To
        key={v.name}
        href={v.href}
        {...(v.current ? { ref: intoView } : {})}
        aria-current={v.current ? 'page' : undefined}
        className="inline-flex h-(--control) items-center gap-1.5 rounded-2 px-2.5 whitespace-nowrap text-text-2 hover:bg-hover focus-visible:-outline-offset-2 aria-[current=page]:bg-active aria-[current=page]:font-550 aria-[current=page]:text-text"
      >
        {v.name}
        {v.count && <span className="text-12 font-normal text-text-3 in-aria-[current=page]:text-text-2">{v.count}</span>}
      </To>
    ))}
  </nav>
)
