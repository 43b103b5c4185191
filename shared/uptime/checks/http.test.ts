import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { Readable, Writable } from 'node:stream'
import tls from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resolve, type Tcp } from './dns.ts'
import { checkHttp, type Effects } from './http.ts'
import type { CheckSpec } from './spec.ts'

// Real servers on this machine; only the way to them is Node's instead of workerd's.
const asked: IncomingMessage[] = []
const pages: Record<string, (q: IncomingMessage, s: ServerResponse) => void> = {
  '/ok': (_, s) => s.end('All systems ready. Grüße'),
  '/teapot': (_, s) => s.writeHead(418).end('short and stout'),
  '/broken': (q, s) => s.writeHead(503).end(`it broke: password=hunter22 ${q.headers.authorization} token: abcdef`),
  '/hop': (_, s) => s.writeHead(302, { location: '/ok' }).end(),
  '/loop': (_, s) => s.writeHead(302, { location: '/loop' }).end(),
  '/deeper': (q, s) => s.writeHead(302, { location: `/deeper?n=${Number(new URL(q.url!, 'http://x').searchParams.get('n')) + 1}` }).end(),
  '/there': (_, s) => s.writeHead(302, { location: `http://localhost:${other}/ok` }).end(),
  '/inside': (_, s) => s.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/post': (_, s) => s.writeHead(303, { location: '/ok' }).end(),
  '/again': (_, s) => s.writeHead(307, { location: '/ok' }).end(),
  '/silent': () => {},
  '/drip': (_, s) => void s.writeHead(200).write('a'),
  '/big': (_, s) => s.end(`${'x'.repeat(1_500_000)}needle`),
  '/latin': (_, s) => s.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(Buffer.from('Grüße', 'latin1')),
  '/platform': (_, s) => s.writeHead(522, { server: 'cloudflare' }).end('error code: 522'),
  '/cut': (_, s) => s.writeHead(200, { 'content-length': '100' }).write('a', () => s.destroy()),
}
const serve = () =>
  createServer((q, s) => {
    asked.push(q)
    pages[new URL(q.url!, 'http://x').pathname]!(q, s)
  })
const target = serve()
const elsewhere = serve()
const garbage = net.createServer((s) => s.on('error', () => {}).end('not http at all\r\n\r\n'))
const resolver = net.createServer((s) => s.on('error', () => {}).on('data', (d) => answer(s, d)))
let port: number, other: number, garbagePort: number, closed: number

beforeAll(async () => {
  const listen = (server: net.Server) =>
    new Promise<number>((ok) => server.listen(0, '127.0.0.1', () => ok((server.address() as AddressInfo).port)))
  ;[port, other, garbagePort, resolverPort] = (await Promise.all([target, elsewhere, garbage, resolver].map(listen))) as [
    number,
    number,
    number,
    number,
  ]
  const gone = net.createServer()
  closed = await listen(gone)
  await new Promise((ok) => gone.close(ok))
})
afterAll(() => {
  for (const server of [target, elsewhere]) server.closeAllConnections()
  for (const server of [target, elsewhere, garbage, resolver]) server.close()
})

/** Knows `inside.example.com` (10.0.0.7) and `gone.example.com` (does not exist); refuses to speak of anything else. */
let resolverPort = 0
function answer(socket: net.Socket, data: Buffer) {
  for (let at = 0; at < data.length; at += 2 + data.readUInt16BE(at)) {
    const q = data.subarray(at + 2, at + 2 + data.readUInt16BE(at))
    const name = q.subarray(12, -4).toString('latin1')
    const head = Buffer.from(q.subarray(0, 12))
    head[2] = 0x81
    const isA = q[q.length - 3] === 1
    let rest = Buffer.alloc(0)
    if (name.includes('gone')) head[3] = 3
    else if (name.includes('inside')) {
      if (isA) {
        head[7] = 1
        rest = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 0, 0, 7])
      }
    } else head[3] = 2
    const message = Buffer.concat([head, q.subarray(12), rest])
    socket.write(Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]))
  }
}

function tcp(hostname: string, to: number, secure = false): Tcp {
  const socket = secure ? tls.connect({ host: hostname, port: to }) : net.connect(to, hostname)
  const opened = new Promise<void>((ok, no) => socket.once(secure ? 'secureConnect' : 'connect', ok).once('error', no))
  opened.catch(() => {})
  socket.on('error', () => {})
  return {
    opened,
    readable: Readable.toWeb(socket) as never,
    writable: Writable.toWeb(socket) as never,
    close: async () => socket.destroy(),
  }
}

