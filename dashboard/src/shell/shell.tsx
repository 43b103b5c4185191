import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { watchLive } from '../live.ts'
import { prefs, setPrefs } from '../prefs.ts'
import { useGo } from '../ui/link.tsx'
import { Toasts } from '../ui/toast.tsx'
import { useKeys } from '../ui/use-keys.ts'
import { Brand, Nav, places, TabBar } from './nav.tsx'
import { closeLayer, openPalette, openShortcuts, useOpenLayer } from './open-palette.ts'
import { StateLine } from './state-line.tsx'
import { Urgent } from './urgent.tsx'

const palette = () => import('./palette.tsx')
const Palette = lazy(() => palette().then((m) => ({ default: m.Palette })))
const Shortcuts = lazy(() => import('./shortcuts.tsx').then((m) => ({ default: m.Shortcuts })))

/** State line above all, navigation left, the page; on phones the tabs below. Keeps live updates flowing while it stands. */
export function Shell() {
  const client = useQueryClient()
  const go = useGo()
  const layer = useOpenLayer()
  useEffect(() => watchLive(client), [client])
  useEffect(() => {
    // before it is asked for: what somebody types right after ⌘K must not reach the page's own keys
    const soon = setTimeout(palette, 1000)
    return () => clearTimeout(soon)
  }, [])
  useKeys([
    { keys: 'mod+k', label: 'Search or run a command', group: 'Everywhere', run: () => openPalette() },
    { keys: '?', label: 'Every shortcut of this page', group: 'Everywhere', run: openShortcuts },
    {
      keys: '[',
      label: 'Narrow or widen the navigation',
      group: 'Everywhere',
      run: () => setPrefs({ nav: prefs().nav === 'slim' ? 'full' : 'slim' }),
    },
    ...places.map((p) => ({ keys: `g ${p.letter}`, label: p.name, group: 'Go to', run: () => go(p.href) })),
  ])
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-raised focus:px-2.5 focus:py-1.5"
      >
        Skip to content
      </a>
      <div className="grid min-h-dvh grid-cols-[216px_minmax(0,1fr)] grid-rows-[40px_1fr] [grid-template-areas:'brand_state''nav_main'] slim:grid-cols-[52px_minmax(0,1fr)] phone:grid-cols-[minmax(0,1fr)] phone:grid-rows-[44px_1fr] phone:[grid-template-areas:'state''main']">
        <Brand />
        <StateLine />
        <Nav />
        <main
          id="main"
          tabIndex={-1}
          className="min-w-0 px-6 pb-8 outline-none [grid-area:main] phone:px-4 phone:pb-24 phone:in-[body:has([data-urgent])]:pb-44"
        >
          <Outlet />
        </main>
      </div>
      <Urgent />
      <TabBar />
      <Toasts />
      <Suspense>
        {layer?.layer === 'palette' && <Palette words={layer.words} onClose={closeLayer} />}
        {layer?.layer === 'shortcuts' && <Shortcuts onClose={closeLayer} />}
      </Suspense>
    </>
  )
}
