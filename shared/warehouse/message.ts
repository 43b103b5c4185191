import { Problem } from '../problem.ts'
import { type Piece, rowsIn } from './block.ts'
import { type TableName, tables } from './insert.ts'

/** Cloudflare refuses messages over 128 KB; the head of ours is under 200 bytes. */
export const MESSAGE_BYTES_MAX = 120_000
/** A batch of messages is taken or refused as one up to 256 KB: more rows than that travel as a pointer, or half of them could be lost. */
export const BATCH_BYTES_MAX = 2 * MESSAGE_BYTES_MAX
/** A row over this travels as a pointer. */
export const RECORD_BYTES_MAX = 100_000

const NEWLINE = 10

/**
 * What travels in a queue: rows of one table, or a pointer to `parts` of them in R2. `id` is ours and not the queue's, because
 * it must survive a second `send` and the dead-letter queue: with the table it is the deduplication token.
 */
export type Message = { id: string; table: TableName } & ({ rows: Uint8Array<ArrayBuffer> } | { parts: number })

/** A line of JSON, then the rows as they go to ClickHouse. */
export function packed(message: Message): Uint8Array<ArrayBuffer> {
  const { id, table } = message
  const head = new TextEncoder().encode(`${JSON.stringify({ v: 1, id, table, ...('parts' in message ? { parts: message.parts } : {}) })}\n`)
  const rows = 'rows' in message ? message.rows : new Uint8Array()
  const all = new Uint8Array(head.byteLength + rows.byteLength)
  all.set(head)
  all.set(rows, head.byteLength)
  return all
}

/** Null for what is no message of ours: a release that came later, or somebody else's hand. */
export function unpacked(body: unknown): Message | null {
  if (!(body instanceof ArrayBuffer) && !ArrayBuffer.isView(body)) return null
  const all = ArrayBuffer.isView(body) ? new Uint8Array(body.buffer as ArrayBuffer, body.byteOffset, body.byteLength) : new Uint8Array(body)
  const end = all.indexOf(NEWLINE)
  try {
    const head = JSON.parse(new TextDecoder().decode(all.subarray(0, end))) as { v: number; id: string; table: TableName; parts?: number }
    if (end < 0 || head.v !== 1 || !Object.hasOwn(tables, head.table)) return null
    const { id, table, parts } = head
    return parts === undefined ? { id, table, rows: all.subarray(end + 1) } : { id, table, parts }
  } catch {
    return null
  }
}

/** One INSERT's token; `part` of a pointer. A retry, a second delivery and a replay all come under the same. */
export const tokenOf = (id: string, table: TableName, part?: number): string => `${id}:${table}${part === undefined ? '' : `:${part}`}`

/** Rows of a request as the bodies of at most two messages that are sent at once; null when they must travel as a pointer. */
export function bodiesOf(all: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] | null {
  if (all.byteLength > BATCH_BYTES_MAX || longestRow(all) > RECORD_BYTES_MAX) return null
  if (all.byteLength <= MESSAGE_BYTES_MAX) return [all]
  const cut = all.subarray(0, MESSAGE_BYTES_MAX).lastIndexOf(NEWLINE) + 1
  const rest = all.subarray(cut)
  return rest.byteLength <= MESSAGE_BYTES_MAX ? [all.subarray(0, cut), rest] : null
}

function longestRow(all: Uint8Array): number {
  if (all.byteLength <= RECORD_BYTES_MAX) return 0
  let longest = 0
  for (let start = 0; start < all.byteLength; ) {
    const end = all.indexOf(NEWLINE, start) + 1 || all.byteLength
    longest = Math.max(longest, end - start)
    start = end
  }
  return longest
}

/** NDJSON as bytes whose every row ends with a newline. */
export function ndjsonBytes(ndjson: string): Uint8Array<ArrayBuffer> {
  if (!ndjson) throw new Problem('invalid', 'There are no rows to store.')
  return new TextEncoder().encode(ndjson.endsWith('\n') ? ndjson : `${ndjson}\n`) as Uint8Array<ArrayBuffer>
}

/** The two halves of rows [from, to), for looking which of them ClickHouse refuses. */
export function halves(body: Uint8Array<ArrayBuffer>): [Piece, Piece] {
  const rows = rowsIn(body)
  const middle = Math.ceil(rows / 2)
  let cut = 0
  for (let i = 0; i < middle; i++) cut = body.indexOf(NEWLINE, cut) + 1
  return [
    { body: body.subarray(0, cut), rows: middle },
    { body: body.subarray(cut), rows: rows - middle },
  ]
}
