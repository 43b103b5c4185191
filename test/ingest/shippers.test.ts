import { compress } from 'snappyjs'
import { beforeEach, describe, expect, test } from 'vitest'
import { pushRequest } from '../../workers/ingest/loki.ts'
import { call } from '../given.ts'
import { encode } from './encode.ts'
import { aSource, type GivenSource } from './given.ts'

const seconds = Math.floor(Date.now() / 1000) - 5
let given: GivenSource
beforeEach(async () => {
  given = await aSource()
})

describe('Loki', () => {
  const expected = [
    { message: 'first', service: 'web', attributes: { job: 'a"b', trace: 't' } },
    { message: '{"no":"text"}', attributes: { no: 'text', job: 'a"b' } },
    { message: 'inside', level: 'warn', attributes: { job: 'a"b' } },
  ]
  const lines = ['first', '{"no":"text"}', '{"msg":"inside","level":"WARN"}']

  test('JSON with structured metadata: 204', async () => {
    const values = lines.map((line, i) => [`${seconds}00000012${i}`, line, ...(i ? [] : [{ trace: 't' }])])
    const r = await given.send('/loki/api/v1/push', JSON.stringify({ streams: [{ stream: { job: 'a"b', service: 'web' }, values }] }), {
      'content-type': 'application/json',
    })
    expect([r.status, await r.text()]).toEqual([204, ''])
    const rows = await given.stored('logs', 3)
    expect(rows).toMatchObject(expected)
    expect(rows[0]!.timestamp).toMatch(/000000120Z$/)
  })

  test('snappy protobuf', async () => {
    const entries = lines.map((line, i) => ({
      time: { seconds, nanos: 120 + i },
      line,
      metadata: i ? [] : [{ name: 'trace', value: 't' }],
    }))
    const body = compress(encode({ streams: [{ labels: '{job="a\\"b", service="web"}', entries }] }, pushRequest))
    expect((await given.send('/loki/api/v1/push', body, { 'content-type': 'application/x-protobuf' })).status).toBe(204)
    const rows = await given.stored('logs', 3)
    expect(rows).toMatchObject(expected)
    expect(rows[2]!.timestamp).toMatch(/000000122Z$/)
  })

  test.each(['{', '{"streams":1}', '{"streams":[{"stream":{},"values":[["1"]]}]}', '[]', 'null'])('%s is 400', async (body) => {
    expect((await given.send('/loki/api/v1/push', body, { 'content-type': 'application/json' })).status).toBe(400)
  })
  test.each(['job', '{job}', '{job="a" x}', '{job="a'])('labels %s are 400', async (labels) => {
    const body = compress(encode({ streams: [{ labels, entries: [{ line: 'x' }] }] }, pushRequest))
    expect((await given.send('/loki/api/v1/push', body, { 'content-type': 'application/x-protobuf' })).status).toBe(400)
  })
})

describe('Elasticsearch', () => {
  const json = { 'content-type': 'application/x-ndjson' }
  test('the handshake says which product it is', async () => {
    const r = await call('/', { headers: { authorization: `ApiKey ${btoa(`id:${given.token}`)}` } })
    expect([r.status, r.headers.get('x-elastic-product')]).toEqual([200, 'Elasticsearch'])
    expect(await r.json()).toMatchObject({ version: { number: '8.17.0' }, tagline: 'You Know, for Search' })
    expect((await call('/', { headers: { authorization: 'ApiKey bad' } })).status).toBe(403)
  })

  test('every document has its own result', async () => {
    const body = [
      { index: { _index: 'app' } },
      { message: 'one', '@timestamp': new Date().toISOString() },
      { create: { _id: 'x' } },
      { message: 'two' },
      { delete: { _id: 'x' } },
      { update: { _id: 'x' } },
      { doc: {} },
      { index: {} },
      [1],
    ]
    const r = await given.send('/logs-app/_bulk', `${body.map((l) => JSON.stringify(l)).join('\n')}\n`, json)
    expect([r.status, r.headers.get('x-elastic-product')]).toEqual([200, 'Elasticsearch'])
    const answer = (await r.json()) as { errors: boolean; items: Record<string, { status: number; _index: string }>[] }
    expect(answer.errors).toBe(true)
    expect(answer.items.map((i) => Object.entries(i).map(([k, v]) => [k, v.status, v._index])[0])).toEqual([
      ['index', 201, 'app'],
      ['create', 201, 'logs-app'],
      ['delete', 400, 'logs-app'],
      ['update', 400, 'logs-app'],
      ['index', 400, 'logs-app'],
    ])
    const rows = await given.stored('logs', 2, 'message')
    expect(rows.map((l) => [l.message, l.attributes._index])).toEqual([
      ['one', 'app'],
      ['two', 'logs-app'],
    ])
  })

  test('a document over 1 MB fails alone', async () => {
    const r = await given.send('/_bulk', `{"index":{}}\n{"message":"${'x'.repeat(1_000_001)}"}\n{"index":{}}\n{"message":"small"}\n`, json)
    const { items } = (await r.json()) as { items: { index: { status: number } }[] }
    expect(items.map((i) => i.index.status)).toEqual([400, 201])
    expect(await given.stored('logs', 1)).toMatchObject([{ message: 'small' }])
  })

  test.each(['{"index":{}}', 'nonsense\n{}\n', '{"drop":{}}\n'])('%s is 400 in its own words', async (body) => {
    const r = await given.send('/_bulk', body, json)
    expect(r.status).toBe(400)
    expect(await r.json()).toMatchObject({ status: 400, error: { type: 'parse_exception' } })
  })
})

