import { escapeHtml } from '../text.ts'
import { iso } from '../time.ts'
import type { Event } from './events.ts'
import type { View } from './view.ts'

/** Entries of a feed at most. */
const ENTRIES = 50

/** Without what XML 1.0 §2.2 does not allow even escaped, then escaped. */
const xml = (text: string): string => escapeHtml(text.toWellFormed().replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, ''))

/** An update as HTML for feed readers, which is then escaped once more for XML. */
const story = (e: Event): string =>
  [
    e.affected.length ? `<p>Affects ${e.affected.map((a) => escapeHtml(a.name)).join(', ')}</p>` : '',
    ...e.updates.map((u) => `<p><b>${iso(u.at)} ${u.status}</b><br>${escapeHtml(u.message).replaceAll('\n', '<br>')}</p>`),
  ].join('')

const newest = (view: View) => view.events.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, ENTRIES)
/** Stable while the event lives, wherever the page is served from. */
const urn = (e: Event) => `tag:tocsin.dev,2026:status:${xml(e.id)}`

/** RFC 4287. `root` is the page's address without a slash at the end. */
export function atom(view: View, root: string): string {
  const events = newest(view)
  const entries = events.map(
    (e) =>
      `<entry><id>${urn(e)}</id><title>${xml(e.title)}</title><link rel="alternate" type="text/html" href="${xml(`${root}/incidents/${e.id}`)}"/><published>${iso(e.createdAt)}</published><updated>${iso(e.updatedAt)}</updated><category term="${e.type}"/><content type="html">${xml(story(e))}</content></entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:tocsin.dev,2026:status-page:${view.id}</id><title>${xml(view.name)} status</title><subtitle>${xml(view.sentence)}</subtitle><updated>${iso(events[0]?.updatedAt ?? view.days[0]!.from)}</updated><author><name>${xml(view.name)}</name></author><link rel="self" type="application/atom+xml" href="${xml(root)}/feed.atom"/><link rel="alternate" type="text/html" href="${xml(root)}/"/>
${entries.join('\n')}
</feed>
`
}

const rfc822 = (at: number) => new Date(at).toUTCString()

/** RSS 2.0. */
export function rss(view: View, root: string): string {
  const events = newest(view)
  const items = events.map(
    (e) =>
      `<item><title>${xml(e.title)}</title><link>${xml(`${root}/incidents/${e.id}`)}</link><guid isPermaLink="false">${urn(e)}</guid><pubDate>${rfc822(e.updatedAt)}</pubDate><category>${e.type}</category><description>${xml(story(e))}</description></item>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${xml(view.name)} status</title><link>${xml(root)}/</link><description>${xml(view.sentence)}</description><language>en</language><lastBuildDate>${rfc822(events[0]?.updatedAt ?? view.days[0]!.from)}</lastBuildDate><atom:link rel="self" type="application/rss+xml" href="${xml(root)}/feed.rss"/>
${items.join('\n')}
</channel></rss>
`
}
