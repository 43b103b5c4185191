import { newId } from '../shared/ids.ts'
import { type Piece, rowsFrom, wait } from '../shared/warehouse/block.ts'
import type { TableName } from '../shared/warehouse/insert.ts'
import { migrate } from './migrate.ts'

const ladder = [
  `CREATE TABLE chunks (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
   CREATE TABLE blocks (id TEXT PRIMARY KEY, tbl TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
     from_row INTEGER, to_row INTEGER, tries INTEGER NOT NULL, next_at INTEGER NOT NULL, origin TEXT NOT NULL) STRICT;`,
  `CREATE TABLE pending (upload TEXT NOT NULL, part INTEGER NOT NULL, tbl TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
   CREATE INDEX pending_upload ON pending (upload, part);`,
]

/** A block is this large at most; a single larger chunk is one too. */
const BLOCK_ROWS = 50_000
const BLOCK_BYTES = 16_000_000
/** What was accepted lately is kept in memory until it is sent, so that it need not be read again. */
const FRESH_BYTES = 16_000_000

/**
 * Chunks first..last of the log, frozen before their first INSERT. `from_row` and `to_row` narrow them to a part of their
 * rows: what a block becomes that ClickHouse refused as a whole. `origin` is the block it was cut from, or itself.
 */
export type Block = {
  id: string
  tbl: TableName
  first: number
  last: number
  from_row: number | null
  to_row: number | null
  tries: number
  next_at: number
  origin: string
}

/** The log of a Spool on its disk: chunks in the order they came, and the blocks that were frozen from them. */
export class SpoolLog {
  /** What waits. */
  readonly held: { rows: number; bytes: number }
  private readonly storage: DurableObjectStorage
  private readonly fresh = new Map<number, Uint8Array>()
  private freshBytes = 0

  constructor(storage: DurableObjectStorage) {
    this.storage = storage
    migrate(storage.sql, ladder)
    this.held = this.one('SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(length(body)), 0) AS bytes FROM chunks')!
  }

  append(tbl: TableName, { body, rows }: Piece, at: number): void {
    const insert = 'INSERT INTO chunks (tbl, at, rows, body) VALUES (?, ?, ?, ?) RETURNING seq'
    const { seq } = this.storage.sql.exec<{ seq: number }>(insert, tbl, at, rows, body).one()
    this.held.rows += rows
    this.held.bytes += body.byteLength
    if (this.freshBytes + body.byteLength > FRESH_BYTES) return
    this.fresh.set(seq, body)
    this.freshBytes += body.byteLength
  }

  /** Chunks of this much were added besides `append`. */
  moved({ rows, bytes }: { rows: number; bytes: number }): void {
    this.held.rows += rows
    this.held.bytes += bytes
  }

  /** When the oldest waiting row was accepted, epoch ms. */
  oldest(): number | null {
    return this.one<{ at: number }>('SELECT at FROM chunks ORDER BY seq LIMIT 1')?.at ?? null
  }

  /** The block to send next, frozen now when none is yet: of what is older than `flushMs`, or at once of `flushRows`. A number: come again then. Null: nothing waits. */
  next(at: number, flushMs: number, flushRows: number): Block | number | null {
    const frozen = this.one<Block>('SELECT * FROM blocks ORDER BY first, from_row LIMIT 1')
    return frozen ? (frozen.next_at > at ? frozen.next_at : frozen) : this.freeze(at, flushMs, flushRows)
  }

  /** The same bytes at every call. */
  bodyOf({ first, last, from_row, to_row }: Block): Uint8Array {
    const chunks = this.chunks(first, last)
    const all = chunks.length === 1 ? chunks[0]! : new Uint8Array(chunks.reduce((n, chunk) => n + chunk.byteLength, 0))
    if (chunks.length > 1) {
      let end = 0
      for (const chunk of chunks) {
        all.set(chunk, end)
        end += chunk.byteLength
      }
    }
    return from_row === null || to_row === null ? all : rowsFrom(all, from_row, to_row)
  }

