import { compress } from 'snappyjs'
import { beforeAll, expect, test } from 'vitest'
import { writeRequest, writeRequest2 } from '../../workers/ingest/prometheus/messages.ts'
import { encode } from './encode.ts'
import { aSource, type GivenSource } from './given.ts'

const now = 1795414416123
const one = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' }
const two = {
  ...one,
  'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
  'x-prometheus-remote-write-version': '2.0.0',
}
const labels = (record: Record<string, string>) => Object.entries(record).map(([name, value]) => ({ name, value }))
const native = {
  countInt: 12,
  sum: 18.4,
  schema: 1,
  zeroThreshold: 0.001,
  zeroCountInt: 2,
  positiveSpans: [
    { offset: 0, length: 2 },
    { offset: 1, length: 2 },
  ],
  positiveDeltas: [1, 1, -1, 0],
  negativeSpans: [{ offset: -2, length: 1 }],
  negativeCounts: [5],
  resetHint: 1,
  timestamp: now,
}
const written = (r: Response) => ['Samples', 'Histograms', 'Exemplars'].map((w) => r.headers.get(`X-Prometheus-Remote-Write-${w}-Written`))

let given: GivenSource
beforeAll(async () => {
  given = await aSource()
})

test('1.0: samples, stale markers, histograms, exemplars and metadata', async () => {
  const { send, samples, stored } = await aSource()
  const body = {
    timeseries: [
      {
        labels: labels({ __name__: 'up', job: 'api', empty: '' }),
        samples: [
          { value: 1, timestamp: now },
          { value: 'stale', timestamp: now + 1000 },
          { value: Number.NaN, timestamp: now + 2000 },
          { value: Number.POSITIVE_INFINITY, timestamp: now + 3000 },
          { timestamp: now - 5000 },
          { value: 2.5, timestamp: now },
        ],
        exemplars: [{ labels: labels({ trace_id: 'abc', k: 'v' }), value: 0.5, timestamp: now }],
      },
      {
        labels: labels({ __name__: 'lat', job: 'api' }),
        histograms: [
          native,
          { ...native, schema: -53, customValues: [1, 2], positiveSpans: [{ length: 2 }], positiveDeltas: [1, 1], timestamp: now + 1 },
          { sum: 'stale', timestamp: now + 2 },
        ],
      },
    ],
    metadata: [{ type: 1, name: 'up', help: 'Whether it is.', unit: '' }],
  }
  const r = await send('/api/v1/write', compress(encode(body, writeRequest)), one)
  expect([r.status, await r.text(), written(r)]).toEqual([204, '', ['7', '2', '1']])
  const rows = await samples(6)
  expect(rows.map((s) => [s.name, s.labels, s.at - now, s.kind, s.value, s.bits])).toEqual([
    ['lat', { job: 'api' }, 2, 1, null, '7FF0000000000002'],
    ['up', { job: 'api' }, -5000, 0, 0, '00'],
    ['up', { job: 'api' }, 0, 0, 2.5, '4004000000000000'],
    ['up', { job: 'api' }, 1000, 1, null, '7FF0000000000002'],
    ['up', { job: 'api' }, 2000, 0, null, '7FF8000000000000'],
    ['up', { job: 'api' }, 3000, 0, null, '7FF0000000000000'],
  ])
  const [first, second] = await stored('histograms', 2, 'at')
  expect(first).toMatchObject({ schema: 1, count: 12, sum: 18.4, zero_threshold: 0.001, zero_count: 2, hint: 'reset' })
  expect([first!.positive_index, first!.positive_count, first!.negative_index, first!.negative_count]).toEqual([
    [0, 1, 3, 4],
    [1, 2, 1, 1],
    [-2],
    [5],
  ])
  expect(second).toMatchObject({ schema: -53, bounds: [1, 2], positive_index: [0, 1], positive_count: [1, 2] })
  expect(await stored('exemplars', 1, 'at')).toMatchObject([{ value: 0.5, trace_id: 'abc', labels: { k: 'v' } }])
  expect(await stored('metric_metadata', 1, 'name')).toMatchObject([{ name: 'up', type: 'counter', help: 'Whether it is.' }])
})