const effects = (more: Partial<Effects> = {}): Effects => ({
  egress: { fetch: (url, init) => fetch(url, init), connect: (a, o) => tcp(a.hostname, a.port, o?.secureTransport === 'on') },
  resolve: (name) => resolve(() => tcp('127.0.0.1', resolverPort), name),
  now: () => Date.now(),
  privateAllowed: true,
  colo: null,
  ...more,
})
const run = (path: string, more: Partial<CheckSpec> = {}, fx: Partial<Effects> = {}) =>
  checkHttp(
    {
      team: 't', monitor: 'm', region: 'eu', round: null, type: 'status', url: path.includes('://') ? path : `http://127.0.0.1:${port}${path}`, method: 'GET',
      headers: {}, body: null, username: null, password: null, followRedirects: true, timeoutMs: 5000, expectedStatusCodes: [], keyword: null, ...more,
    },
    effects(fx),
  ) // biome-ignore format: one call

test('2xx is up, with its times and bytes, and keeps nothing of the page', async () => {
  const r = await run('/ok')
  expect(r).toMatchObject({ outcome: 'up', error: null, status: 200, bytes: 26, excerpt: null, region: 'eu', colo: null })
  expect(r.ttfbMs).toBeLessThanOrEqual(r.totalMs)
})

test('another status is down and says which', async () => {
  expect(await run('/teapot')).toMatchObject({ outcome: 'down', error: 'status', status: 418, excerpt: 'short and stout' })
  expect(await run('/teapot', { type: 'expected_status_code', expectedStatusCodes: [418] })).toMatchObject({ outcome: 'up' })
  expect(await run('/ok', { type: 'expected_status_code', expectedStatusCodes: [204] })).toMatchObject({ outcome: 'down', error: 'status' })
})

test('a kept page shows no secret, neither ours nor what looks like one', async () => {
  const { excerpt } = await run('/broken', { username: 'probe', password: 'hunter22', headers: { 'x-key': 'abcdef' } })
  expect(excerpt).toMatch(/^it broke: password=•••/)
  expect(excerpt).not.toMatch(/hunter22|abcdef|cHJvYmU/)
})

test('keywords are searched letter for letter, in the encoding of the page', async () => {
  expect(await run('/ok', { type: 'keyword', keyword: 'ready. Grüße' })).toMatchObject({ outcome: 'up' })
  expect(await run('/ok', { type: 'keyword', keyword: 'READY' })).toMatchObject({ outcome: 'down', error: 'keyword', status: 200 })
  expect(await run('/latin', { type: 'keyword', keyword: 'Grüße' })).toMatchObject({ outcome: 'up' })
  expect(await run('/ok', { type: 'keyword_absence', keyword: 'broken' })).toMatchObject({ outcome: 'up' })
  expect(await run('/ok', { type: 'keyword_absence', keyword: 'ready' })).toMatchObject({ outcome: 'down', error: 'keyword' })
  expect(await run('/broken', { type: 'keyword', keyword: 'broke' })).toMatchObject({ outcome: 'down', error: 'status' })
})

test('a page over 1 MB is read no further; what cannot be known of it is too-large', async () => {
  expect(await run('/big')).toMatchObject({ outcome: 'up', bytes: 1_000_000 })
  expect(await run('/big', { type: 'keyword', keyword: 'xxx' })).toMatchObject({ outcome: 'up' })
  expect(await run('/big', { type: 'keyword', keyword: 'needle' })).toMatchObject({ outcome: 'down', error: 'too-large' })
  expect(await run('/big', { type: 'keyword_absence', keyword: 'needle' })).toMatchObject({ outcome: 'down', error: 'too-large' })
})

test('redirects are followed, or are the answer', async () => {
  expect(await run('/hop')).toMatchObject({ outcome: 'up', status: 200 })
  expect(await run('/hop', { followRedirects: false })).toMatchObject({ outcome: 'down', error: 'status', status: 302 })
  expect(await run('/hop', { followRedirects: false, expectedStatusCodes: [302] })).toMatchObject({ outcome: 'up' })
  expect(await run('/loop')).toMatchObject({ outcome: 'down', error: 'redirect-loop' })
  expect(await run('/deeper')).toMatchObject({ outcome: 'down', error: 'redirect-loop' })
})

