import { existsSync, readFileSync } from 'node:fs'
import { Client } from '@elastic/elasticsearch'
import { Logtail } from '@logtail/node'
import { OTLPLogExporter as LogsJson } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as LogsProto } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter as TracesJson } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as TracesProto } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import winston from 'winston'
import LokiTransport from 'winston-loki'
import { runTocsin, until } from './runner.ts'

let tocsin: Awaited<ReturnType<typeof runTocsin>>
let token: string
beforeAll(async () => {
  tocsin = await runTocsin({ env: { TOCSIN_DEMO: '0' } })
  const made = await tocsin.api('POST', '/api/logs/sources', { name: 'Clients', retention_days: 3652, metrics_retention_days: 3652 })
  token = made.body.token
})
afterAll(() => tocsin?.stop())

const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'i1' })
/** Rows of a query of the team's own, when there are `count`. */
const rows = (count: number, query: string): Promise<Record<string, any>[]> =>
  until(query, 15_000, async () => {
    const r = await tocsin.api('POST', '/api/logs/query', { query, from: '2001-01-01T00:00:00Z' })
    if (r.status !== 200) throw new Error(JSON.stringify(r.body))
    return r.body.data.length >= count && r.body.data
  })
const bearer = () => ({ authorization: `Bearer ${token}` })

test('@logtail/node: MessagePack, gzip', async () => {
  const logtail = new Logtail(token, { endpoint: tocsin.url, throwExceptions: true })
  await Promise.all([logtail.info('logtail one', { user: { id: 7 } }), logtail.error('logtail two')])
  await logtail.flush()
  expect(
    await rows(2, "SELECT message, level, attributes['user.id'] AS user FROM logs WHERE message LIKE 'logtail %' ORDER BY message"),
  ).toEqual([
    { message: 'logtail one', level: 'info', user: '7' },
    { message: 'logtail two', level: 'error', user: '' },
  ])
})

test('@logtail/pino', async () => {
  const transport = pino.transport({ target: '@logtail/pino', options: { sourceToken: token, options: { endpoint: tocsin.url } } })
  const logger = pino({}, transport)
  logger.warn({ order: 5 }, 'through pino')
  await new Promise((done) => transport.on('ready', done))
  transport.end()
  expect(await rows(1, "SELECT level, attributes['order'] AS o FROM logs WHERE message = 'through pino'")).toEqual([
    { level: 'warn', o: '5' },
  ])
})

test.each([
  ['http/protobuf', LogsProto],
  ['http/json', LogsJson],
] as const)('OpenTelemetry logs over %s', async (name, Exporter) => {
  const exporter = new Exporter({ url: `${tocsin.url}/v1/logs`, headers: bearer() })
  const provider = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor({ exporter })] })
  provider
    .getLogger('lib', '1.0')
    .emit({ severityNumber: 13, severityText: 'WARN', body: `otel ${name}`, attributes: { list: [1, 2], deep: { a: 'b' } } })
  await provider.shutdown()
  expect(
    await rows(
      1,
      `SELECT level, service, attributes['list'] AS list, attributes['deep.a'] AS deep, attributes['scope.name'] AS scope FROM logs WHERE message = 'otel ${name}'`,
    ),
  ).toEqual([{ level: 'warn', service: 'shop', list: '[1,2]', deep: 'b', scope: 'lib' }])
})

test.each([
  ['http/protobuf', TracesProto],
  ['http/json', TracesJson],
] as const)('OpenTelemetry traces over %s', async (name, Exporter) => {
  const exporter = new Exporter({ url: `${tocsin.url}/v1/traces`, headers: bearer() })
  const provider = new TracerProvider({ resource, spanProcessors: [new BatchSpanProcessor({ exporter })] })
  const span = provider.getTracer('lib').startSpan(`cart ${name}`, { kind: 1, attributes: { items: 3 } })
  span.addEvent('checked', { ok: true })
  span.setStatus({ code: 2, message: 'no stock' })
  span.end()
  await provider.shutdown()
  const { traceId, spanId } = span.spanContext()
  expect(
    await rows(
      1,
      `SELECT trace_id, span_id, kind, status, status_message, service, attributes['items'] AS items, events.name AS events FROM spans WHERE name = 'cart ${name}'`,
    ),
  ).toEqual([
    {
      trace_id: traceId,
      span_id: spanId,
      kind: 'server',
      status: 'error',
      status_message: 'no stock',
      service: 'shop',
      items: '3',
      events: ['checked'],
    },
  ])
})

