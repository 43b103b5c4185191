import { useLocation } from '@tanstack/react-router'
import {
  Activity, Bell, BellRing, ChartNoAxesGantt, ChartSpline, ChevronDown, Ellipsis, House, LayoutDashboard, type LucideIcon, Mail, Monitor, Phone, Plug, Search, Settings, TextAlignStart,
} from 'lucide-react' // biome-ignore format: a list
import { DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import { setPrefs, usePrefs } from '../prefs.ts'
import { useCounts, useOpenIncidents } from '../queries.ts'
import { signOut, useLocal, useMe } from '../session.ts'
import { cx } from '../ui/cx.ts'
import { Icon, Logo } from '../ui/icon.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { To, useGo } from '../ui/link.tsx'
import { count } from '../words.ts'
import { openPalette, openShortcuts } from './open-palette.ts'

export type Place = {
  href: string
  name: string
  icon: LucideIcon
  /** After `g`. */
  letter: string
  /** Its heading; none stands above all headings, `Foot` at the lower end. */
  under?: 'Respond' | 'Watch' | 'Explore' | 'Foot'
  /** One of the four tabs of a phone; the others are behind More. */
  tab?: true
}
/** Every noun that exists. */
export const places: readonly Place[] = [
  { href: '/', name: 'Overview', icon: House, letter: 'o', tab: true },
  { href: '/incidents', name: 'Incidents', icon: Bell, letter: 'i', under: 'Respond', tab: true },
  { href: '/on-call', name: 'On-call', icon: Phone, letter: 'c', under: 'Respond', tab: true },
  { href: '/status-pages', name: 'Status pages', icon: Monitor, letter: 's', under: 'Respond' },
  { href: '/monitors', name: 'Monitors', icon: Activity, letter: 'm', under: 'Watch', tab: true },
  { href: '/alerts', name: 'Alerts', icon: BellRing, letter: 'a', under: 'Watch' },
  { href: '/logs', name: 'Logs', icon: TextAlignStart, letter: 'l', under: 'Explore' },
  { href: '/traces', name: 'Traces', icon: ChartNoAxesGantt, letter: 't', under: 'Explore' },
  { href: '/metrics', name: 'Metrics', icon: ChartSpline, letter: 'n', under: 'Explore' },
  { href: '/dashboards', name: 'Dashboards', icon: LayoutDashboard, letter: 'v', under: 'Explore' },
  { href: '/sources', name: 'Sources', icon: Plug, letter: 'd', under: 'Foot' },
  { href: '/settings', name: 'Settings', icon: Settings, letter: ',', under: 'Foot' },
]
const headings = ['Respond', 'Watch', 'Explore'] as const

const useIsCurrent = () => {
  const { pathname } = useLocation()
  return (href: string) => (href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`))
}

const item =
  'relative flex h-7 w-full items-center gap-[9px] rounded-2 px-2 text-text-2 hover:bg-hover hover:text-text aria-[current=page]:bg-active aria-[current=page]:font-550 aria-[current=page]:text-text [&>svg]:text-text-3 aria-[current=page]:[&>svg]:text-accent slim:h-[34px] slim:justify-center slim:px-0'
const hot = 'ml-auto text-11 font-semibold text-down slim:absolute slim:top-px slim:right-[5px] slim:text-[10px]'

export function Nav() {
  const isCurrent = useIsCurrent()
  const open = useOpenIncidents().data?.length ?? 0
  const watched = useCounts().data?.total ?? 0
  const local = useLocal()
  const link = (p: Place) => (
    <To key={p.href} href={p.href} aria-current={isCurrent(p.href) ? 'page' : undefined} className={item}>
      <Icon of={p.icon} size={16} />
      <span className="slim:sr-only">{p.name}</span>
      {p.href === '/settings' && <Kbd keys="?" className="ml-auto slim:hidden" />}
      {p.href === '/incidents' && open > 0 && (
        <span className={hot}>
          <span className="sr-only">open: </span>
          {count(open)}
        </span>
      )}
      {p.href === '/monitors' && watched > 0 && (
        <span className="ml-auto text-11 font-normal text-text-3 in-aria-[current=page]:text-text-2 slim:sr-only">{count(watched)}</span>
      )}
    </To>
  )
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 flex h-[calc(100dvh-40px)] flex-col gap-0.5 border-r border-line-soft px-2 py-2.5 [grid-area:nav] slim:px-1.5 phone:hidden"
    >
      <button
        type="button"
        onClick={() => openPalette()}
        className="mb-1.5 flex h-7 w-full items-center gap-[9px] rounded-2 border border-line bg-surface px-2 text-left text-text-3 hover:bg-hover slim:h-[34px] slim:justify-center slim:px-0"
      >
        <Icon of={Search} size={16} />
        <span className="min-w-0 flex-1 truncate slim:sr-only">Search or run</span>
        <Kbd keys="mod+k" className="slim:hidden" />
      </button>
      {places.filter((p) => !p.under).map(link)}
      {headings.map((heading) => (
        <Fragment key={heading}>
          <h2 className="px-2 pt-3 pb-1 text-12 text-text-3 slim:sr-only">{heading}</h2>
          {places.filter((p) => p.under === heading).map(link)}
        </Fragment>
      ))}
      <div className="mt-auto grid gap-0.5 border-t border-line-soft pt-2">
        {local && (
          <a href="/mailbox" className={item}>
            <Icon of={Mail} size={16} />
            <span className="slim:sr-only">Mailbox</span>
            <span className="ml-auto text-11 text-text-3 slim:sr-only">local</span>
          </a>
        )}
        {places.filter((p) => p.under === 'Foot').map(link)}
      </div>
    </nav>
  )
}

const tab =
  'relative flex flex-col items-center gap-0.5 pt-2 pb-2.5 text-11 leading-[14px] text-text-2 focus-visible:-outline-offset-2 aria-[current=page]:font-semibold aria-[current=page]:text-accent'

/** On phones: four under the thumb, the others behind More. */
export function TabBar() {
  const isCurrent = useIsCurrent()
  const go = useGo()
  const rest = places.filter((p) => !p.tab)
  const open = useOpenIncidents().data?.length ?? 0
  return (
    <nav
      aria-label="Sections"
      className="fixed inset-x-0 bottom-0 z-20 hidden grid-cols-5 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] phone:grid [body:has([data-thumb])_&]:hidden!"
    >
      {places
        .filter((p) => p.tab)
        .map((p) => (
          <To key={p.href} href={p.href} aria-current={isCurrent(p.href) ? 'page' : undefined} className={tab}>
            <Icon of={p.icon} size={20} />
            {p.name}
            {p.href === '/incidents' && open > 0 && (
              <span className="absolute top-1 left-[calc(50%+8px)] text-[10px] leading-3 font-semibold text-down">
                <span className="sr-only">, open: </span>
                {count(open)}
              </span>
            )}
          </To>
        ))}
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className={tab} aria-current={rest.some((p) => isCurrent(p.href)) ? 'page' : undefined}>
          <Icon of={Ellipsis} size={20} />
          More
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="enter-pop z-40 min-w-44 rounded-3 bg-raised p-1 shadow-pop outline-none"
          >
            {rest.map((p) => (
              <DropdownMenu.Item key={p.href} className={entry} onSelect={() => go(p.href)}>
                <Icon of={p.icon} size={16} className="text-text-3" />
                {p.name}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </nav>
  )
}

const entry = 'flex h-8 cursor-pointer items-center gap-2 rounded-2 px-2 outline-none data-highlighted:bg-active pointer-coarse:h-11'

/** The team's name: other teams, who is signed in, the way out. */
export function Brand() {
  const { team, teams, user } = useMe()
  const { nav } = usePrefs()
  const go = useGo()
  return (
    <header className="flex items-center border-r border-b border-line-soft [grid-area:brand] phone:hidden">
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="flex h-full w-full items-center gap-2.5 px-4 text-left hover:bg-hover focus-visible:-outline-offset-2 slim:justify-center slim:px-0">
          <Logo />
          <span className="min-w-0 truncate font-semibold tracking-[-0.005em] slim:sr-only">{team.name}</span>
          <Icon of={ChevronDown} size={12} className="ml-auto text-text-3 slim:hidden" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="start"
            sideOffset={4}
            className="enter-pop z-40 min-w-56 rounded-3 bg-raised p-1 shadow-pop outline-none"
          >
            <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-12 text-text-3">
              {user.name}, {user.email}
            </DropdownMenu.Label>
            {teams.length > 1 &&
              teams.map((t) => (
                <DropdownMenu.Item
                  key={t.id}
                  className={cx(entry, t.id === team.id && 'font-550')}
                  onSelect={() => location.assign(`/${t.slug}`)}
                >
                  {t.name}
                </DropdownMenu.Item>
              ))}
            <DropdownMenu.Separator className="my-1 border-t border-line-soft" />
            <DropdownMenu.Item className={entry} onSelect={() => go('/settings/profile')}>
              Profile
            </DropdownMenu.Item>
            <DropdownMenu.Item className={entry} onSelect={openShortcuts}>
              Keyboard shortcuts
              <Kbd keys="?" className="ml-auto" />
            </DropdownMenu.Item>
            <DropdownMenu.Item className={cx(entry, 'narrow:hidden')} onSelect={() => setPrefs({ nav: nav === 'slim' ? 'full' : 'slim' })}>
              {nav === 'slim' ? 'Widen the navigation' : 'Narrow the navigation'}
            </DropdownMenu.Item>
            <DropdownMenu.Item className={entry} onSelect={() => void signOut()}>
              Sign out
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </header>
  )
}
