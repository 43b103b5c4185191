import { beforeEach, describe, expect, test } from 'vitest'
import { logsRequest, metricsRequest, tracesRequest } from '../../workers/ingest/otlp/messages.ts'
import type { Message } from '../../workers/ingest/protobuf.ts'
import { encode } from './encode.ts'
import { aSource, type GivenSource } from './given.ts'

const kv = (key: string, value: object) => ({ key, value })
const resource = {
  attributes: [
    kv('service.name', { stringValue: 'shop' }),
    kv('service.instance.id', { stringValue: 'i1' }),
    kv('host.name', { stringValue: 'h' }),
  ],
}
const scope = { name: 'lib', version: '1.2', attributes: [kv('s', { intValue: '7' })] }
const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const NS = '1795414416123456789'

const logs = {
  resourceLogs: [
    {
      resource,
      scopeLogs: [
        {
          scope,
          logRecords: [
            {
              timeUnixNano: NS,
              observedTimeUnixNano: NS,
              severityNumber: 10,
              severityText: 'Information',
              traceId,
              spanId,
              body: { stringValue: 'paid žluť' },
              attributes: [
                kv('text', { stringValue: 'a' }),
                kv('yes', { boolValue: true }),
                kv('int', { intValue: '-9007199254740993' }),
                kv('double', { doubleValue: 637.704 }),
                kv('list', { arrayValue: { values: [{ stringValue: 'many' }, { intValue: '2' }] } }),
                kv('map', { kvlistValue: { values: [kv('in.side', { stringValue: 'x' })] } }),
                kv('bytes', { bytesValue: 'AQI=' }),
              ],
            },
            {
              observedTimeUnixNano: NS,
              severityNumber: 17,
              eventName: 'browser.page_view',
              body: { kvlistValue: { values: [kv('type', { intValue: '0' })] } },
            },
          ],
        },
      ],
    },
  ],
}
const span = {
  traceId,
  spanId,
  parentSpanId: 'eee19b7ec3c1b173',
  name: 'GET /cart',
  kind: 2,
  startTimeUnixNano: NS,
  endTimeUnixNano: '1795414417123456790',
  attributes: [kv('http.status_code', { intValue: '500' })],
  events: [{ timeUnixNano: NS, name: 'retry', attributes: [kv('n', { intValue: '1' })] }],
  links: [{ traceId: '11111111111111111111111111111111', spanId: '2222222222222222', attributes: [] }],
  status: { code: 2, message: 'boom' },
}
const traces = { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [span, { ...span, traceId: '00', name: 'bad' }] }] }] }
const point = { startTimeUnixNano: '1795414410000000000', timeUnixNano: NS, attributes: [kv('http.method', { stringValue: 'GET' })] }
const metrics = {
  resourceMetrics: [
    {
      resource,
      scopeMetrics: [
        {
          scope,
          metrics: [
            {
              name: 'orders',
              unit: '{order}',
              description: 'Orders.',
              sum: {
                aggregationTemporality: 2,
                isMonotonic: true,
                dataPoints: [
                  {
                    ...point,
                    asInt: '5',
                    exemplars: [{ timeUnixNano: NS, asDouble: 1.5, traceId, spanId, filteredAttributes: [kv('k', { stringValue: 'v' })] }],
                  },
                ],
              },
            },
            {
              name: 'temp',
              unit: 'Cel',
              gauge: {
                dataPoints: [
                  { ...point, asDouble: -1.25 },
                  { ...point, timeUnixNano: '1795414417000000000', flags: 1 },
                ],
              },
            },
            { name: 'diff', sum: { aggregationTemporality: 1, isMonotonic: true, dataPoints: [{ ...point, asDouble: 2 }] } },
            {
              name: 'lat',
              unit: 's',
              histogram: {
                aggregationTemporality: 2,
                dataPoints: [{ ...point, count: '6', sum: 9.5, bucketCounts: ['1', '2', '3'], explicitBounds: [0.1, 1] }],
              },
            },
            {
              name: 'exp',
              exponentialHistogram: {
                aggregationTemporality: 2,
                dataPoints: [
                  {
                    ...point,
                    count: '10',
                    sum: 20,
                    scale: 9,
                    zeroCount: '1',
                    positive: { offset: -3, bucketCounts: ['1', '0', '2', '3'] },
                    negative: { offset: 0, bucketCounts: ['3'] },
                  },
                ],
              },
            },
            { name: 'old', summary: { dataPoints: [{ ...point, count: '2', sum: 3, quantileValues: [{ quantile: 0.5, value: 1 }] }] } },
            { name: '', gauge: { dataPoints: [{ ...point, asDouble: 1 }] } },
          ],
        },
      ],
    },
  ],
}

