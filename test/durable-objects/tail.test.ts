import { runDurableObjectAlarm } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Tail } from '../../durable-objects/tail.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { readWatched } from '../../shared/logs/watched.ts'
import { aTeam, call, env } from '../given.ts'

type Team = Awaited<ReturnType<typeof aTeam>>
type Frame = {
  type: string
  events: { message: string; attributes: Record<string, string> }[]
  dropped: number
  cursor: string
  gap?: boolean
}
const tails = (exports as unknown as { Tail: DurableObjectNamespace<Tail> }).Tail
const open: WebSocket[] = []
afterEach(() => {
  for (const socket of open.splice(0)) socket.close()
})

let team: Team
let source: { id: string; token: string }
const aSource = async (of: Team) => (await of.api('POST', '/api/logs/sources', { name: 'App' })).body as { id: string; token: string }
beforeAll(async () => {
  team = await aTeam()
  source = await aSource(team)
})

const path = (query: Record<string, string>) => `/api/logs/live-tail?${new URLSearchParams(query)}`
/** A socket of this team, and every frame it was sent. */
async function watch(query: Record<string, string>, key = team.key) {
  const r = await call(path(query), { headers: { authorization: `Bearer ${key}`, upgrade: 'websocket' } })
  expect(r.status).toBe(101)
  const socket = r.webSocket!
  const frames: Frame[] = []
  const raw: string[] = []
  socket.addEventListener('message', ({ data }) => {
    raw.push(String(data))
    if (data !== 'pong') frames.push(JSON.parse(String(data)))
  })
  socket.accept()
  open.push(socket)
  await vi.waitFor(() => expect(frames[0]?.type).toBe('ready'))
  const events = () => frames.flatMap((f) => f.events ?? [])
  return { socket, frames, raw, events, messages: () => events().map((e) => e.message) }
}
/** Through the door; the isolate learns within its cache of 5 s that the source is watched. */
const send = async (records: object[], token = source.token) =>
  expect((await call('/', { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(records) })).status).toBe(
    202,
  )
/** Straight to the object, as the door does. */
const publish = (name: string, of: string, messages: string[], more = 0, attributes = {}) =>
  tails.getByName(name).publish({
    source: of,
    more,
    rows: messages
      .map(
        (message) =>
          `${JSON.stringify({ team: team.team, source_id: of, retention_days: 30, timestamp: new Date().toISOString(), level: 'info', service: '', message, trace_id: '', span_id: '', attributes })}\n`,
      )
      .join(''),
  })
const here = () => `${team.team}/${source.id}`

test('what the door accepts comes to those whose search finds it, and to nobody else', { timeout: 30_000 }, async () => {
  const [all, errors, other] = await Promise.all([
    watch({ source_ids: source.id }),
    watch({ source_ids: source.id, query: 'level = error user.id:7' }),
    aTeam().then(async (t) => watch({ source_ids: (await aSource(t)).id }, t.key)),
  ])
  // the door of this isolate may remember for five seconds that nobody watched
  await vi.waitFor(async () => {
    await send([{ message: 'probe' }])
    await vi.waitFor(() => expect(all.messages()).toContain('probe'), 1000)
  }, 15_000)
  await send([
    { message: 'one', level: 'error', user: { id: 7 } },
    { message: 'two', level: 'info' },
  ])
  await vi.waitFor(() => expect(all.messages()).toContain('two'))
  expect(errors.messages()).toEqual(['one'])
  expect(other.messages()).toEqual([])
  expect(errors.events()[0]).toEqual({
    timestamp: expect.any(String), source_id: source.id, level: 'error', service: '', message: 'one', attributes: { 'user.id': '7' }, trace_id: '', span_id: '',
  }) // biome-ignore format: a row
})

test('a body that was refused is not shown', { timeout: 30_000 }, async () => {
  const seen = await watch({ source_ids: source.id })
  const refused = await call('/', { method: 'POST', headers: { authorization: `Bearer ${source.token}` }, body: '{"message":"lost"}{' })
  expect(refused.status).toBe(406)
  await vi.waitFor(async () => {
    await send([{ message: 'kept' }])
    await vi.waitFor(() => expect(seen.messages()).toContain('kept'), 1000)
  }, 15_000)
  expect(seen.messages()).not.toContain('lost')
})

test('frames come at most four times a second with at most a hundred events, and count what they leave out', async () => {
  const seen = await watch({ source_ids: source.id, query: 'flood' })
  const began = Date.now()
  for (let i = 0; i < 60; i++) {
    await publish(
      here(),
      source.id,
      Array.from({ length: 50 }, (_, n) => `flood ${i * 50 + n}`),
    )
    await scheduler.wait(20)
  }
  const shown = () => seen.frames.slice(1).reduce((n, f) => n + f.events.length + f.dropped, 0)
  await vi.waitFor(() => expect(shown()).toBe(3000))
  const took = Date.now() - began
  expect(seen.frames.length - 1).toBeLessThanOrEqual(took / 250 + 1)
  expect(Math.max(...seen.frames.slice(1).map((f) => f.events.length))).toBe(100)
  // the newest are what is shown
  expect(seen.messages().at(-1)).toBe('flood 2999')
})

test('events the door left out are counted as dropped', async () => {
  const seen = await watch({ source_ids: source.id, query: 'partly' })
  await publish(here(), source.id, ['partly'], 7)
  await vi.waitFor(() => expect(seen.frames.slice(1)).toMatchObject([{ events: [{ message: 'partly' }], dropped: 7 }]))
})

