import { whose } from '../../workers/route.ts'

type Pages = { request: Request; env: { TOCSIN: Fetcher; TOCSIN_URL: string; STATUS_DOMAIN: string }; next: () => Promise<Response> }

/** On Cloudflare Pages: what the doors own goes to the Worker by service binding, so that there is one origin and one cookie; the rest is static. */
export const onRequest = ({ request, env, next }: Pages): Promise<Response> =>
  whose(request.method, new URL(request.url), request.headers, env) === 'dashboard' ? next() : env.TOCSIN.fetch(request)
