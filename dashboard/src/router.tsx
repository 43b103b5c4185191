import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { Broken } from './pages/closed.tsx'
import { NotFound } from './pages/not-found.tsx'
import { Shell } from './shell/shell.tsx'
import { Skeleton } from './ui/state.tsx'
import { parseSearch, type Search, stringifySearch } from './url.ts'

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
const shared = createRoute({
  getParentRoute: () => root,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('./pages/shared-board/page.tsx'), 'Page'),
})
/** Where `graphLink` and `tableLink` of alert templates lead, as in Prometheus. */
const graph = createRoute({
  getParentRoute: () => root,
  path: '/graph',
  beforeLoad: ({ search }) => {
    const { 'g0.expr': expr = '', 'g0.tab': tab } = search as Search
    throw redirect({ to: '/metrics', search: { expr, as: tab === '1' ? 'table' : 'chart' } as never })
  },
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
    routeTree: root.addChildren([signIn, shared, graph, shell.addChildren([...inside, elsewhere])]),
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