const forms: [string, (body: object, message: Message) => BodyInit, string][] = [
  ['JSON', (body) => JSON.stringify(body), 'application/json'],
  ['protobuf', (body, message) => encode(body as Record<string, unknown>, message), 'application/x-protobuf'],
  // over 1 MB it is read part by part
  [
    'large JSON',
    (body) => `${' '.repeat(1_000_001)}${JSON.stringify({ unknown: ['}"]', { a: [1] }], ...body }, null, 1)}\n`,
    'application/json; charset=utf-8',
  ],
]

describe.each(forms)('%s', (form, wire, type) => {
  let given: GivenSource
  beforeEach(async () => {
    given = await aSource()
  })
  const send = (path: string, body: object, message: Message) => given.send(path, wire(body, message), { 'content-type': type })

  test('log records keep their time, level, ids and attributes', async () => {
    const r = await send('/v1/logs', logs, logsRequest)
    expect([r.status, await r.text()]).toEqual([200, form === 'protobuf' ? '' : '{"partialSuccess":{}}'])
    const rows = await given.stored('logs', 2, 'message')
    const shared = {
      'resource.service.name': 'shop',
      'resource.service.instance.id': 'i1',
      'resource.host.name': 'h',
      'scope.name': 'lib',
      'scope.version': '1.2',
      'scope.s': '7',
    }
    expect(rows[1]).toMatchObject({ level: 'error', message: '{"type":0}', service: 'shop', timestamp: '2026-11-23T06:13:36.123456789Z' })
    expect(rows[0]).toMatchObject({
      timestamp: '2026-11-23T06:13:36.123456789Z',
      level: 'information',
      message: 'paid žluť',
      trace_id: traceId,
      span_id: spanId,
      attributes: {
        ...shared,
        text: 'a',
        yes: 'true',
        int: '-9007199254740993',
        double: '637.704',
        list: '["many",2]',
        'map.in.side': 'x',
        bytes: 'AQI=',
      },
    })
  })

  test('spans are stored; one without a valid id is told and left out', async () => {
    const r = await send('/v1/traces', traces, tracesRequest)
    expect(r.status).toBe(200)
    if (form !== 'protobuf')
      expect(await r.json()).toEqual({ partialSuccess: { rejectedSpans: '1', errorMessage: 'Left out: a span without a valid trace id.' } })
    else expect(new TextDecoder().decode(await r.arrayBuffer())).toContain('without a valid trace id')
    const rows = await given.stored('spans', 1)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      trace_id: traceId,
      span_id: spanId,
      parent_span_id: 'eee19b7ec3c1b173',
      name: 'GET /cart',
      kind: 'server',
      service: 'shop',
      timestamp: '2026-11-23T06:13:36.123456789Z',
      duration_ns: 1000000001,
      status: 'error',
      status_message: 'boom',
      attributes: { 'http.status_code': '500', 'resource.host.name': 'h' },
      'events.name': ['retry'],
      'events.attributes': [{ n: '1' }],
      'links.trace_id': ['11111111111111111111111111111111'],
    })
  })

  test('metrics become series as Prometheus names them', async () => {
    const r = await send('/v1/metrics', metrics, metricsRequest)
    expect(r.status).toBe(200)
    expect(new TextDecoder().decode(await r.arrayBuffer())).toContain('A metric has no name.')
    const target = { job: 'shop', instance: 'i1' }
    const labels = { ...target, http_method: 'GET' }
    const rows = await given.samples(13)
    expect(rows.map((s) => [s.name, s.labels, s.kind ? 'stale' : s.value])).toEqual([
      ['diff_total', labels, 2],
      ['lat_seconds_bucket', { ...labels, le: '+Inf' }, 6],
      ['lat_seconds_bucket', { ...labels, le: '0.1' }, 1],
      ['lat_seconds_bucket', { ...labels, le: '1' }, 3],
      ['lat_seconds_count', labels, 6],
      ['lat_seconds_sum', labels, 9.5],
      ['old', { ...labels, quantile: '0.5' }, 1],
      ['old_count', labels, 2],
      ['old_sum', labels, 3],
      ['orders_total', labels, 5],
      ['target_info', { ...target, host_name: 'h' }, 1],
      ['temp_celsius', labels, -1.25],
      ['temp_celsius', labels, 'stale'],
    ])
    expect(rows.find((s) => s.name === 'orders_total')).toMatchObject({ at: 1795414416123, start: 1795414410000 })
    expect(rows.at(-1)!.bits).toBe('7FF0000000000002')
    // scale 9 becomes schema 8: buckets -3 … 0 of the finer scale are -2, -1, -1, 0 of the coarser, one higher in Prometheus' count
    expect(await given.stored('histograms', 1, 'at')).toMatchObject([
      {
        schema: 8,
        count: 10,
        sum: 20,
        zero_count: 1,
        zero_threshold: 1e-128,
        positive_index: [-1, 0, 1],
        positive_count: [1, 2, 3],
        negative_index: [1],
        negative_count: [3],
        hint: 'unknown',
      },
    ])
    expect(await given.stored('exemplars', 1, 'at')).toMatchObject([{ value: 1.5, trace_id: traceId, span_id: spanId, labels: { k: 'v' } }])
    expect(await given.stored('metric_metadata', 6, 'name')).toMatchObject([
      { name: 'diff_total', type: 'counter' },
      { name: 'exp' },
      { name: 'lat_seconds' },
      { name: 'old' },
      { name: 'orders_total', type: 'counter', help: 'Orders.', unit: '{order}' },
      { name: 'temp_celsius', type: 'gauge' },
    ])
  })
})

