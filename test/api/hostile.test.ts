import { beforeAll, expect, test } from 'vitest'
import { newId } from '../../shared/ids.ts'
import { aTeam, call, signedIn } from '../given.ts'
import { bodiesWith, type Document, openapi } from '../openapi.ts'
// loaded when an alert is evaluated: the test's module loader hangs when three requests load it for the first time at once
import '../../workers/evaluating.ts'

/** Every operation of the document meets what strangers send; a new route is tried here without anybody thinking of it. */
type Operation = { method: string; path: string; takesBody: boolean; url: (id: string) => string }

let operations: Operation[]
let team: Awaited<ReturnType<typeof aTeam>>
let doc: Document
let browser: Record<string, string>

/** Answer without credentials: the health of the installation, how one gets credentials, and what a link shows. */
const open = /^\/api\/(health$|shared\/|auth\/(sign-|reset-|request-|entrance$|invitation$))/
/** Belong to a person, so they are asked with a session's cookie: an API key is nobody. */
const personal = /^\/api\/auth\/(session|sessions|teams|profile|password|invitations\/accept)(\/|$)/

beforeAll(async () => {
  team = await aTeam()
  doc = await openapi(team.key)
  browser = await signedIn(team.person)
  operations = Object.entries(doc.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      takesBody: 'requestBody' in operation,
      url: (id: string) => path.replace(/\{[^}]+\}/g, encodeURIComponent(id)),
    })),
  )
})

const send = (o: Operation, id: string, body: string | undefined, type = 'application/json', key: string | null = team.key) =>
  call(o.url(id), {
    method: o.method,
    headers: {
      ...(key === team.key && personal.test(o.path) ? browser : key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body }),
  })

/** Operations whose answer is not among `allowed`, or is an error outside of our problem shape. */
async function wrong(chosen: Operation[], allowed: number[], ask: (o: Operation) => Promise<Response>): Promise<string[]> {
  const found: string[] = []
  for (const o of chosen) {
    const r = await ask(o)
    const text = await r.text()
    const shaped =
      r.status < 400 || (r.headers.get('content-type') === 'application/problem+json' && typeof JSON.parse(text).code === 'string')
    if (!allowed.includes(r.status) || !shaped) found.push(`${o.method} ${o.path} → ${r.status} ${text.slice(0, 120)}`)
  }
  return found
}
const guarded = () => operations.filter((o) => !open.test(o.path))
/** What speaks our own wire: Prometheus' API has another shape of errors, and a name in its paths is no id (prometheus.test.ts). */
const ours = () => guarded().filter((o) => !o.path.startsWith('/prometheus/'))

test('there is something to try', () => {
  expect(operations.length).toBeGreaterThan(20)
})

test('without credentials everything is 401', async () => {
  expect(await wrong(guarded(), [401], (o) => send(o, newId(), o.takesBody ? '{}' : undefined, 'application/json', null))).toEqual([])
})

test('a forged key is 401', async () => {
  const forged = `${team.key.slice(0, -1)}${team.key.endsWith('A') ? 'B' : 'A'}`
  expect(
    await wrong(guarded().slice(0, 10), [401], (o) => send(o, newId(), o.takesBody ? '{}' : undefined, 'application/json', forged)),
  ).toEqual([])
})

test('malformed JSON is 400', async () => {
  for (const body of ['{', '', '{"a":}', '\u0000'])
    expect(
      await wrong(
        operations.filter((o) => o.takesBody),
        [400],
        (o) => send(o, newId(), body),
      ),
    ).toEqual([])
})

test('a body that is not JSON is 415', async () => {
  expect(
    await wrong(
      operations.filter((o) => o.takesBody),
      [415],
      (o) => send(o, newId(), 'a=1', 'application/x-www-form-urlencoded'),
    ),
  ).toEqual([])
})

test.each([
  ['an unknown attribute', '{"no_such_attribute":1}'],
  ['an array', '[]'],
  ['null', 'null'],
  ['a deep one', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['prototype keys', '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}'],
])('%s as a body is 422 or 404, never more', async (_, body) => {
  expect(
    await wrong(
      operations.filter((o) => o.takesBody),
      [422, 404],
      (o) => send(o, newId(), body),
    ),
  ).toEqual([])
})

test('SQL and HTML in every text field of every body are only text: taken or refused, never an error of ours', async () => {
  const text = `'); DROP TABLE monitors; --<script>alert(1)</script>"&\u202e`
  const found: string[] = []
  let tried = 0
  for (const o of operations.filter((one) => one.takesBody)) {
    for (const [place, body] of bodiesWith(doc, doc.paths[o.path]![o.method.toLowerCase()]!, text)) {
      tried++
      const r = await send(o, newId(), JSON.stringify(body))
      if (r.status >= 500) found.push(`${o.method} ${o.path} ${place} → ${r.status}`)
      await r.arrayBuffer()
    }
  }
  expect(tried).toBeGreaterThan(100)
  expect(found).toEqual([])
  expect((await team.api('GET', '/api/uptime/monitors')).status).toBe(200)
}, 60_000)

test.each([
  ['no UUID', 'no-id'],
  ['SQL', "' OR 1=1 --"],
  ['HTML', '<script>'],
  ['a path', '../../etc/passwd'],
  ['a NUL', '\u0000'],
  ['5,000 letters', 'a'.repeat(5000)],
])('an id that is %s names nothing', async (_, id) => {
  const withId = ours().filter((o) => o.path.includes('{'))
  expect(await wrong(withId, [404, 422, 400], (o) => send(o, id, o.takesBody ? '{}' : undefined))).toEqual([])
})

test("an id that is nobody's is 404", async () => {
  const reads = ours().filter((o) => o.path.includes('{') && (o.method === 'GET' || o.method === 'DELETE'))
  expect(await wrong(reads, [404], (o) => send(o, newId(), undefined))).toEqual([])
})

test('absurd paging is 422 where a list is paged, and ignored nowhere silently', async () => {
  const lists = ours().filter((o) => o.method === 'GET' && !o.path.includes('{'))
  for (const query of ['page=-1', 'page=x', 'per_page=1e9', 'page=99999999999999999999'])
    expect(await wrong(lists, [200, 422, 400], (o) => send({ ...o, url: () => `${o.path}?${query}` }, '', undefined))).toEqual([])
})

test('a body over 1 MB is 413, and the next request is served', async () => {
  const big = JSON.stringify({ title: 'x'.repeat(1_200_000) })
  expect(
    await wrong(
      operations.filter((o) => o.takesBody),
      [413],
      (o) => send(o, newId(), big),
    ),
  ).toEqual([])
  expect((await call('/api/health')).status).toBe(200)
})
