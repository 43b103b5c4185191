import { Problem } from '../problem.ts'

export type Piece = { body: Uint8Array; rows: number }

const NEWLINE = 10

/** NDJSON (text, or its bytes) in pieces of at most `bytesMax`, cut between rows, each ending with a newline. A single row over it is `too-large`. */
export function pieces(ndjson: string | Uint8Array, count: number, bytesMax: number): Piece[] {
  const all = typeof ndjson === 'string' ? new TextEncoder().encode(ndjson.endsWith('\n') ? ndjson : `${ndjson}\n`) : ended(ndjson)
  if (all.byteLength <= bytesMax) return [{ body: all, rows: count }]
  const found: Piece[] = []
  for (let start = 0; start < all.byteLength; ) {
    const end = all.subarray(start, start + bytesMax).lastIndexOf(NEWLINE) + 1
    if (!end) throw new Problem('too-large', `One row is at most ${bytesMax} bytes long.`)
    const body = all.subarray(start, start + end)
    found.push({ body, rows: rowsIn(body) })
    start += end
  }
  return found
}

function ended(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) === NEWLINE) return bytes
  const longer = new Uint8Array(bytes.byteLength + 1)
  longer.set(bytes)
  longer[bytes.byteLength] = NEWLINE
  return longer
}

export function rowsIn(body: Uint8Array): number {
  let rows = 0
  for (let at = body.indexOf(NEWLINE); at !== -1; at = body.indexOf(NEWLINE, at + 1)) rows++
  return rows
}

/** Rows [from, to) of NDJSON whose every row ends with a newline. */
export function rowsFrom(body: Uint8Array, from: number, to: number): Uint8Array {
  const startOf = (row: number) => {
    let at = 0
    for (let i = 0; i < row; i++) at = body.indexOf(NEWLINE, at) + 1
    return at
  }
  return body.subarray(startOf(from), startOf(to))
}

/** How long to wait before a block that got no answer is sent again: doubling from half a second to ten. */
export const wait = (tries: number): number => Math.min(10_000, 500 * 2 ** Math.min(tries, 10))