test('2.0: symbols, metadata and both forms of a start', async () => {
  const { send, samples, stored } = await aSource()
  const symbols = ['', '__name__', 'http_requests_total', 'job', 'api', 'Requests.', 'requests', 'a', 'b']
  const body = {
    symbols,
    timeseries: [
      {
        labelsRefs: [1, 2, 3, 4],
        samples: [{ value: 5, timestamp: now }],
        exemplars: [{ labelsRefs: [7, 8], value: 1, timestamp: now }],
        metadata: { type: 1, helpRef: 5, unitRef: 6 },
        createdTimestamp: now - 9000,
      },
      { labelsRefs: [1, 2, 3, 8], samples: [{ value: 5, timestamp: now, start: now - 7000 }], histograms: [native] },
    ],
  }
  const r = await send('/api/metrics/ingest', compress(encode(body, writeRequest2)), two)
  expect([r.status, written(r)]).toEqual([204, ['2', '1', '1']])
  expect((await samples(2)).map((s) => [s.labels, s.value, now - s.start])).toEqual([
    [{ job: 'api' }, 5, 9000],
    [{ job: 'b' }, 5, 7000],
  ])
  expect(await stored('metric_metadata', 1, 'name')).toMatchObject([
    { name: 'http_requests_total', type: 'counter', help: 'Requests.', unit: 'requests' },
  ])
})

test('series that cannot be stored are told with 400, and the good ones kept', async () => {
  const { send, samples } = await aSource()
  const sample = [{ value: 1, timestamp: now }]
  const bad: Record<string, string>[] = [{ job: 'no name' }, { __name__: '' }, { __name__: 'x', '': 'y' }]
  const timeseries = [
    ...bad.map((l) => ({ labels: labels(l), samples: sample })),
    { labels: [...labels({ __name__: 'x', a: '1' }), { name: 'a', value: '2' }], samples: sample },
    { labels: labels({ __name__: 'future' }), samples: [{ value: 1, timestamp: Date.now() + 10 * 86_400_000 }] },
    {
      labels: labels({ __name__: 'odd' }),
      histograms: [
        { ...native, positiveDeltas: [1] },
        { ...native, schema: 40 },
      ],
    },
    { labels: labels({ __name__: 'good' }), samples: sample },
  ]
  const r = await send('/api/v1/write', compress(encode({ timeseries }, writeRequest)), one)
  expect([r.status, written(r)]).toEqual([400, ['1', '0', '0']])
  const said = await r.text()
  for (const word of [
    'no metric name (2×)',
    'has no name (1×)',
    'stands twice',
    'more than a day ahead',
    'spans that do not fit its buckets',
  ])
    expect(said).toContain(word)
  expect((await samples(1)).map((s) => s.name)).toEqual(['good'])
})

test.each<[string, Record<string, string>]>([
  ['text', { ...one, 'content-type': 'text/plain' }],
  ['no content type', { ...one, 'content-type': '' }],
  ['an unknown message', { ...one, 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v3.Request' }],
  ['gzip', { ...one, 'content-encoding': 'gzip' }],
])('%s is 415 before anything is unpacked', async (_, headers) => {
  const bomb = new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f, 0])
  expect((await given.send('/api/v1/write', bomb, headers)).status).toBe(415)
})

test.each<[string, Uint8Array, number]>([
  ['a block that says it is 4 GB', new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f, 0]), 413],
  ['a cut block', compress(encode({ timeseries: [{ labels: labels({ __name__: 'a' }) }] }, writeRequest)).slice(0, -3), 400],
  ['no block', new Uint8Array(), 400],
  ['a block of something else', compress(new TextEncoder().encode('hello world')), 400],
])('%s is refused', async (_, body, status) => {
  expect((await given.send('/api/v1/write', body, one)).status).toBe(status)
})

test("Better Stack's metrics JSON becomes series", async () => {
  const { send, samples } = await aSource()
  const body = [
    { name: 'cpu', gauge: { value: 0.5 }, tags: { host: 'a' }, dt: now },
    { name: 'hits', counter: { value: 3 } },
  ]
  expect((await send('/metrics', JSON.stringify(body))).status).toBe(202)
  expect((await samples(2)).map((s) => [s.name, s.labels, s.value])).toEqual([
    ['cpu', { host: 'a' }, 0.5],
    ['hits', {}, 3],
  ])
  expect((await send('/metrics', '[{"name":"cpu"}]')).status).toBe(406)
  expect((await send('/metrics', 'nonsense')).status).toBe(406)
})
