import { newId } from '../shared/ids.ts'
import { Problem } from '../shared/problem.ts'
import type { TableName } from '../shared/warehouse/insert.ts'
import { bodiesOf, type Message, ndjsonBytes, packed } from '../shared/warehouse/message.ts'
import type { Env } from './env.ts'
import { within } from './within.ts'

const SEND_MS = 5000

/** Where parts of a pointer lie until they are in ClickHouse. */
export const inFlight = (upload: string, table: TableName, part?: number): string =>
  `inflight/${upload}/${table}/${part === undefined ? '' : part}`

/**
 * The way to ClickHouse through a queue, with the words of the Spool: what `accept` and `commit` return from will arrive, once.
 * A request is one message, two that are sent as one, or a pointer to R2, so that nothing of it is ever stored in part.
 * Throws `degraded` with `retryAfter` when the queue or R2 does not take it: the caller keeps its rows. DESIGN §3.
 */
export const queueWay = (env: Env, table: TableName) => ({
  async accept({ ndjson }: { ndjson: string }): Promise<void> {
    const rows = ndjsonBytes(ndjson)
    const bodies = bodiesOf(rows)
    if (bodies)
      return send(
        env,
        bodies.map((body) => ({ id: newId(), table, rows: body })),
      )
    const id = newId()
    await put(env, inFlight(id, table, 0), rows)
    await this.commit({ upload: id, parts: 1 }).catch(async (e) => {
      await this.abandon({ upload: id }).catch(() => {})
      throw e
    })
  },

  /** Part `part` (0, 1, …) of an upload: in R2, but stored only by `commit`. */
  stage: ({ upload, part, ndjson }: { upload: string; part: number; ndjson: string }): Promise<void> =>
    put(env, inFlight(upload, table, part), ndjsonBytes(ndjson)),

  /** One message makes all parts of the upload rows. */
  async commit({ upload, parts }: { upload: string; parts: number }): Promise<void> {
    await send(env, [{ id: upload, table, parts }])
  },

  /** Nothing of the upload is kept. What a crash leaves behind, a daily sweep removes. */
  async abandon({ upload }: { upload: string }): Promise<void> {
    const { objects } = await env.COLD.list({ prefix: inFlight(upload, table) })
    await env.COLD.delete(objects.map(({ key }) => key))
  },
})

/** Twice before it gives up: the ids in the messages are the same, so a first that arrived after all does no harm. */
async function send(env: Env, messages: Message[]): Promise<void> {
  const bodies = messages.map(packed)
  const once = (): Promise<unknown> =>
    within(
      SEND_MS,
      bodies.length === 1
        ? env.ROWS.send(bodies[0]!, { contentType: 'bytes' })
        : env.ROWS.sendBatch(bodies.map((body) => ({ body, contentType: 'bytes' as const }))),
    )
  await once()
    .catch(once)
    .catch((cause) => {
      throw refused(cause)
    })
}

async function put(env: Env, key: string, rows: Uint8Array<ArrayBuffer>): Promise<void> {
  await env.COLD.put(key, rows).catch((cause) => {
    throw refused(cause)
  })
}

const refused = (cause: unknown) =>
  new Problem('degraded', 'What was sent could not be stored just now. Send it again in a moment.', { cause, retryAfter: 5 })