describe('Splunk', () => {
  const splunk = (path: string, body: string) => given.send(path, body, { authorization: `Splunk ${given.token}` })
  test('events after one another, text or objects', async () => {
    const body = `{"time":${seconds}.25,"host":"h","sourcetype":"st","event":"text","fields":{"f":1}}{"event":{"message":"object","level":"info"}}`
    const r = await splunk('/services/collector/event', body)
    expect([r.status, await r.json()]).toEqual([200, { text: 'Success', code: 0 }])
    const rows = await given.stored('logs', 2)
    expect(rows).toMatchObject([
      { message: 'text', attributes: { host: 'h', sourcetype: 'st', f: '1' } },
      { message: 'object', level: 'info' },
    ])
    expect(rows[0]!.timestamp).toBe(`${new Date(seconds * 1000).toISOString().slice(0, 19)}.250000000Z`)
  })
  test('raw lines', async () => {
    expect((await splunk('/services/collector/raw?host=h&sourcetype=st', 'one\r\n\ntwo')).status).toBe(200)
    expect(await given.stored('logs', 2, 'message')).toMatchObject([{ message: 'one', attributes: { host: 'h' } }, { message: 'two' }])
  })
  test('health needs no token', async () => {
    const r = await call('/services/collector/health')
    expect([r.status, await r.json()]).toEqual([200, { text: 'HEC is healthy', code: 17 }])
  })
  test.each<[string, number, object]>([
    ['', 400, { text: 'No data', code: 6 }],
    ['{"event":""}', 400, { text: 'Event field cannot be blank', code: 6 }],
    ['{"time":1}', 400, { text: 'Event field is required', code: 6 }],
    ['{"event":', 400, { text: 'Invalid data format', code: 6 }],
  ])('%s is %i in its own words', async (body, status, answer) => {
    const r = await splunk('/services/collector/event', body)
    expect([r.status, await r.json()]).toEqual([status, answer])
  })
  test('a wrong token is told in its own words', async () => {
    const r = await given.send('/services/collector', '{"event":"x"}', { authorization: 'Splunk nobody' })
    expect([r.status, await r.json()]).toEqual([403, { text: 'Invalid token', code: 4 }])
  })
})

const frame = (message: string) => `${new TextEncoder().encode(message).length} ${message}`

describe('syslog', () => {
  test.each<[string, string, string]>([
    ['lines', 'text/plain', '<34>1 2026-10-11T22:14:15.003Z host su - ID47 - one\n<13>Nov 20 10:00:00 host app[7]: two\n'],
    [
      'frames',
      'application/octet-stream',
      frame('<34>1 2026-10-11T22:14:15.003Z host su - ID47 - one') + frame('<13>1 2026-11-20T10:00:00Z host app 7 - - two'),
    ],
    [
      'a Heroku drain',
      'application/logplex-1',
      frame('<34>1 2026-10-11T22:14:15.003Z host su - ID47 one\n') + frame('<13>1 2026-11-20T10:00:00Z host app 7 - two\n'),
    ],
  ])('%s', async (_, type, body) => {
    const r = await given.send(`/syslog?source_token=${given.token}`, body, { 'content-type': type, authorization: '' })
    expect([r.status, await r.text()]).toEqual([202, ''])
    expect(await given.stored('logs', 2)).toMatchObject([
      {
        message: 'one',
        level: 'critical',
        service: 'su',
        timestamp: '2026-10-11T22:14:15.003000000Z',
        attributes: { host: 'host', msgid: 'ID47' },
      },
      { message: 'two', level: 'notice', service: 'app', timestamp: '2026-11-20T10:00:00.000000000Z', attributes: { procid: '7' } },
    ])
  })
  test('a frame longer than the body is 400', async () => {
    expect((await given.send('/syslog', '99 <13>cut')).status).toBe(400)
  })
})

test('another method is 405, another path 404', async () => {
  expect((await call('/v1/logs', { method: 'GET' })).status).toBe(405)
  expect((await call('/loki/nothing', { method: 'POST' })).status).toBe(404)
})

