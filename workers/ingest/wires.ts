import { bulk, handshake } from './elasticsearch.ts'
import { json } from './json.ts'
import { loki, lokiReady } from './loki.ts'
import { metrics } from './metrics-json.ts'
import { otlpLogs } from './otlp/logs.ts'
import { otlpMetrics } from './otlp/metrics.ts'
import { otlpTraces } from './otlp/traces.ts'
import { remoteWrite } from './prometheus/write.ts'
import { splunkEvent, splunkHealth, splunkRaw } from './splunk.ts'
import { syslog } from './syslog.ts'
import type { Wire } from './wire.ts'

/** One line per wire, first match. */
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

export const wireOf = (method: string, pathname: string): Wire | undefined =>
  wires.find(([m, path]) => m === method && path.test(pathname))?.[2]
export const isKnownPath = (pathname: string): boolean => wires.some(([, path]) => path.test(pathname))
