import { html, raw } from 'hono/html'
import type { View } from '../../shared/status-pages/view.ts'
import { zoneLabel } from '../../shared/status-pages/zone.ts'
import { CSS } from './css.ts'
import { type Html, sprite } from './html.ts'

/** What a page of ours knows about where it stands. `base` is '' or `/s/<subdomain>`; `tz` is set when the visitor chose a zone. */
export type Place = { base: string; canonical: string; tz: string | null; scheme: 'light' | 'dark' | null; preview: boolean }

/** A link inside the page, which keeps the visitor's zone. */
export const to = ({ base, tz }: Place, path: string): string => `${base}${path}${tz ? `?tz=${encodeURIComponent(tz)}` : ''}`

/** Everything around the content: head, name, zone, feeds. */
export function framed(view: View, place: Place, title: string, content: Html): string {
  const home = to(place, '/')
  const feed = `${place.base}/feed`
  return document(
    title,
    html`<meta name="description" content="${view.sentence}">${place.preview ? html`<meta name="robots" content="noindex">` : ''}
<link rel="canonical" href="${place.canonical}"><link rel="alternate" type="application/atom+xml" title="${view.name} status" href="${feed}.atom"><link rel="alternate" type="application/rss+xml" title="${view.name} status" href="${feed}.rss">`,
    html`${sprite}<header class="top"><a class="lg" href="${home}">${view.logoUrl ? html`<img src="${view.logoUrl}" alt="">` : ''}${view.name}</a></header>
<main>${content}</main>
<footer class="ft"><form method="get"><label for="tz">Times in</label><select id="tz" name="tz">${zones(view).map((zone) => html`<option value="${zone}"${zone === view.zone ? raw(' selected') : ''}>${zoneLabel(zone, view.at)}</option>`)}</select><button>Change</button></form><a class="lnk" href="${feed}.rss">RSS</a><a class="lnk" href="${feed}.atom">Atom</a><a class="lnk" href="${place.base}/api/v2/summary.json">JSON</a><span class="t3">Measured from outside by Tocsin</span></footer>`,
    place.scheme,
  )
}

/** The same for a page that does not exist and for one that is not published: it says nothing about any service. */
export const notFound = (address: string, signIn: string): string =>
  document(
    'No status page here',
    html`<meta name="robots" content="noindex">`,
    html`<main class="none"><div><p class="t3">${address}</p><h1>There is no status page here</h1><p>The address may be mistyped, or the page is not published. This says nothing about whether a service works.</p><p><a class="lnk" href="${signIn}">Is this yours? Sign in to publish it</a></p></div></main>`,
    null,
  )

const document = (title: string, head: Html, body: Html, scheme: Place['scheme']): string =>
  String(html`<!doctype html>
<html lang="en"${scheme ? raw(` data-theme="${scheme}"`) : ''}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>${title}</title>${head}
<style>${raw(CSS)}</style></head>
<body>${body}</body>
</html>
`)

const COMMON = [
  'UTC', 'America/Los_Angeles', 'America/New_York', 'America/Sao_Paulo', 'Europe/London', 'Europe/Paris', 'Africa/Lagos', 'Asia/Dubai', 'Asia/Kolkata',
  'Asia/Singapore', 'Asia/Tokyo', 'Australia/Sydney',
] // biome-ignore format: a list
const zones = (view: View): string[] => [...new Set([view.zone, view.pageZone, ...COMMON])]