describe('agents, byte for byte as their documentation and sources say they send', () => {
  const zipped = async (text: string) => new Response(new Response(text).body!.pipeThrough(new CompressionStream('gzip'))).arrayBuffer()

  test('Vector, sink http with the codec json: an array, gzip', async () => {
    const at = new Date(seconds * 1000).toISOString().slice(0, 20)
    const events = [
      { file: '/var/log/app.log', host: 'web-1', message: 'paid', source_type: 'file', timestamp: `${at}123456789Z` },
      {
        host: 'web-1',
        kubernetes: { pod_name: 'a', pod_labels: { app: 'shop' } },
        level: 'WARN',
        message: 'slow',
        timestamp: `${at}200000000Z`,
      },
    ]
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'user-agent': 'Vector/0.42.0 (x86_64-unknown-linux-gnu)',
    }
    const r = await given.send('/', await zipped(JSON.stringify(events)), headers)
    expect([r.status, await r.text()]).toEqual([202, ''])
    const rows = await given.stored('logs', 2)
    expect(rows).toMatchObject([
      { message: 'paid', timestamp: `${at}123456789Z`, attributes: { file: '/var/log/app.log', host: 'web-1', source_type: 'file' } },
      { message: 'slow', level: 'warn', attributes: { 'kubernetes.pod_labels.app': 'shop' } },
    ])
  })

  test('Vector, sinks elasticsearch and loki', async () => {
    const bulk = '{"create":{"_index":"vector-2026.11.23"}}\n{"message":"by bulk","host":"web-1","timestamp":"2026-11-23T10:00:00.5Z"}\n'
    const r = await given.send('/_bulk?timeout=60s', await zipped(bulk), {
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
    })
    expect(await r.json()).toMatchObject({ errors: false })
    const push = {
      streams: [{ stream: { forwarder: 'vector' }, values: [[`${seconds}000000001`, '{"message":"by loki","host":"web-1"}']] }],
    }
    expect((await given.send('/loki/api/v1/push', JSON.stringify(push), { 'content-type': 'application/json' })).status).toBe(204)
    expect((await given.stored('logs', 2, 'message')).map((row) => row.message)).toEqual(['by bulk', 'by loki'])
  })

  test.each([
    ['json', (events: string[]) => `[${events.join(',')}]`],
    ['json_stream', (events: string[]) => events.join('')],
    ['json_lines', (events: string[]) => events.map((e) => `${e}\n`).join('')],
  ])('Fluent Bit, output http, Format %s, gzip', async (_, written) => {
    const at = new Date(seconds * 1000).toISOString().slice(0, 20)
    const events = [1, 2].map((n) => `{"dt":"${at}00000${n}Z","log":"line ${n}","stream":"stdout"}`)
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', 'user-agent': 'Fluent-Bit' }
    expect((await given.send('/', await zipped(written(events)), headers)).status).toBe(202)
    expect(await given.stored('logs', 2)).toMatchObject([
      { message: 'line 1', timestamp: `${at}000001000Z`, attributes: { stream: 'stdout' } },
      { message: 'line 2' },
    ])
  })

  test('Fluent Bit without a Format: MessagePack of its own', async () => {
    const time = new Uint8Array(10)
    time.set([0xd7, 0x00])
    new DataView(time.buffer).setUint32(2, seconds)
    new DataView(time.buffer).setUint32(6, 42)
    const body = [0x92, 0x92, ...time, 0x80, 0x81, 0xa3, 0x6c, 0x6f, 0x67, 0xa2, 0x68, 0x69]
    expect((await given.send('/', new Uint8Array(body), { 'content-type': 'application/msgpack' })).status).toBe(202)
    const [row] = await given.stored('logs', 1)
    expect(row).toMatchObject({ message: 'hi', timestamp: `${new Date(seconds * 1000).toISOString().slice(0, 20)}000000042Z` })
  })
})

test('bodies that are on their way count: what would be over 32 MB is 503 with a time to come again, until one of them is gone', async () => {
  const open = () => {
    const { readable, writable } = new FixedLengthStream(9_900_000)
    const answer = given.send('/loki/api/v1/push', readable, { 'content-type': 'application/x-protobuf' })
    const end = async () => {
      const writer = writable.getWriter()
      await writer.write(new Uint8Array(9_900_000).fill(0xff)).catch(() => {})
      await writer.close().catch(() => {})
    }
    return { answer, end }
  }
  const three = [open(), open(), open()]
  await expect
    .poll(async () => {
      const fourth = open()
      const end = setTimeout(fourth.end, 200)
      const r = await fourth.answer
      clearTimeout(end)
      return [r.status, r.headers.get('retry-after')]
    })
    .toEqual([503, '1'])
  await Promise.all(three.map((one) => one.end()))
  expect((await Promise.all(three.map((one) => one.answer))).map((r) => r.status)).toEqual([413, 413, 413])
  expect((await given.send('/', '{"message":"there is room again"}')).status).toBe(202)
})
