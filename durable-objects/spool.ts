import { DurableObject } from 'cloudflare:workers'
import { newId } from '../shared/ids.ts'
import { log, reason } from '../shared/log.ts'
import { Problem } from '../shared/problem.ts'
import { pieces, rowsFrom, rowsIn, wait } from '../shared/warehouse/block.ts'
import { insert, type TableName, tables } from '../shared/warehouse/insert.ts'
import type { Env } from './env.ts'
import { migrate } from './migrate.ts'
import { clickhouseOf } from './transport.ts'
import { Uploads } from './uploads.ts'

const FLUSH_MS = 500
const BLOCK_ROWS = 10_000
const BLOCK_BYTES = 8_000_000
/** SQLite refuses values over 2 MB. */
const CHUNK_BYTES = 1_500_000
/** Of one block this many refused rows are looked for one by one, then only pieces of PARKED_ROWS: a block costs at most some 450 INSERTs. */
const PARKED_SINGLY = 64
const PARKED_ROWS = 64

const ladder = [
  `CREATE TABLE chunks (seq INTEGER PRIMARY KEY, tbl TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
   CREATE TABLE blocks (id TEXT PRIMARY KEY, tbl TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
     from_row INTEGER, to_row INTEGER, tries INTEGER NOT NULL, next_at INTEGER NOT NULL, origin TEXT NOT NULL) STRICT;`,
  `CREATE TABLE pending (upload TEXT NOT NULL, part INTEGER NOT NULL, tbl TEXT NOT NULL, at INTEGER NOT NULL, rows INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
   CREATE INDEX pending_upload ON pending (upload, part);`,
]

const WAITING = 'SELECT coalesce(sum(rows), 0) AS rows, coalesce(sum(length(body)), 0) AS bytes FROM chunks'

/**
 * Chunks first..last of the log, frozen before their first INSERT. `from_row` and `to_row` narrow them to a part of their
 * rows: what a block becomes that ClickHouse refused as a whole. `origin` is the block it was cut from, or itself.
 */