test('who comes back with a cursor misses nothing and sees nothing twice', async () => {
  const query = { source_ids: source.id, query: 'resume' }
  const first = await watch(query)
  await publish(here(), source.id, ['resume 1', 'resume 2'])
  await vi.waitFor(() => expect(first.messages()).toHaveLength(2))
  const { cursor } = first.frames.at(-1)!
  first.socket.close()
  await publish(here(), source.id, ['resume 3', 'other', 'resume 4'])
  // joins while a frame is being collected
  await publish(here(), source.id, ['resume 5'])
  const again = await watch({ ...query, after: cursor })
  await publish(here(), source.id, ['resume 6'])
  await vi.waitFor(() => expect(again.messages()).toContain('resume 6'))
  expect(again.messages()).toEqual(['resume 3', 'resume 4', 'resume 5', 'resume 6'])
})

test('somebody who joins a running frame of the same search gets each event once, and those before it not at all', async () => {
  const first = await watch({ source_ids: source.id, query: 'joining' })
  await publish(here(), source.id, ['joining 1'])
  const second = await watch({ source_ids: source.id, query: 'joining' })
  await publish(here(), source.id, ['joining 2'])
  await vi.waitFor(() => expect([first.messages(), second.messages()]).toEqual([['joining 1', 'joining 2'], ['joining 2']]))
})

test('a cursor older than what is held says that there may be a gap', async () => {
  expect((await watch({ source_ids: source.id, after: '1' })).frames[0]!.gap).toBe(true)
  expect((await watch({ source_ids: source.id })).frames[0]!.gap).toBe(false)
})

test('several sources share one socket; without source_ids it is all of the team', { timeout: 30_000 }, async () => {
  const [two, three] = [await aSource(team), await aSource(team)]
  const both = await watch({ source_ids: `${source.id},${two.id}` })
  const any = await watch({})
  await vi.waitFor(async () => {
    for (const { token } of [source, two, three]) await send([{ message: `of ${token.slice(-4)}` }], token)
    await vi.waitFor(() => expect(new Set(any.messages()).size).toBe(3), 1000)
  }, 15_000)
  expect(new Set(both.messages())).toEqual(new Set([source, two].map(({ token }) => `of ${token.slice(-4)}`)))
})

test('the watched set names the source while somebody watches and is renewed; unwatched sources are not in it', async () => {
  const mine = await aSource(team)
  const key = `${team.team}/${mine.id}`
  const set = () => readWatched(db(env.DB), Date.now())
  expect((await set()).has(key)).toBe(false)
  const { socket } = await watch({ source_ids: mine.id })
  expect((await set()).get(key)).toEqual([key])
  await env.DB.prepare('DELETE FROM watched_sources WHERE tail = ?').bind(key).run()
  expect(await runDurableObjectAlarm(tails.getByName(key))).toBe(true)
  expect((await set()).get(key)).toEqual([key])
  socket.close()
  await vi.waitFor(async () => {
    await env.DB.prepare('DELETE FROM watched_sources WHERE tail = ?').bind(key).run()
    await runDurableObjectAlarm(tails.getByName(key))
    expect((await set()).has(key)).toBe(false)
  })
})

test('a ping is answered', async () => {
  const { socket, raw } = await watch({ source_ids: source.id })
  socket.send('ping')
  await vi.waitFor(() => expect(raw).toContain('pong'))
})

test('curl reads the same frames as server-sent events', async () => {
  const r = await call(path({ source_ids: source.id, query: 'streamed' }), {
    headers: { authorization: `Bearer ${team.key}`, accept: 'text/event-stream' },
  })
  expect([r.status, r.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const reader = r.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (wanted: string) => {
    while (!text.includes(wanted)) text += (await reader.read()).value
  }
  await until('"ready"')
  await publish(here(), source.id, ['streamed', 'not'])
  await until('"events"')
  const [, event] = text.split('\n\n')
  expect(event).toMatch(/^id: \d+\ndata: \{"type":"events"/)
  expect(JSON.parse(event!.split('data: ')[1]!)).toMatchObject({ events: [{ message: 'streamed' }], dropped: 0 })
  await reader.cancel()
})

test('a record too large for a frame is shown without its attributes', async () => {
  const seen = await watch({ source_ids: source.id, query: 'huge' })
  await publish(here(), source.id, [`huge ${'x'.repeat(500_000)}`], 0, { big: 'y'.repeat(1000) })
  await vi.waitFor(() => expect(seen.events()).toHaveLength(1))
  expect(seen.events()[0]!.message.length).toBe(10_000)
  expect(seen.events()[0]!.attributes).toEqual({ '_tocsin.truncated': 'too large for the live tail' })
})

test.each([
  [{ query: '(x' }, 422],
  [{ query: 'x =~ /(?=a)/' }, 422],
  [{ source_ids: 'x' }, 422],
  [{ source_ids: newId() }, 404],
  [{ after: 'x' }, 422],
])('%j opens nothing: %i', async (query, status) => {
  const headers = { authorization: `Bearer ${team.key}`, upgrade: 'websocket' }
  expect((await call(path(query as unknown as Record<string, string>), { headers })).status).toBe(status)
})

test('neither socket nor stream is 422; without a credential 401; without the permission 403', async () => {
  const ask = async (headers: Record<string, string>) => (await call(path({}), { headers })).status
  expect(await ask({ authorization: `Bearer ${team.key}` })).toBe(422)
  expect(await ask({ upgrade: 'websocket' })).toBe(401)
  const blind = await aTeam({ scopes: ['uptime:read'] })
  expect(await ask({ upgrade: 'websocket', authorization: `Bearer ${blind.key}` })).toBe(403)
})
