import { documents } from '../../shared/status-pages/atlassian.ts'
import { atom, rss } from '../../shared/status-pages/feeds.ts'
import type { View } from '../../shared/status-pages/view.ts'
import type { Place } from './frame.ts'
import { historyPage, homePage, incidentPage } from './pages.ts'

/** `shared`: for programs of other origins, so it answers CORS. */
export type Rendered = { type: string; body: string; shared: boolean }
/** One way of telling a page; null when the page has no such thing. `root` is its address without the last slash. */
export type Form = (view: View, place: Place, root: string) => Rendered | null

const page = (body: string | null): Rendered | null => (body === null ? null : { type: 'text/html; charset=utf-8', body, shared: false })
const feed = (type: string, tell: (view: View, root: string) => string): Form => {
  return (view, _, root) => ({ type: `${type}; charset=utf-8`, body: tell(view, root), shared: true })
}

const forms: Record<string, Form> = {
  '/': (view, place) => page(homePage(view, place)),
  '/history': (view, place) => page(historyPage(view, place)),
  '/feed.rss': feed('application/rss+xml', rss),
  '/feed.atom': feed('application/atom+xml', atom),
  ...Object.fromEntries(
    Object.entries(documents).map(([name, tell]) => [
      `/api/v2/${name}.json`,
      feed('application/json', (view, root) => JSON.stringify(tell(view, root))),
    ]),
  ),
}

/** What the path inside a page asks for, or null. */
export function formOf(path: string): Form | null {
  const id = path.match(/^\/incidents\/([\w-]{1,80})$/)?.[1]
  if (id) return (view, place) => page(incidentPage(view, place, id))
  return Object.hasOwn(forms, path) ? forms[path]! : null
}
