import { Hono } from 'hono'
import type { Env } from '../../durable-objects/env.ts'
import { stubs } from '../../durable-objects/stubs.ts'
import { isId } from '../../shared/ids.ts'
import { type AcknowledgeLink, openLink } from '../../shared/incidents/link.ts'
import type { LinkView } from '../../shared/incidents/link-view.ts'
import { log } from '../../shared/log.ts'
import { ring } from '../../shared/seal.ts'
import { linkPage } from './acknowledge-page.ts'

/**
 * `/a/<link>`: the button of a page, without sign-in. GET and HEAD show and change nothing (mail scanners follow links), POST
 * acknowledges as whoever the page was sent to. Only the team's Incidents object decides whether a link is still good.
 */
export const acknowledgeLinks = new Hono<{ Bindings: Env }>()
  .get('/a/:link', (c) => answer(c.env, c.req.param('link'), (i, link) => i.readLink(link.incident, link.page)))
  .post('/a/:link', (c) => answer(c.env, c.req.param('link'), (i, link) => i.acknowledgeByLink(link.incident, link.page)))

type Ask = (incidents: ReturnType<typeof stubs.incidents>, link: AcknowledgeLink) => Promise<LinkView>

async function answer(env: Env, sealed: string, ask: Ask): Promise<Response> {
  const link = await openLink(ring(env.SECRET_KEYS), sealed)
  const good = link && isId(link.team) && isId(link.incident) && isId(link.page)
  try {
    return page(env, good ? await ask(stubs.incidents(link.team), link) : { state: 'unknown' })
  } catch (e) {
    log('link-failed', { message: (e as Error).message.slice(0, 200) })
    return page(env, { state: 'busy' })
  }
}

const STATUS = { confirm: 200, done: 200, already: 200, ended: 410, left: 410, unknown: 404, busy: 503 } as const

/** Never stored, never framed, runs no script; the address, which is a credential, is told to nobody. */
function page(env: Env, view: LinkView | { state: 'busy' }): Response {
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
  return new Response(linkPage(view, { base: env.TOCSIN_URL, nonce, at: Date.now() }), {
    status: STATUS[view.state],
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; script-src 'none'; style-src 'nonce-${nonce}'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
      ...(view.state === 'busy' ? { 'retry-after': '5' } : {}),
    },
  })
}
