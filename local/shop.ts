import { Response as Answer, type Request as Asked } from 'miniflare'

/**
 * The demo shop: a web page on this machine that can be broken and mended, so that the first run can show the whole chain.
 * `GET /mailbox/shop` → `{url, broken}`, `POST /mailbox/shop` `{broken}`; the shop itself is `/mailbox/shop/site`.
 */
export function openShop(base: string) {
  const url = `${base}/mailbox/shop/site`
  let broken = false
  const answer = async (request: Asked): Promise<Answer> => {
    if (new URL(request.url).pathname === '/mailbox/shop/site') {
      if (broken) return new Answer('The shop is broken: its database does not answer.', { status: 503 })
      return new Answer('<!doctype html><title>Demo shop</title><h1>Demo shop</h1><p>Open. Everything on the shelf.</p>', {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      })
    }
    if (request.method === 'POST') {
      // another site's page must not be able to break it
      const origin = request.headers.get('origin')
      if (origin && new URL(origin).host !== new URL(request.url).host) return new Answer('Another origin', { status: 403 })
      const body = (await request.json().catch(() => null)) as { broken?: unknown } | null
      if (typeof body?.broken !== 'boolean') return new Answer('Send {"broken": true} or {"broken": false}.', { status: 422 })
      broken = body.broken
    }
    return Answer.json({ url, broken })
  }
  return { answer, isBroken: () => broken }
}