test('303 becomes GET without the body, 307 repeats the request', async () => {
  asked.length = 0
  await run('/post', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } })
  expect(asked.map((q) => [q.method, q.url, q.headers['content-type']])).toEqual([
    ['POST', '/post', 'text/plain'],
    ['GET', '/ok', undefined],
  ])
  asked.length = 0
  await run('/again', { method: 'PUT', body: 'x' })
  expect(asked.map((q) => [q.method, q.headers['content-length']])).toEqual([
    ['PUT', '1'],
    ['PUT', '1'],
  ])
})

test('a redirect to another origin carries no credentials and no headers of the customer', async () => {
  asked.length = 0
  await run('/there', { username: 'probe', password: 'secret', headers: { 'x-api-key': 'secret', accept: 'text/html' } })
  expect(asked[0]!.headers).toMatchObject({ authorization: 'Basic cHJvYmU6c2VjcmV0', 'x-api-key': 'secret' })
  expect(asked[1]!.headers.authorization ?? asked[1]!.headers['x-api-key']).toBeUndefined()
  expect(asked[1]!.headers.accept).toBe('text/html')
})

test('a private address is blocked before anything is sent, also behind a redirect', async () => {
  asked.length = 0
  expect(await run('/ok', {}, { privateAllowed: false })).toMatchObject({ outcome: 'down', error: 'blocked', status: null })
  expect(asked).toEqual([])
  const fetched: string[] = []
  const egress = {
    ...effects().egress,
    fetch: (url: string, init: RequestInit) => {
      fetched.push(url)
      return fetch(`http://127.0.0.1:${port}/inside`, init)
    },
  }
  expect(await run('http://shop.example.com/', {}, { privateAllowed: false, egress })).toMatchObject({ outcome: 'down', error: 'blocked' })
  expect(fetched).toEqual(['http://shop.example.com/'])
})

test('the timeout covers the whole check: silence, and a body that never ends', async () => {
  expect(await run('/silent', { timeoutMs: 300 })).toMatchObject({ outcome: 'down', error: 'timeout', status: null, ttfbMs: null })
  expect(await run('/drip', { timeoutMs: 300 })).toMatchObject({ outcome: 'down', error: 'timeout', status: 200 })
})

test('what went wrong below HTTP has its name', async () => {
  expect(await run(`http://127.0.0.1:${closed}/`)).toMatchObject({ outcome: 'down', error: 'refused' })
  expect(await run(`https://127.0.0.1:${port}/ok`)).toMatchObject({ outcome: 'down', error: 'tls' })
  expect(await run(`http://127.0.0.1:${garbagePort}/`)).toMatchObject({ outcome: 'down', error: 'network' })
  expect(await run('/cut')).toMatchObject({ outcome: 'down', error: 'network', status: 200 })
  const nameless = { egress: { fetch: async () => Promise.reject(new Error('internal error')), connect: () => tcp('127.0.0.1', closed) } }
  expect(await run('http://gone.example.com/', {}, nameless)).toMatchObject({ error: 'dns' })
  expect(await run('http://inside.example.com/', {}, { ...nameless, privateAllowed: false })).toMatchObject({ error: 'blocked' })
  expect(await run('http://inside.example.com/', {}, nameless)).toMatchObject({ error: 'refused' })
  expect(await run('http://unknown.example.com/', {}, nameless)).toMatchObject({ error: 'refused' })
})

test("the platform's own error page is a transport failure, not the target's status", async () => {
  expect(await run('/platform')).toMatchObject({ outcome: 'down', error: 'timeout', status: null })
})

test('a kept connection that the server closed is no failure: a request that changes nothing is sent once more', async () => {
  let lost = 0
  const flaky = (times: number) => ({
    egress: {
      ...effects().egress,
      fetch: (url: string, init: RequestInit) =>
        lost++ < times ? Promise.reject(new Error('Network connection lost.')) : fetch(url, init),
    },
  })
  expect(await run('/ok', {}, flaky(1))).toMatchObject({ outcome: 'up' })
  lost = 0
  expect(await run('/ok', { method: 'POST' }, flaky(1))).toMatchObject({ outcome: 'down', error: 'network' })
  lost = 0
  expect(await run('/ok', {}, flaky(2))).toMatchObject({ outcome: 'down', error: 'network' })
})
