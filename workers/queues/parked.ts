import type { Env } from '../../durable-objects/env.ts'
import { inFlight } from '../../durable-objects/queue-transport.ts'
import { log } from '../../shared/log.ts'
import { isTable, type TableName } from '../../shared/warehouse/insert.ts'
import { type Message, tokenOf } from '../../shared/warehouse/message.ts'

/** Rows that wait in R2 to be sent again, and rows that ClickHouse refused twice: somebody has to look at those (docs/operate.md). */
export const shelves = { waiting: 'replay/', refused: 'refused/' } as const

/** `replay/<table>/<token>.ndjson`: the name is the token, so that whoever sends it sends it under the one it always had. */
export const parkedKey = (shelf: keyof typeof shelves, table: TableName, token: string): string =>
  `${shelves[shelf]}${table}/${token}.ndjson`

export function readKey(key: string): { table: TableName; token: string } | null {
  const [, table = '', token] = key.match(/^(?:replay|refused)\/(\w+)\/(.+)\.ndjson$/) ?? []
  return token && isTable(table) ? { table, token } : null
}

/** How many objects lie there, a thousand at most: a gauge. */
export const onShelf = async (env: Env, shelf: keyof typeof shelves): Promise<number> =>
  (await env.COLD.list({ prefix: shelves[shelf] })).objects.length

/** Puts rows on a shelf; throws when R2 does not take them. */
export async function park(
  env: Env,
  shelf: keyof typeof shelves,
  table: TableName,
  token: string,
  rows: R2Body,
  why: string,
): Promise<void> {
  await env.COLD.put(parkedKey(shelf, table, token), rows, { customMetadata: { why: why.slice(0, 500) } })
  log('rows-parked', { shelf, table, token, message: why })
}
type R2Body = Uint8Array<ArrayBuffer>

/** Takes a whole message off the queue: its rows wait in R2 until the cron sends them. */
export async function parkMessage(env: Env, message: Message, why: string): Promise<void> {
  const { id, table } = message
  if ('rows' in message) return park(env, 'waiting', table, tokenOf(id, table), message.rows, why)
  for (let part = 0; part < message.parts; part++) {
    const key = inFlight(id, table, part)
    const held = await env.COLD.get(key)
    // gone: it was stored, or parked by a run that was cut
    if (!held) continue
    await park(env, 'waiting', table, tokenOf(id, table, part), new Uint8Array(await held.arrayBuffer()), why)
    await env.COLD.delete(key)
  }
}
