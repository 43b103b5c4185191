import type { Env } from '../../durable-objects/env.ts'
import { newId } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { isProblem } from '../../shared/problem.ts'
import { Body } from './body.ts'
import { DerivedUpload } from './derived.ts'
import { charge, heldBack, signalOf } from './quota.ts'
import { noteRefusal } from './refusals.ts'
import { type Reason, Refused } from './refused.ts'
import { type Source, sourceOf, tokenOf } from './source.ts'
import { text } from './wire.ts'
import { isKnownPath, wireOf } from './wires.ts'

const statuses = { 'too-large': 413, busy: 503, encoding: 415, 'media-type': 415, unreadable: 400 } satisfies Record<Reason, number>

export const ingest = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url)
    const wire = wireOf(request.method, url.pathname)
    if (!wire) return isKnownPath(url.pathname) ? text(405, 'This is for another method.') : text(404, 'There is nothing to send to here.')
    if (wire.open) return wire.open(request)
    const at = Date.now()
    let source: Source | null = null
    let body: Body | undefined
    const refuse = (status: number, message: string, retryAfter?: number) => {
      if (source) noteRefusal(env, source, message, body?.began ?? '', at)
      const answer = wire.refuse?.(request, status, message) ?? text(status, message)
      if (retryAfter) answer.headers.set('retry-after', String(retryAfter))
      return answer
    }
    const upload = new DerivedUpload(env)
    try {
      source = await sourceOf(env, tokenOf(request, url), at)
      if (!source) return refuse(403, 'Unauthorized')
      if (source.paused) return refuse(402, 'Ingesting is paused for this source.')
      const signal = signalOf(url.pathname)
      const held = heldBack(source, signal, at)
      if (held) return refuse(held.status, held.message, held.retryAfter)
      upload.from(source, at)
      body = new Body(request)
      upload.of(body)
      const answer = await wire.take({ request, url, env, source, at, body, upload })
      charge(env, source, signal, body.size, upload.events, at)
      return answer
    } catch (e) {
      await upload.drop()
      // nothing a client sent may end in a 500: it would be sent again for ever
      if (e instanceof Refused)
        return refuse(
          e.reason === 'unreadable' ? (wire.unreadable ?? 400) : statuses[e.reason],
          e.message,
          e.reason === 'busy' ? 1 : undefined,
        )
      if (isProblem(e) && e.code === 'degraded') return refuse(503, e.message, e.retryAfter ?? 10)
      if (isProblem(e) && e.code === 'too-large') return refuse(413, e.message)
      log('ingest-failed', { request_id: newId(), message: reason(e) })
      return refuse(503, 'Not stored. Send it again.', 5)
    } finally {
      body?.release()
    }
  },
}
