import type { Env } from '../../durable-objects/env.ts'
import { inFlight } from '../../durable-objects/queue-transport.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { type Inserted, insertTogether, type TableName } from '../../shared/warehouse/insert.ts'
import { type Message, tokenOf, unpacked } from '../../shared/warehouse/message.ts'
import { endOutage, noteOutage, outageSince, PARK_AFTER_MS } from '../../shared/warehouse/outage.ts'
import { park, parkMessage } from './parked.ts'
import { inPieces } from './pieces.ts'

/** An invocation has six connections; what waits for one would spend its time limit waiting. */
const AT_ONCE = 6

/** Seconds until a message that got no answer comes again: doubling from one to a quarter of an hour; 100 tries take about a day. */
export const delaySeconds = (attempts: number): number => Math.min(900, 2 ** Math.min(attempts - 1, 10))

/**
 * Rows of the queue into ClickHouse: one INSERT per message and table under the message's own token, so that it does not matter
 * in which company a message comes again. ClickHouse gathers those of a batch to one block. After ten minutes without it, rows
 * are parked in R2, but for one message that looks whether it is back. Never throws: each message says for itself what becomes of it.
 */
export async function storeRows(batch: MessageBatch<unknown>, env: Env, at: number): Promise<void> {
  const [first, ...others] = batch.messages
  if (!first) return
  const database = db(env.DB)
  const since = await outageSince(database, at).catch(() => null)
  const parking = since !== null && since <= at - PARK_AFTER_MS
  const outcomes: Outcome[] = []
  if (parking) {
    // one looks whether it is back; the others need not wait for a time limit each
    outcomes.push(await store(env, first))
    const back = outcomes[0] !== 'later'
    if (!back) outcomes[0] = await aside(env, first, 'ClickHouse is down')
    outcomes.push(...(await eachOf(others, (message) => (back ? store(env, message) : aside(env, message, 'ClickHouse is down')))))
  } else outcomes.push(...(await eachOf(batch.messages, (message) => store(env, message))))
  batch.messages.forEach((message, i) => {
    if (outcomes[i] === 'later') message.retry({ delaySeconds: delaySeconds(message.attempts) })
    else message.ack()
  })
  const stored = outcomes.includes('stored')
  const change = stored ? since !== null && endOutage(database) : (outcomes.includes('later') || parking) && noteOutage(database, at)
  if (change) await change.catch((e) => log('outage-not-noted', { message: reason(e) }))
}

/** The last station of what failed a hundred times: its rows wait in R2 for the cron. */
export async function parkDead(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  await eachOf(batch.messages, async (message) => {
    if ((await aside(env, message, 'failed a hundred times')) === 'later') message.retry({ delaySeconds: delaySeconds(message.attempts) })
    else message.ack()
  })
}

type Outcome = 'stored' | 'parked' | 'later'

async function aside(env: Env, { id, body }: QueueMessage, why: string): Promise<Outcome> {
  const message = unpacked(body)
  try {
    if (message) await parkMessage(env, message, why)
    else await env.COLD.put(`refused/unreadable/${id}`, body as ArrayBuffer)
    return 'parked'
  } catch (e) {
    log('not-parked', { message: reason(e) })
    return 'later'
  }
}
type QueueMessage = { id: string; body: unknown }

async function store(env: Env, queued: QueueMessage): Promise<Outcome> {
  const message = unpacked(queued.body)
  // a message of a later release, or of nobody's: kept, and out of the way
  if (!message) return aside(env, queued, 'not a message of this release')
  try {
    return (await into(env, message)) ? 'stored' : 'later'
  } catch (e) {
    log('rows-wait', { table: message.table, message: reason(e) })
    return 'later'
  }
}

/** False when it must come again. The parts of a pointer go one by one, so that memory holds one. */
async function into(env: Env, message: Message): Promise<boolean> {
  const { id, table } = message
  if ('rows' in message) return one(env, table, tokenOf(id, table), message.rows)
  for (let part = 0; part < message.parts; part++) {
    const key = inFlight(id, table, part)
    const held = await env.COLD.get(key)
    // gone: stored by a run that was cut before it could say so
    if (!held) continue
    if (!(await one(env, table, tokenOf(id, table, part), new Uint8Array(await held.arrayBuffer())))) return false
    await env.COLD.delete(key)
  }
  return true
}

async function one(env: Env, table: TableName, token: string, rows: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const inserted: Inserted = await insertTogether(clickhouseOf(env), table, rows, token)
  const settled =
    inserted.outcome === 'rejected'
      ? await inPieces(env, table, token, rows, (name, piece, why) => park(env, 'waiting', table, name, piece, why), inserted.why)
      : inserted
  if (settled.outcome !== 'ok') log('rows-wait', { table, message: settled.why })
  return settled.outcome === 'ok'
}

/** `act` on every item, six at a time; what it returns, in their order. */
async function eachOf<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const found: R[] = new Array(items.length)
  let next = 0
  const turn = async () => {
    for (let i = next++; i < items.length; i = next++) found[i] = await act(items[i]!)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, turn))
  return found
}