  /** In ClickHouse, or parked: its chunks go when no other piece of them is left. */
  forget({ id, first, last }: Pick<Block, 'id' | 'first' | 'last'>): void {
    this.storage.transactionSync(() => {
      this.storage.sql.exec('DELETE FROM blocks WHERE id = ?', id)
      const gone = this.storage.sql.exec<{ seq: number; rows: number; bytes: number }>(
        `DELETE FROM chunks WHERE seq BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM blocks WHERE seq BETWEEN first AND last)
         RETURNING seq, rows, length(body) AS bytes`,
        first,
        last,
      )
      for (const { seq, rows, bytes } of gone) {
        this.held.rows -= rows
        this.held.bytes -= bytes
        if (this.fresh.delete(seq)) this.freshBytes -= bytes
      }
    })
  }

  later({ id, tries }: Block, at: number): void {
    this.storage.sql.exec('UPDATE blocks SET tries = tries + 1, next_at = ? WHERE id = ?', at + wait(tries), id)
  }

  /** Two blocks in its place: first between chunks (other people's calls), then between its `rows`. */
  halve({ id, tbl, first, last, from_row, origin }: Block, rows: number, at: number): void {
    const half = first + Math.floor((last - first) / 2)
    const [from, middle] = [from_row ?? 0, (from_row ?? 0) + Math.ceil(rows / 2)]
    this.storage.transactionSync(() => {
      this.storage.sql.exec('DELETE FROM blocks WHERE id = ?', id)
      const cuts =
        first < last
          ? ([[first, half, null, null], [half + 1, last, null, null]] as const)
          : ([[first, last, from, middle], [first, last, middle, from + rows]] as const) // biome-ignore format: pairs
      for (const [first, last, from_row, to_row] of cuts) this.write({ id: newId(at), tbl, first, last, from_row, to_row, origin })
    })
  }

  hasBlocks(): boolean {
    return this.one('SELECT 1 FROM blocks') !== null
  }

  /** The next chunks as a block, written down before anyone may send it. */
  private freeze(at: number, flushMs: number, flushRows: number): Block | number | null {
    const chunks = this.storage.sql.exec<{ seq: number; tbl: TableName; at: number; rows: number; bytes: number }>(
      'SELECT seq, tbl, at, rows, length(body) AS bytes FROM chunks ORDER BY seq',
    )
    let taken: { tbl: TableName; first: number; last: number; rows: number; bytes: number; since: number } | null = null
    for (const { seq, tbl, at: since, rows, bytes } of chunks) {
      taken ??= { tbl, first: seq, last: seq, rows: 0, bytes: 0, since }
      if (tbl !== taken.tbl || (taken.rows && (taken.bytes + bytes > BLOCK_BYTES || taken.rows + rows > BLOCK_ROWS))) break
      taken = { ...taken, last: seq, rows: taken.rows + rows, bytes: taken.bytes + bytes }
    }
    if (!taken) return null
    if (this.held.rows < flushRows && taken.since + flushMs > at) return taken.since + flushMs
    const id = newId(at)
    return this.write({ id, tbl: taken.tbl, first: taken.first, last: taken.last, from_row: null, to_row: null, origin: id })
  }

  private write(block: Omit<Block, 'tries' | 'next_at'>): Block {
    const { id, tbl, first, last, from_row, to_row, origin } = block
    this.storage.sql.exec('INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)', id, tbl, first, last, from_row, to_row, origin)
    return { ...block, tries: 0, next_at: 0 }
  }

  private chunks(first: number, last: number): Uint8Array[] {
    const fresh = Array.from({ length: last - first + 1 }, (_, i) => this.fresh.get(first + i))
    if (fresh.every((body) => body !== undefined)) return fresh
    const bodies = 'SELECT body FROM chunks WHERE seq BETWEEN ? AND ? ORDER BY seq'
    return [...this.storage.sql.exec<{ body: ArrayBuffer }>(bodies, first, last)].map(({ body }) => new Uint8Array(body))
  }

  private one<T extends Record<string, SqlStorageValue>>(sql: string): T | null {
    return this.storage.sql.exec<T>(sql).toArray()[0] ?? null
  }
}
