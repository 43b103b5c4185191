import type { Env } from '../durable-objects/env.ts'

/**
 * The dashboard's static files. A chunk that a release took away is 404 and not the start page, so that an old tab can tell and reload.
 * The page itself runs our own scripts only, and nobody may frame it.
 */
export async function dashboard(request: Request, env: Env): Promise<Response> {
  const found = await env.ASSETS.fetch(request)
  const isPage = found.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) return found
  if (new URL(request.url).pathname.startsWith('/assets/')) return new Response('Not found', { status: 404 })
  const page = new Response(found.body, found)
  for (const [name, value] of Object.entries(headers(env))) page.headers.set(name, value)
  return page
}

/** Customers' logos come from anywhere over https; the preview frames a status page, which lives on its own domain on Cloudflare. */
const headers = (env: Env) => ({
  'content-security-policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "connect-src 'self' ws: wss:",
    `frame-src 'self' *.${env.STATUS_DOMAIN}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-cache',
})