test('an error is a google.rpc.Status in the encoding of the request', async () => {
  const { send } = await aSource()
  const asJson = await send('/v1/traces', '{"resourceSpans": 7}', { 'content-type': 'application/json' })
  expect([asJson.status, await asJson.json()]).toEqual([400, { code: 3, message: 'resourceSpans is not an array.' }])
  const asProtobuf = await send('/v1/traces', new Uint8Array([0x0a, 0x7f, 1]), { 'content-type': 'application/x-protobuf' })
  expect([asProtobuf.status, asProtobuf.headers.get('content-type')]).toEqual([400, 'application/x-protobuf'])
  expect([...new Uint8Array(await asProtobuf.arrayBuffer())].slice(0, 3)).toEqual([8, 3, 0x12])
  expect((await send('/v1/logs', 'x', { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await send('/v1/logs', '{}', { 'content-type': 'application/json', authorization: 'Bearer no' })).status).toBe(403)
})

test('an empty request is a success', async () => {
  const { send } = await aSource()
  for (const path of ['/v1/logs', '/v1/traces', '/v1/metrics', '/api/traces/ingest']) {
    expect((await send(path, '{}', { 'content-type': 'application/json' })).status).toBe(200)
    expect((await send(path, '', { 'content-type': 'application/x-protobuf' })).status).toBe(200)
  }
})

describe('what records share', () => {
  const many = (attributes: object[], records: number) => ({
    resourceLogs: [
      { resource: { attributes }, scopeLogs: [{ logRecords: Array.from({ length: records }, () => ({ body: { stringValue: 'x' } })) }] },
    ],
  })
  const send = (given: GivenSource, body: object) => given.send('/v1/logs', JSON.stringify(body), { 'content-type': 'application/json' })

  test('a resource over 100 KB is cut, and every record says so', async () => {
    const given = await aSource()
    const attributes = [
      kv('service.name', { stringValue: 'shop' }),
      kv('huge', { stringValue: 'x'.repeat(200_000) }),
      kv('zone', { stringValue: 'b' }),
    ]
    expect((await send(given, many(attributes, 2))).status).toBe(200)
    for (const row of await given.stored('logs', 2)) {
      expect(row).toMatchObject({
        service: 'shop',
        attributes: { 'resource.zone': 'b', 'resource._tocsin.truncated': expect.stringContaining('1 attributes') },
      })
      expect(row.attributes).not.toHaveProperty('resource.huge')
    }
  })

  test('a small body whose records would become enormous is 413, and nothing of it is stored', async () => {
    const given = await aSource()
    const body = many([kv('large', { stringValue: 'x'.repeat(90_000) })], 400)
    expect((await send(given, body)).status).toBe(413)
    expect((await send(given, many([], 1))).status).toBe(200)
    expect(await given.stored('logs', 1)).toHaveLength(1)
  })

  test('values nested deeper than 64 levels are cut and marked, and a record of more than 1,000 attributes says how many were left out', async () => {
    const given = await aSource()
    let deep: object = { stringValue: 'bottom' }
    for (let i = 0; i < 100; i++) deep = { kvlistValue: { values: [kv('n', deep)] } }
    const wide = Array.from({ length: 1200 }, (_, i) => kv(`a${i}`, { intValue: String(i) }))
    const records = [
      { body: { stringValue: 'deep' }, attributes: [kv('d', deep)] },
      { body: { stringValue: 'wide' }, attributes: wide },
    ]
    expect((await send(given, { resourceLogs: [{ scopeLogs: [{ logRecords: records }] }] })).status).toBe(200)
    const [first, second] = await given.stored('logs', 2, 'message')
    expect(JSON.stringify(first!.attributes)).toContain('_tocsin.truncated')
    expect(JSON.stringify(first!.attributes)).not.toContain('bottom')
    expect(second!.attributes['_tocsin.truncated']).toMatch(/200 attributes beyond the first 1000/)
    expect(Object.keys(second!.attributes)).toHaveLength(1001)
  })
})
