import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { clickhouseOf, sendRows, Upload } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { newId } from '../../shared/ids.ts'
import { clickhouse } from '../../shared/warehouse/clickhouse.ts'
import { packed } from '../../shared/warehouse/message.ts'
import { endOutage, noteOutage, outageSince, PARK_AFTER_MS } from '../../shared/warehouse/outage.ts'
import worker from '../../workers/index.ts'
import { replayParked } from '../../workers/queues/replay.ts'
import { delaySeconds } from '../../workers/queues/rows.ts'
import { env } from '../given.ts'

const ch = clickhouse(clickhouseOf(env))
const states = (team: string, from: number, to: number, more: object = {}) =>
  Array.from(
    { length: to - from },
    (_, i) =>
      `${JSON.stringify({ team, monitor: team, at: '2026-11-23T10:00:00.000Z', state: 'up', incident: '', seq: from + i, ...more })}\n`,
  ).join('')
const samples = (team: string, values: number[]) =>
  `${JSON.stringify({
    team,
    source_id: team,
    retention_days: 3000,
    fingerprints: values.map(() => 7),
    times: values.map((v) => Date.UTC(2026, 10, 23) + 1000 * v),
    values,
    kinds: values.map(() => 0),
    starts: values.map(() => 0),
  })}\n`
/** Every row that ClickHouse holds of a team, doubled ones counted twice. */
const stored = async (team: string) =>
  (await ch.rows<{ seq: number }>('SELECT seq FROM tocsin.monitor_states WHERE team = {team:UUID} ORDER BY seq', { team }, { maxRows: 50_000 })).map((r) => r.seq) // biome-ignore format: one thought
const arrived = (team: string, n: number) => vi.waitFor(async () => expect((await stored(team)).length).toBeGreaterThanOrEqual(n), 15_000)
const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i)
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

const real = globalThis.fetch
/** What happens to INSERTs from now on; everything else goes through. */
function inserts(act: (send: () => Promise<Response>, token: string) => Promise<Response>) {
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input))
    const token = url.searchParams.get('insert_deduplication_token')
    return token ? act(() => real(input, init), token) : real(input, init)
  })
}
const goneAway = () => Promise.reject(new TypeError('Network connection lost.'))

// rows that came twice must be seen: merges of these tables would fold them
const sql = (text: string) => real(env.CLICKHOUSE_URL, { method: 'POST', body: text })
beforeAll(async () => {
  for (const table of ['monitor_states', 'samples']) await sql(`SYSTEM STOP MERGES tocsin.${table}`)
})
afterAll(async () => {
  for (const table of ['monitor_states', 'samples']) await sql(`SYSTEM START MERGES tocsin.${table}`)
})
afterEach(() => vi.restoreAllMocks())

