import type { Env } from '../../durable-objects/env.ts'
import { log, reason } from '../../shared/log.ts'
import { ring } from '../../shared/seal.ts'
import { publicUrl } from '../../shared/status-pages/address.ts'
import { type Preview, previewOf } from '../../shared/status-pages/preview.ts'
import type { Found } from '../../shared/status-pages/store.ts'
import { imagined, viewOf } from '../../shared/status-pages/view.ts'
import { isZone } from '../../shared/time.ts'
import { remember, remembered } from './cache.ts'
import { type Form, formOf, type Rendered } from './forms.ts'
import { notFound, type Place } from './frame.ts'
import { headersOf } from './headers.ts'
import { ago } from './html.ts'
import { type Later, load } from './load.ts'
import { isMember } from './member.ts'
import { soon } from './soon.ts'
import { type Asked, askedFor, lookUp } from './whose.ts'

/** A rendered form lives this long; a change of what it shows has another key and is seen at once. */
const FRESH_S = 4
/** When D1 does not answer, the last copy is shown for so long, with its age. */
const LAST_S = 86_400
/** D1 has this long to answer before the last copy is shown. */
const LOADS_MS = 4000
/** The only language yet; part of the key, so that the next one cannot mix. */
const LANGUAGE = 'en'

/** Any request to a status page's address. */
export async function publicPage(request: Request, env: Env, ctx: Later): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response('Only GET and HEAD are answered here.\n', { status: 405, headers: { allow: 'GET, HEAD' } })
  const answer = await answerGet(request, env, ctx)
  return request.method === 'HEAD' ? new Response(null, answer) : answer
}

async function answerGet(request: Request, env: Env, ctx: Later): Promise<Response> {
  const url = new URL(request.url)
  const asked = askedFor(url, env)
  if (asked?.base === '' && asked.path === '/fonts/geist.woff2') return env.ASSETS.fetch(new URL(asked.path, env.TOCSIN_URL))
  const form = asked && formOf(asked.path)
  if (asked?.path === '') return Response.redirect(`${asked.root}/${url.search}`, 308)
  if (!asked || !form) return missing(env, url)
  const at = Date.now()
  const tz = zoneOf(url)
  const last = `last/${LANGUAGE}/${part(JSON.stringify(asked.name))}/${part(asked.base)}/${part(tz ?? '')}/${part(asked.path)}`
  try {
    const found = await lookUp(env, asked, at)
    const preview = found && (await previewOf(ring(env.SECRET_KEYS), found.page.id, url.searchParams.get('preview'), at))
    if (found && preview && (await isMember(request, env, found.page.team, at)))
      return await render(env, ctx, { asked, found, form, tz, at, preview })
    if (!found?.page.published) return missing(env, url)
    const key = `page/${found.page.id}/${found.revision}/${LANGUAGE}/${part(asked.base)}/${part(asked.root)}/${part(tz ?? '')}/${part(asked.path)}`
    const hit = await remembered(key)
    if (hit) return served(hit, request, 'HIT')
    const answer = await render(env, ctx, { asked, found, form, tz, at, preview: null })
    if (answer.status !== 200) return answer
    ctx.waitUntil(Promise.all([remember(key, answer.clone(), FRESH_S), remember(last, answer.clone(), LAST_S)]))
    return served(answer, request, 'MISS')
  } catch (e) {
    log('status-page-failed', { message: reason(e) })
    const copy = await remembered(last)
    return copy ? aged(copy, at) : new Response('This page is temporarily unavailable.\n', { status: 503, headers: { 'retry-after': '5' } })
  }
}

type Rendering = { asked: Asked; found: Found; form: Form; tz: string | null; at: number; preview: Preview | null }

async function render(env: Env, ctx: Later, { asked, found, form, tz, at, preview }: Rendering): Promise<Response> {
  const loaded = await soon(load(env, ctx, found, at), LOADS_MS)
  const facts = preview && preview.state !== 'now' ? imagined(loaded, preview.state, at) : loaded
  const view = viewOf(facts, tz ?? found.page.timezone, at)
  const place: Place = {
    base: asked.base,
    canonical: `${publicUrl(found.page, env).replace(/\/$/, '')}${asked.path}`,
    tz,
    scheme: preview?.scheme ?? null,
    preview: preview !== null,
  }
  const rendered = form(view, place, asked.root)
  if (!rendered) return missing(env, new URL(asked.root + asked.path))
  return answerOf(env, rendered, { at, stored: preview === null })
}

async function answerOf(env: Env, { type, body, shared }: Rendered, { at, stored }: { at: number; stored: boolean }): Promise<Response> {
  const headers = new Headers(await headersOf(env, shared))
  headers.set('content-type', type)
  if (stored) headers.set('x-rendered-at', String(at))
  headers.set('cache-control', stored ? 'public, max-age=0, must-revalidate' : 'no-store')
  return new Response(body, { headers })
}

const missing = async (env: Env, url: URL) =>
  new Response(notFound(`${url.host}${url.pathname.match(/^\/s\/[^/]+/)?.[0] ?? ''}`.slice(0, 200), `${env.TOCSIN_URL}/status-pages`), {
    status: 404,
    headers: { ...(await headersOf(env, false)), 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })

/** From the cache or fresh, with what it is told by; 304 when the visitor has exactly this rendering. */
function served(answer: Response, request: Request, from: 'HIT' | 'MISS'): Response {
  const renderedAt = answer.headers.get('x-rendered-at') ?? '0'
  const headers = new Headers(answer.headers)
  const etag = `W/"${Number(renderedAt).toString(36)}"`
  headers.set('etag', etag)
  headers.set('x-cache', from)
  headers.set('cache-control', 'public, max-age=0, must-revalidate')
  headers.delete('x-rendered-at')
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(answer.body, { headers })
}

/** The last copy, told as such: people must see how old it is. */
async function aged(copy: Response, at: number): Promise<Response> {
  const age = ago(at - Number(copy.headers.get('x-rendered-at') ?? at))
  const headers = new Headers(copy.headers)
  headers.delete('x-rendered-at')
  headers.set('x-cache', 'STALE')
  headers.set('cache-control', 'no-store')
  if (!headers.get('content-type')?.startsWith('text/html')) return new Response(copy.body, { headers })
  const note = `<p class="note" role="note">This copy is ${age} old; we cannot read newer states just now.</p>`
  return new Response((await copy.text()).replace('<main>', `<main>${note}`), { headers })
}

/** The visitor's zone, when they chose one that exists. */
function zoneOf(url: URL): string | null {
  const tz = url.searchParams.get('tz')
  return tz && tz.length < 64 && isZone(tz) ? tz : null
}
const part = (text: string) => encodeURIComponent(text)
