import type { Env } from '../../durable-objects/env.ts'
import { newId } from '../../shared/ids.ts'
import { log, reason } from '../../shared/log.ts'
import { isProblem } from '../../shared/problem.ts'
import { Body } from './body.ts'
import { bulk, handshake } from './elasticsearch.ts'
import { json } from './json.ts'
import { loki, lokiReady } from './loki.ts'
import { metrics } from './metrics-json.ts'
import { otlpLogs } from './otlp/logs.ts'
import { otlpMetrics } from './otlp/metrics.ts'
import { otlpTraces } from './otlp/traces.ts'
import { remoteWrite } from './prometheus/write.ts'
import { type Reason, Refused } from './refused.ts'
import { sourceOf, tokenOf } from './source.ts'
import { splunkEvent, splunkHealth, splunkRaw } from './splunk.ts'
import { syslog } from './syslog.ts'
import { TailedUpload } from './tail.ts'
import { text, type Wire } from './wire.ts'

/** Door 2: one line per wire, first match. */
const wires: [method: string, path: RegExp, wire: Wire][] = [
  ['POST', /^\/(api\/logs\/ingest)?$/, json],
  ['POST', /^\/v1\/logs$/, otlpLogs],
  ['POST', /^\/(v1\/traces|api\/traces\/ingest)$/, otlpTraces],
  ['POST', /^\/v1\/metrics$/, otlpMetrics],
  ['POST', /^\/api\/v1\/write$/, remoteWrite],
  ['POST', /^\/loki\/api\/v1\/push$/, loki],
  ['GET', /^\/loki\/(ready|api\/v1\/ready)$/, lokiReady],
  ['POST', /^\/([^/]+\/)?_bulk$/, bulk],
  ['PUT', /^\/([^/]+\/)?_bulk$/, bulk],
  ['GET', /^\/$/, handshake],
  ['POST', /^\/services\/collector(\/event(\/1\.0)?)?$/, splunkEvent],
  ['POST', /^\/services\/collector\/raw(\/1\.0)?$/, splunkRaw],
  ['GET', /^\/services\/collector\/health(\/1\.0)?$/, splunkHealth],
  ['POST', /^\/syslog$/, syslog],
  ['POST', /^\/(metrics|api\/metrics\/ingest)$/, metrics],
]

const statuses = { 'too-large': 413, busy: 503, encoding: 415, 'media-type': 415, unreadable: 400 } satisfies Record<Reason, number>

export const ingest = {
  async fetch(request: Request, env: Env): Promise<Response> {
    const url = new URL(request.url)
    const here = wires.filter(([, path]) => path.test(url.pathname))
    const wire = here.find(([method]) => method === request.method)?.[2]
    if (!wire) return here.length ? text(405, 'This is for another method.') : text(404, 'There is nothing to send to here.')
    if (wire.open) return wire.open(request)
    const at = Date.now()
    const refuse = (status: number, message: string, retryAfter?: number) => {
      const answer = wire.refuse?.(request, status, message) ?? text(status, message)
      if (retryAfter) answer.headers.set('retry-after', String(retryAfter))
      return answer
    }
    const upload = new TailedUpload(env)
    let body: Body | undefined
    try {
      const source = await sourceOf(env, tokenOf(request, url), at)
      if (!source) return refuse(403, 'Unauthorized')
      if (source.paused) return refuse(402, 'Ingesting is paused for this source.')
      upload.from(source, at)
      body = new Body(request)
      return await wire.take({ request, url, env, source, at, body, upload })
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