describe.each(['spool', 'queue'])('transport %s', (TRANSPORT) => {
  const by = { ...env, TRANSPORT }

  test('accepted rows arrive, each once', async () => {
    const team = newId()
    await sendRows(by, 'monitor_states', states(team, 0, 3), 3)
    await arrived(team, 3)
    expect(await stored(team)).toEqual(range(3))
  })

  test('an upload is stored at its commit, whole, however large; nothing of one that is dropped', async () => {
    const [team, dropped] = [newId(), newId()]
    const [upload, other] = [new Upload(by), new Upload(by)]
    for (let i = 0; i < 8; i++) {
      await upload.add('monitor_states', states(team, i * 1000, i * 1000 + 1000), 1000)
      await other.add('monitor_states', states(dropped, i * 1000, i * 1000 + 1000), 1000)
    }
    expect(await stored(team)).toEqual([])
    await other.drop()
    await upload.commit()
    await arrived(team, 8000)
    expect(await stored(team)).toEqual(range(8000))
    expect(await stored(dropped)).toEqual([])
  })

  test('what ClickHouse took without our hearing of it is stored once, though newer rows came before the retry', async () => {
    const team = newId()
    let lost = 0
    inserts(async (send) => {
      const answer = await send()
      await answer.text()
      lost += 1
      return goneAway()
    })
    await sendRows(by, 'monitor_states', states(team, 0, 50), 50)
    await vi.waitFor(() => expect(lost).toBeGreaterThan(0), 10_000)
    expect(await stored(team)).toEqual(range(50))
    vi.restoreAllMocks()
    await sendRows(by, 'monitor_states', states(team, 50, 60), 10)
    await arrived(team, 60)
    await sleep(3000)
    expect(await stored(team)).toEqual(range(60))
  })

  test('what a view unpacks is stored once too', async () => {
    const team = newId()
    let lost = 0
    inserts(async (send) => {
      await (await send()).text()
      lost += 1
      return goneAway()
    })
    await sendRows(by, 'samples', samples(team, [1, 2, 3]), 1)
    await vi.waitFor(() => expect(lost).toBeGreaterThan(0), 10_000)
    vi.restoreAllMocks()
    await sendRows(by, 'samples', samples(team, [4]), 1)
    // not FINAL: what the engine would hide counts too
    const values = async () => (await ch.rows<{ value: number }>('SELECT value FROM tocsin.samples WHERE team = {team:UUID} ORDER BY value', { team })).map((r) => r.value) // biome-ignore format: one thought
    await vi.waitFor(async () => expect((await values()).length).toBeGreaterThanOrEqual(4), 10_000)
    await sleep(3000)
    expect(await values()).toEqual([1, 2, 3, 4])
  })

  test('while ClickHouse is away everything is accepted, and arrives once when it is back', async () => {
    const team = newId()
    let tried = 0
    inserts(() => {
      tried += 1
      return goneAway()
    })
    for (let i = 0; i < 10; i++) await sendRows(by, 'monitor_states', states(team, i * 10, i * 10 + 10), 10)
    await vi.waitFor(() => expect(tried).toBeGreaterThan(0), 10_000)
    expect(await stored(team)).toEqual([])
    vi.restoreAllMocks()
    await arrived(team, 100)
    await sleep(1000)
    expect(await stored(team)).toEqual(range(100))
  })

  test('a row that ClickHouse cannot read is set aside; its neighbours arrive, and it too once it can be read', async () => {
    const team = newId()
    const bad = `${JSON.stringify({ team, monitor: 'no uuid', at: 'never', state: 'up', incident: '', seq: 999 })}\n`
    await sendRows(by, 'monitor_states', states(team, 0, 20) + bad + states(team, 20, 40), 41)
    await arrived(team, 40)
    expect(await stored(team)).toEqual(range(40))
    const parked = await vi.waitFor(async () => {
      const { objects } = await env.COLD.list({ prefix: 'replay/monitor_states/' })
      expect(objects).toHaveLength(1)
      return objects[0]!
    }, 10_000)
    expect(await (await env.COLD.get(parked.key))!.text()).toBe(bad)
    expect(await replayParked(env)).toEqual({ stored: 0, refused: 1 })
    const { objects } = await env.COLD.list({ prefix: 'refused/monitor_states/' })
    expect(objects).toHaveLength(1)
    // somebody mended it: what lies in replay/ is sent
    await env.COLD.put(`replay/monitor_states/${newId()}.ndjson`, states(team, 40, 41))
    expect(await replayParked(env)).toEqual({ stored: 1, refused: 0 })
    expect(await stored(team)).toEqual(range(41))
    await env.COLD.delete(objects.map((o) => o.key))
  })

  test('a record of 300 KB arrives', async () => {
    const team = newId()
    await sendRows(by, 'monitor_states', states(team, 0, 1, { incident: 'x'.repeat(300_000) }), 1)
    await arrived(team, 1)
    expect(await ch.rows('SELECT length(incident) AS n FROM tocsin.monitor_states WHERE team = {team:UUID}', { team })).toEqual([
      { n: 300_000 },
    ])
  })
})