type Block = {
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
type Accepted = { table: TableName; ndjson: string; count: number }
type Staged = Accepted & { upload: string; part: number }
/** `oldest`: epoch ms when the oldest waiting row was accepted. */
export type Gauges = { rows: number; bytes: number; oldest: number | null }

/**
 * Accepted rows that ClickHouse does not have yet, in order. What `accept` returned from is on disk: one log row per call
 * and not per event, because the platform bills rows written. A block is frozen before it is sent, and every retry sends
 * exactly it with its id as deduplication token, so that no crash here or there loses or doubles a row. DESIGN §3.
 */
export class Spool extends DurableObject<Env> {
  /** Above this many bytes nothing more is accepted. */
  bytesMax = 512_000_000
  private held: { rows: number; bytes: number }
  private flushing: Promise<void> | null = null
  private wakesAt = Number.POSITIVE_INFINITY
  /** Pieces parked so far, by origin; a crash may forget it. */
  private parked = new Map<string, number>()
  private readonly uploads: Uploads

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    migrate(ctx.storage.sql, ladder)
    this.uploads = new Uploads(ctx.storage.sql)
    this.held = this.one(WAITING)!
    // whatever a crash left behind need not wait for the platform to repeat an alarm
    if (this.held.rows) this.wake(Date.now())
  }

  /** On disk when this returns. `degraded` when the log is full: the caller keeps its rows and comes again. */
  accept({ table, ndjson, count }: Accepted): void {
    this.refuse(table)
    const at = Date.now()
    for (const { body, rows } of pieces(ndjson, count, CHUNK_BYTES)) {
      this.ctx.storage.sql.exec('INSERT INTO chunks (tbl, at, rows, body) VALUES (?, ?, ?, ?)', table, at, rows, body)
      this.held.rows += rows
      this.held.bytes += body.byteLength
    }
    this.came(at)
  }

  /** Part `part` (0, 1, …) of an upload: on disk, but stored only by `commit`. Throws as `accept` does. */
  stage({ upload, part, table, ndjson, count }: Staged): void {
    this.refuse(table)
    const at = Date.now()
    this.uploads.add(upload, part, table, pieces(ndjson, count, CHUNK_BYTES), at)
    this.wake(this.uploads.dueAt() ?? at)
  }

  /** All parts of the upload become rows of the log at once; `degraded` when not all of them are here: a restart drops uploads. */
  commit({ upload, parts }: { upload: string; parts: number }): void {
    const at = Date.now()
    const moved = this.ctx.storage.transactionSync(() => this.uploads.moveToLog(upload, parts, at))
    if (!moved) throw new Problem('degraded', 'The upload was interrupted and nothing of it is stored. Send it again.', { retryAfter: 1 })
    this.held = this.one(WAITING)!
    this.came(at)
  }

  /** Nothing of the upload is kept. */
  abandon({ upload }: { upload: string }): void {
    this.uploads.drop(upload)
  }

  private refuse(table: TableName): void {
    if (!Object.hasOwn(tables, table)) throw new Error(`There is no table ${table}`)
    if (this.held.bytes + this.uploads.bytes >= this.bytesMax)
      throw new Problem('degraded', 'More is waiting to be stored than fits. Send it again later.', { retryAfter: 10 })
  }

  private came(at: number): void {
    this.wake(at + FLUSH_MS)
    if (this.held.rows >= BLOCK_ROWS) this.ctx.waitUntil(this.flush())
  }

  gauges(): Gauges {
    return { ...this.held, oldest: this.one<{ at: number }>('SELECT at FROM chunks ORDER BY seq LIMIT 1')?.at ?? null }
  }

  override async alarm(): Promise<void> {
    this.wakesAt = Number.POSITIVE_INFINITY
    this.uploads.dropDead(Date.now())
    await this.flush()
  }

  /** Sends blocks until nothing is due; one at a time, so that rows arrive in order. Never throws. */
  private flush(): Promise<void> {
    this.flushing ??= this.drain()
      .catch((e) => {
        log('bug', { where: 'spool', message: reason(e) })
        return Date.now() + 10_000
      })
      .then((dueAt) => {
        this.flushing = null
        const deadAt = this.uploads.dueAt()
        if (deadAt !== null) this.wake(deadAt)
        if (dueAt !== null) this.wake(dueAt)
      })
    return this.flushing
  }

  /** Returns when to come again, null when nothing waits. */
  private async drain(): Promise<number | null> {
    for (;;) {
      const at = Date.now()
      const block = this.one<Block>('SELECT * FROM blocks ORDER BY first, from_row LIMIT 1') ?? this.freeze(at)
      if (block === null || typeof block === 'number') return block
      if (block.next_at > at) return block.next_at
      const body = this.bodyOf(block)
      const inserted = await insert(clickhouseOf(this.env), block.tbl, body, block.id)
      switch (inserted.outcome) {
        case 'ok':
          this.forget(block)
          break
        case 'retry':
          this.later(block, inserted.why)
          break
        case 'rejected':
          await this.refused(block, body, inserted.why)
          break
        default:
          return inserted satisfies never
      }
    }
  }

  /** The next chunks as a block, written down before anyone may send it; or when there is enough to send; or null: nothing waits. */
  private freeze(at: number): Block | number | null {
    const chunks = this.ctx.storage.sql.exec<{ seq: number; tbl: TableName; at: number; rows: number; bytes: number }>(
      'SELECT seq, tbl, at, rows, length(body) AS bytes FROM chunks ORDER BY seq',
    )
    let taken: { tbl: TableName; first: number; last: number; rows: number; bytes: number; since: number } | null = null
    for (const { seq, tbl, at: since, rows, bytes } of chunks) {
      taken ??= { tbl, first: seq, last: seq, rows: 0, bytes: 0, since }
      if (tbl !== taken.tbl || (taken.rows && taken.bytes + bytes > BLOCK_BYTES)) break
      taken = { ...taken, last: seq, rows: taken.rows + rows, bytes: taken.bytes + bytes }
      if (taken.rows >= BLOCK_ROWS) break
    }
    if (!taken) return null
    if (this.held.rows < BLOCK_ROWS && taken.since + FLUSH_MS > at) return taken.since + FLUSH_MS
    const id = newId(at)
    return this.write({ id, tbl: taken.tbl, first: taken.first, last: taken.last, from_row: null, to_row: null, origin: id })
  }

  private write(block: Omit<Block, 'tries' | 'next_at'>): Block {
    const { id, tbl, first, last, from_row, to_row, origin } = block
    this.ctx.storage.sql.exec('INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)', id, tbl, first, last, from_row, to_row, origin)
    return { ...block, tries: 0, next_at: 0 }
  }

  private bodyOf({ first, last, from_row, to_row }: Block): Uint8Array {
    const bodies = this.ctx.storage.sql.exec<{ body: ArrayBuffer }>(
      'SELECT body FROM chunks WHERE seq BETWEEN ? AND ? ORDER BY seq',
      first,
      last,
    )
    const chunks = [...bodies].map(({ body }) => new Uint8Array(body))
    const all = new Uint8Array(chunks.reduce((n, chunk) => n + chunk.byteLength, 0))
    let end = 0
    for (const chunk of chunks) {
      all.set(chunk, end)
      end += chunk.byteLength
    }
    return from_row === null || to_row === null ? all : rowsFrom(all, from_row, to_row)
  }

  /** In ClickHouse, or parked: its chunks go when no other piece of them is left. */
  private forget({ id, first, last }: Pick<Block, 'id' | 'first' | 'last'>): void {
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec('DELETE FROM blocks WHERE id = ?', id)
      const gone = this.ctx.storage.sql.exec<{ rows: number; bytes: number }>(
        `DELETE FROM chunks WHERE seq BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM blocks WHERE seq BETWEEN first AND last)
         RETURNING rows, length(body) AS bytes`,
        first,
        last,
      )
      for (const { rows, bytes } of gone) {
        this.held.rows -= rows
        this.held.bytes -= bytes
      }
    })
  }

  private later({ id, tbl, tries }: Block, why: string): void {
    this.ctx.storage.sql.exec('UPDATE blocks SET tries = tries + 1, next_at = ? WHERE id = ?', Date.now() + wait(tries), id)
    if (tries % 10 === 0) log('spool-waits', { table: tbl, tries: tries + 1, rows: this.held.rows, message: why })
  }

  /**
   * Poison must not hold up the rest: halves of the block go on by themselves, first between chunks (other people's calls),
   * then between rows, and the smallest that is still refused is parked in R2 under `replay/`.
   */
  private async refused(block: Block, body: Uint8Array, why: string): Promise<void> {
    const { id, tbl, first, last, origin } = block
    const [rows, parked] = [rowsIn(body), this.parked.get(origin) ?? 0]
    if (rows > (parked < PARKED_SINGLY ? 1 : PARKED_ROWS)) return this.halve(block, rows)
    try {
      await this.env.COLD.put(`replay/${tbl}/${id}.ndjson`, body, { customMetadata: { why } })
    } catch (e) {
      return this.later(block, String(e))
    }
    log('rows-parked', { table: tbl, block: id, rows, message: why })
    this.forget({ id, first, last })
    this.parked.set(origin, parked + 1)
    if (!this.one('SELECT 1 FROM blocks')) this.parked.clear()
  }

  private halve({ id, tbl, first, last, from_row, origin }: Block, rows: number): void {
    const half = first + Math.floor((last - first) / 2)
    const [from, middle] = [from_row ?? 0, (from_row ?? 0) + Math.ceil(rows / 2)]
    const at = Date.now()
    this.ctx.storage.transactionSync(() => {
      this.ctx.storage.sql.exec('DELETE FROM blocks WHERE id = ?', id)
      const cuts =
        first < last
          ? ([[first, half, null, null], [half + 1, last, null, null]] as const)
          : ([[first, last, from, middle], [first, last, middle, from + rows]] as const) // biome-ignore format: pairs
      for (const [first, last, from_row, to_row] of cuts) this.write({ id: newId(at), tbl, first, last, from_row, to_row, origin })
    })
  }

  /** Sets the alarm, unless one comes earlier: setting it is billed as a row written. */
  private wake(at: number): void {
    if (at >= this.wakesAt) return
    this.wakesAt = at
    this.ctx.waitUntil(this.ctx.storage.setAlarm(at))
  }

  private one<T extends Record<string, SqlStorageValue>>(sql: string): T | null {
    return this.ctx.storage.sql.exec<T>(sql).toArray()[0] ?? null
  }
}