test('OpenTelemetry metrics over http/protobuf, exponential histograms too', async () => {
  const exporter = new OTLPMetricExporter({ url: `${tocsin.url}/v1/metrics`, headers: bearer() })
  const views = [{ instrumentName: 'latency', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM as const } }]
  const provider = new MeterProvider({
    resource,
    views,
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  })
  const meter = provider.getMeter('lib')
  meter.createCounter('orders', { unit: '{order}', description: 'Orders.' }).add(5, { shop: 'a' })
  meter.createHistogram('size', { unit: 'By', advice: { explicitBucketBoundaries: [10, 100] } }).record(50)
  const latency = meter.createHistogram('latency')
  for (const value of [1, 2, 4]) latency.record(value)
  await provider.shutdown()
  expect(
    await rows(
      6,
      "SELECT name, labels['le'] AS le, labels['shop'] AS shop, labels['job'] AS job, value FROM metrics WHERE name IN ('orders_total') OR startsWith(name, 'size_') ORDER BY name, le",
    ),
  ).toEqual([
    { name: 'orders_total', le: '', shop: 'a', job: 'shop', value: 5 },
    { name: 'size_bytes_bucket', le: '+Inf', shop: '', job: 'shop', value: 1 },
    { name: 'size_bytes_bucket', le: '10', shop: '', job: 'shop', value: 0 },
    { name: 'size_bytes_bucket', le: '100', shop: '', job: 'shop', value: 1 },
    { name: 'size_bytes_count', le: '', shop: '', job: 'shop', value: 1 },
    { name: 'size_bytes_sum', le: '', shop: '', job: 'shop', value: 50 },
  ])
  const [histogram] = await rows(1, 'SELECT count, sum, schema, length(positive_index) AS buckets FROM histograms')
  expect(histogram).toEqual({ count: 3, sum: 7, schema: 6, buckets: 3 })
})

test('@elastic/elasticsearch: bulk, with its check of the product', async () => {
  const client = new Client({ node: tocsin.url, auth: { apiKey: { id: 'id', api_key: token } } })
  const answer = await client.bulk({
    operations: [
      { create: { _index: 'logs-app' } },
      { '@timestamp': new Date().toISOString(), message: 'through bulk', log: { level: 'warn' } },
    ],
  })
  expect([answer.errors, answer.items[0]?.create?.status]).toEqual([false, 201])
  expect((await client.info()).version.number).toBe('8.17.0')
  expect(await rows(1, "SELECT attributes['_index'] AS i FROM logs WHERE message = 'through bulk'")).toEqual([{ i: 'logs-app' }])
  await client.close()
})

test.each([true, false])('winston-loki, json: %s', async (json) => {
  const transport = new LokiTransport({ host: tocsin.url, basicAuth: `tocsin:${token}`, json, batching: false, labels: { job: 'winston' } })
  const logger = winston.createLogger({ transports: [transport] })
  logger.error(`winston ${json}`)
  expect(await rows(1, `SELECT level, attributes['job'] AS job FROM logs WHERE startsWith(message, 'winston ${json}')`)).toEqual([
    { level: 'error', job: 'winston' },
  ])
  await transport.flush()
  logger.close()
})

test('pino-loki', async () => {
  const transport = pino.transport({
    target: 'pino-loki',
    options: { host: tocsin.url, basicAuth: { username: 'tocsin', password: token }, labels: { app: 'shop' }, batching: false },
  })
  pino({}, transport).info({ cart: 9 }, 'through loki')
  expect(await rows(1, "SELECT service, attributes['cart'] AS cart FROM logs WHERE message = 'through loki'")).toEqual([
    { service: 'shop', cart: '9' },
  ])
  transport.end()
})

const examples = `${process.env.CONFORMANCE_DIR ?? '../shared/conformance'}/otlp`
if (!existsSync(examples)) console.log(`Skipped: the OTLP examples are not in ${examples}`)
test.skipIf(!existsSync(examples)).each([
  ['logs', 'logs.json', "SELECT message FROM logs WHERE message = 'Example log record'", 1],
  ['logs', 'events.json', "SELECT message FROM logs WHERE attributes['event_name'] = 'browser.page_view'", 1],
  ['traces', 'trace.json', "SELECT name FROM spans WHERE trace_id = '5b8efff798038103d269b633813fc60c'", 1],
  ['metrics', 'metrics.json', "SELECT DISTINCT name FROM series WHERE startsWith(name, 'my_')", 4],
])('the example of OTLP %s: %s', async (signal, file, query, count) => {
  const sent = await fetch(`${tocsin.url}/v1/${signal}`, {
    method: 'POST',
    headers: { ...bearer(), 'content-type': 'application/json' },
    body: readFileSync(`${examples}/${file}`),
  })
  expect([sent.status, await sent.json()]).toEqual([200, { partialSuccess: {} }])
  expect((await rows(count, query)).length).toBeGreaterThanOrEqual(count)
})
