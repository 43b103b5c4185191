import { encode as msgpack } from '@msgpack/msgpack'
import { compress } from 'snappyjs'
import { encode } from '../test/ingest/encode.ts'
import { pushRequest } from '../workers/ingest/loki.ts'
import { logsRequest, metricsRequest, tracesRequest } from '../workers/ingest/otlp/messages.ts'
import { writeRequest } from '../workers/ingest/prometheus/messages.ts'

/** A real body of one protocol: where it goes, as what, and how many records it holds. */
export type Sample = { name: string; path: string; type: string; encoding?: string; records: number; body: Uint8Array<ArrayBuffer> }

const utf8 = (text: string) => new TextEncoder().encode(text)
const kv = (key: string, stringValue: string) => ({ key, value: { stringValue } })

/** 100 records (or `records`) of every protocol, about 250 bytes each, made at `at` (epoch ms). */
export function samples(at: number, records = 100): Sample[] {
  const many = <T>(make: (i: number) => T): T[] => Array.from({ length: records }, (_, i) => make(i))
  const iso = new Date(at).toISOString()
  const id = (i: number) => (i + 1).toString(16).padStart(32, '5')
  const logs = many((i) => ({
    dt: iso,
    level: i % 7 ? 'info' : 'error',
    message: `GET /api/cart/${i} took ${i * 7} ms`,
    service: 'checkout',
    trace_id: id(i),
    http: { method: 'GET', status: 200 + (i % 3), path: `/api/cart/${i}` },
    user: { id: `user-${i}`, plan: 'team' },
  }))
  const ns = `${at}000000`
  const attributes = [kv('http.method', 'GET'), kv('http.path', '/api/cart'), kv('user.plan', 'team')]
  const resource = { attributes: [kv('service.name', 'checkout'), kv('host.name', 'web-1')] }
  const scope = { name: 'bench' }
  const logRecords = many((i) => ({
    timeUnixNano: ns,
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: logs[i]!.message },
    attributes,
    traceId: id(i),
    spanId: id(i).slice(16),
  }))
  const spans = many((i) => ({
    traceId: id(i),
    spanId: id(i).slice(16),
    name: 'GET /api/cart',
    kind: 2,
    startTimeUnixNano: ns,
    endTimeUnixNano: `${at + i}000000`,
    attributes,
    status: { code: i % 7 ? 1 : 2 },
  }))
  const metric = {
    name: 'requests',
    sum: {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: many((i) => ({ timeUnixNano: ns, asInt: String(i), attributes: [kv('path', `/p/${i}`), ...attributes] })),
    },
  }
  const otlp = {
    logs: [{ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] }, logsRequest],
    traces: [{ resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] }, tracesRequest],
    metrics: [{ resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics: [metric] }] }] }, metricsRequest],
  } as const
  const series = many((i) => ({
    labels: [
      ['__name__', 'requests_total'],
      ['job', 'api'],
      ['path', `/p/${i}`],
    ].map(([name, value]) => ({ name, value })),
    samples: [{ value: i * 3.5, timestamp: at }],
  }))
  const entries = many((i) => ({ time: { seconds: Math.floor(at / 1000), nanos: i }, line: logs[i]!.message }))
  const ndjson = logs.map((l) => JSON.stringify(l)).join('\n')
  const made = (name: string, path: string, type: string, body: Uint8Array, encoding?: string): Sample => ({
    name,
    path,
    type,
    records,
    body: new Uint8Array(body),
    ...(encoding ? { encoding } : {}),
  })
  return [
    made('JSON array', '/', 'application/json', utf8(JSON.stringify(logs))),
    made('NDJSON', '/', 'application/x-ndjson', utf8(ndjson)),
    made('MessagePack', '/', 'application/msgpack', msgpack(logs)),
    ...Object.entries(otlp).flatMap(([signal, [body, message]]) => [
      made(`OTLP ${signal} protobuf`, `/v1/${signal}`, 'application/x-protobuf', encode(body, message)),
      made(`OTLP ${signal} JSON`, `/v1/${signal}`, 'application/json', utf8(JSON.stringify(body))),
    ]),
    made('remote write', '/api/v1/write', 'application/x-protobuf', compress(encode({ timeseries: series }, writeRequest)), 'snappy'),
    made(
      'Loki protobuf',
      '/loki/api/v1/push',
      'application/x-protobuf',
      compress(encode({ streams: [{ labels: '{job="api"}', entries }] }, pushRequest)),
    ),
    made(
      'Loki JSON',
      '/loki/api/v1/push',
      'application/json',
      utf8(JSON.stringify({ streams: [{ stream: { job: 'api' }, values: logs.map((l) => [ns, l.message]) }] })),
    ),
    made(
      'Elasticsearch bulk',
      '/_bulk',
      'application/x-ndjson',
      utf8(logs.map((l) => `{"create":{"_index":"app"}}\n${JSON.stringify(l)}\n`).join('')),
    ),
    made(
      'Splunk events',
      '/services/collector/event',
      'application/json',
      utf8(logs.map((l) => JSON.stringify({ time: at / 1000, event: l })).join('')),
    ),
    made('Splunk raw', '/services/collector/raw', 'text/plain', utf8(logs.map((l) => l.message).join('\n'))),
    made('syslog', '/syslog', 'text/plain', utf8(logs.map((l) => `<14>1 ${iso} host checkout 7 - [a b="c"] ${l.message}\n`).join(''))),
    made(
      'metrics JSON',
      '/metrics',
      'application/json',
      utf8(JSON.stringify(many((i) => ({ name: 'cpu', gauge: { value: i }, tags: { host: `h${i}` } })))),
    ),
  ]
}