describe('queue', () => {
  const by = { ...env, TRANSPORT: 'queue' }
  const message = (team: string, from: number, to: number, attempts = 1) => {
    const rows = new TextEncoder().encode(states(team, from, to)) as Uint8Array<ArrayBuffer>
    return { id: newId(), timestamp: new Date(), attempts, body: packed({ id: newId(), table: 'monitor_states', rows }).buffer }
  }
  type Sent = ReturnType<typeof message>
  type Consumer = { queue(batch: MessageBatch, settings: typeof env, ctx: ExecutionContext): Promise<void> }
  /** One delivery: ids of the messages that must come again. */
  const deliver = async (messages: Sent[], queue = 'tocsin-rows') => {
    const batch = createMessageBatch(queue, messages)
    const ctx = createExecutionContext()
    await (worker as unknown as Consumer).queue(batch, by, ctx)
    const { retryMessages, explicitAcks } = await getQueueResult(batch, ctx)
    expect(retryMessages.length + explicitAcks.length).toBe(messages.length)
    return retryMessages.map((m) => m.msgId)
  }

  test('a batch that comes again with other members stores every row once', async () => {
    const team = newId()
    const [a, b, c, d] = [message(team, 0, 10), message(team, 10, 20), message(team, 20, 30), message(team, 30, 40)]
    let n = 0
    inserts(async (send) => {
      await (await send()).text()
      return n++ < 2 ? goneAway() : new Response('')
    })
    expect(await deliver([a, b, c])).toHaveLength(2)
    expect(await stored(team)).toEqual(range(30))
    vi.restoreAllMocks()
    expect(await deliver([c, d, a])).toEqual([])
    expect(await deliver([b, a], 'another-name')).toEqual([])
    expect(await stored(team)).toEqual(range(40))
  })

  test('what gets no answer comes again later and later; a hundred tries end before the queue forgets', () => {
    expect([1, 2, 5, 50].map(delaySeconds)).toEqual([1, 2, 16, 900])
    const all = range(100, 1).reduce((sum, attempts) => sum + delaySeconds(attempts), 0)
    expect(all).toBeLessThan(14 * 86_400)
  })

  test('a message on its second way, through the dead letters and R2, is still stored once', async () => {
    const team = newId()
    const one = message(team, 0, 10)
    expect(await deliver([one])).toEqual([])
    expect(await deliver([one], 'tocsin-rows-dead')).toEqual([])
    expect((await env.COLD.list({ prefix: 'replay/' })).objects).toHaveLength(1)
    expect(await replayParked(env)).toEqual({ stored: 1, refused: 0 })
    expect((await env.COLD.list({ prefix: 'replay/' })).objects).toEqual([])
    expect(await stored(team)).toEqual(range(10))
  })

  test('after ten minutes without ClickHouse messages are parked, every isolate knows, and all is stored once it is back', async () => {
    const team = newId()
    const messages = [0, 1, 2].map((i) => message(team, i * 10, i * 10 + 10))
    inserts(goneAway)
    expect(await deliver(messages)).toHaveLength(3)
    const since = await outageSince(db(env.DB), Date.now())
    expect(since).toBeGreaterThan(Date.now() - 60_000)
    await endOutage(db(env.DB))
    await noteOutage(db(env.DB), Date.now() - PARK_AFTER_MS)
    expect(await deliver(messages)).toEqual([])
    expect((await env.COLD.list({ prefix: 'replay/monitor_states/' })).objects).toHaveLength(3)
    expect(await replayParked(env)).toEqual({ stored: 0, refused: 0 })
    vi.restoreAllMocks()
    expect(await deliver([message(team, 30, 40)])).toEqual([])
    expect(await outageSince(db(env.DB), Date.now())).toBeNull()
    expect(await replayParked(env)).toEqual({ stored: 3, refused: 0 })
    expect(await stored(team)).toEqual(range(40))
  })

  test('a queue that does not take rows is degraded with a time to come again, and nothing is stored', async () => {
    const team = newId()
    const send = () => Promise.reject(new Error('Queue send failed'))
    const broken = { ...by, ROWS: { send, sendBatch: send } as unknown as typeof env.ROWS }
    await expect(sendRows(broken, 'monitor_states', states(team, 0, 3), 3)).rejects.toMatchObject({ code: 'degraded', retryAfter: 5 })
    const upload = new Upload(broken)
    await upload.add('monitor_states', states(team, 0, 8000), 8000)
    await expect(upload.commit()).rejects.toMatchObject({ code: 'degraded' })
    await upload.drop()
    expect((await env.COLD.list({ prefix: 'inflight/' })).objects).toEqual([])
    expect(await stored(team)).toEqual([])
  })

  test('what is no message of ours is kept aside, not tried for ever', async () => {
    const odd = { id: newId(), timestamp: new Date(), attempts: 1, body: new TextEncoder().encode('{"v":2}\nrow\n').buffer as ArrayBuffer }
    expect(await deliver([odd])).toEqual([])
    expect(await (await env.COLD.get(`refused/unreadable/${odd.id}`))?.text()).toBe('{"v":2}\nrow\n')
  })
})
