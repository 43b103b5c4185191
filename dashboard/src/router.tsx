import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Broken } from './pages/closed.tsx'
import { NotFound } from './pages/not-found.tsx'
import { Shell } from './shell/shell.tsx'
import { Skeleton } from './ui/state.tsx'
import { parseSearch, stringifySearch } from './url.ts'

/** Path → page, each in a chunk of its own. A page's module exports `Page`. The navigation shows only what stands here. */
export const pages = {
  '/': () => import('./pages/overview/page.tsx'),
  '/start': () => import('./pages/start/page.tsx'),
  '/monitors': () => import('./pages/monitors/page.tsx'),
  '/monitors/$id': () => import('./pages/monitor/page.tsx'),
  '/incidents': () => import('./pages/incidents/page.tsx'),
  '/incidents/$id': () => import('./pages/incidents/incident.tsx'),
  '/on-call': () => import('./pages/on-call/page.tsx'),
  '/on-call/$id': () => import('./pages/on-call/page.tsx'),
  '/status-pages': () => import('./pages/status-pages/page.tsx'),
  '/status-pages/$id': () => import('./pages/status-pages/editor.tsx'),
  '/logs': () => import('./pages/logs/page.tsx'),
  '/traces': () => import('./pages/traces/page.tsx'),
  '/traces/$id': () => import('./pages/traces/trace.tsx'),
  '/metrics': () => import('./pages/metrics/page.tsx'),
  '/alerts': () => import('./pages/alerts/page.tsx'),
  '/alerts/$id': () => import('./pages/alert/page.tsx'),
  '/dashboards': () => import('./pages/boards/page.tsx'),
  '/dashboards/$id': () => import('./pages/board/page.tsx'),
  '/sources': () => import('./pages/sources/page.tsx'),
  '/sources/$id': () => import('./pages/sources/source.tsx'),
  '/settings': () => import('./pages/settings/page.tsx'),
  '/settings/$section': () => import('./pages/settings/page.tsx'),
}

const root = createRootRoute({ component: Outlet })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in/page.tsx'), 'Page'),
})
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const inside = Object.entries(pages).map(([path, load]) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(load as () => Promise<{ Page: () => unknown }>, 'Page' as never),
  }),
)
const elsewhere = createRoute({ getParentRoute: () => shell, path: '$', component: NotFound })

export const makeRouter = (basepath: string) =>
  createRouter({
    routeTree: root.addChildren([signIn, shell.addChildren([...inside, elsewhere])]),
    basepath,
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingComponent: Pending,
    defaultErrorComponent: ({ error }) => <Broken error={error} />,
    defaultNotFoundComponent: NotFound,
  })

const Pending = () => (
  <>
    <h1 className="sr-only">Loading</h1>
    <Skeleton rows={12} />
  </>
)
