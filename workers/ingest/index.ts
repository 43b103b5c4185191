import type { Env } from '../../durable-objects/env.ts'
import { newId } from '../../shared/ids.ts'
import { log } from '../../shared/log.ts'
import { isProblem } from '../../shared/problem.ts'
import { Refused } from './body.ts'
import { ingestJson } from './logs.ts'
import { type Source, sourceOf, tokenOf } from './source.ts'

type Wire = (request: Request, env: Env, source: Source, at: number) => Promise<Response>

/** Door 2: one line per wire. First match; what a wire needs beyond the token is in its file. */
const wires: [method: string, path: RegExp, wire: Wire][] = [['POST', /^\/(api\/logs\/ingest)?$/, ingestJson]]

export const ingest = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url)
    const at = Date.now()
    try {
      const wire = wires.find(([method, path]) => method === request.method && path.test(url.pathname))?.[2]
      if (!wire) return plain(404, 'There is nothing to send to here.')
      const source = await sourceOf(env, tokenOf(request, url), at)
      if (!source) return plain(403, 'Unauthorized')
      if (source.paused) return plain(402, 'Ingesting is paused for this source.')
      return await wire(request, env, source, at)
    } catch (e) {
      return refusal(e)
    }
  },
}

/** Nothing a client sent may end in a 500: it would be sent again for ever. */
function refusal(e: unknown): Response {
  if (e instanceof Refused)
    switch (e.reason) {
      case 'too-large':
        return plain(413, e.message)
      case 'busy':
        return plain(503, e.message, { 'retry-after': '1' })
      case 'encoding':
        return plain(415, e.message)
      case 'unreadable':
        return plain(406, e.message)
      default:
        return e.reason satisfies never
    }
  if (isProblem(e) && e.code === 'degraded') return plain(503, e.message, { 'retry-after': String(e.retryAfter ?? 10) })
  log('ingest-failed', { request_id: newId(), message: String((e as Error)?.stack ?? e).slice(0, 2000) })
  return plain(503, 'Not stored. Send it again.', { 'retry-after': '5' })
}

const plain = (status: number, body: string, headers: Record<string, string> = {}) =>
  new Response(body, { status, headers: { 'content-type': 'text/plain', ...headers } })
