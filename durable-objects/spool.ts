import { DurableObject } from 'cloudflare:workers'
import { log, reason } from '../shared/log.ts'
import { Problem } from '../shared/problem.ts'
import { pieces, rowsIn } from '../shared/warehouse/block.ts'
import { insert, type TableName, tables } from '../shared/warehouse/insert.ts'
import type { Env } from './env.ts'
import { type Block, SpoolLog } from './spool-log.ts'
import { clickhouseOf } from './transport.ts'
import { Uploads } from './uploads.ts'

/** A block leaves this long after its first row, or when there are this many. */
const FLUSH_MS = 500
const FLUSH_ROWS = 20_000
/** SQLite refuses values over 2 MB. */
const CHUNK_BYTES = 1_500_000
/** Of one block this many refused rows are looked for one by one, then only pieces of PARKED_ROWS: a block costs at most some 450 INSERTs. */
const PARKED_SINGLY = 64
const PARKED_ROWS = 64

/** `count` rows of NDJSON, as text or as its bytes. */
type Accepted = { table: TableName; ndjson: string | Uint8Array; count: number }
type Staged = Accepted & { upload: string; part: number }
/** `oldest`: epoch ms when the oldest waiting row was accepted. */
export type Gauges = { rows: number; bytes: number; oldest: number | null }

/**
 * Accepted rows that ClickHouse does not have yet, in order. What `accept` returned from is on disk: one log row per call
 * and not per event, because the platform bills rows written. A block is frozen before it is sent, and every retry sends
 * exactly it with its id as deduplication token, so that no crash here or there loses or doubles a row. DESIGN §3.
 */
export class Spool extends DurableObject<Env> {
  /** Above this many bytes nothing more is accepted: twenty bodies of 20 MB that arrive at once become 700 MB of rows. */
  bytesMax = 1_000_000_000
  private readonly log: SpoolLog
  private readonly uploads: Uploads
  private flushing: Promise<void> | null = null
  private wakesAt = Number.POSITIVE_INFINITY
  /** Pieces parked so far, by origin; a crash may forget it. */
  private readonly parked = new Map<string, number>()

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.log = new SpoolLog(ctx.storage)
    this.uploads = new Uploads(ctx.storage.sql)
    // whatever a crash left behind need not wait for the platform to repeat an alarm
    if (this.log.held.rows) this.wake(Date.now())
  }

  /** On disk when this returns. `degraded` when the log is full: the caller keeps its rows and comes again. */
  accept({ table, ndjson, count }: Accepted): void {
    this.refuse(table)
    const at = Date.now()
    for (const piece of pieces(ndjson, count, CHUNK_BYTES)) this.log.append(table, piece, at)
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
    this.log.moved(moved)
    this.came(at)
  }

  /** Nothing of the upload is kept. */
  abandon({ upload }: { upload: string }): void {
    this.uploads.drop(upload)
  }

  gauges(): Gauges {
    return { ...this.log.held, oldest: this.log.oldest() }
  }

  override async alarm(): Promise<void> {
    this.wakesAt = Number.POSITIVE_INFINITY
    this.uploads.dropDead(Date.now())
    await this.flush()
  }

  private refuse(table: TableName): void {
    if (!Object.hasOwn(tables, table)) throw new Error(`There is no table ${table}`)
    if (this.log.held.bytes + this.uploads.bytes >= this.bytesMax)
      throw new Problem('degraded', 'More is waiting to be stored than fits. Send it again later.', { retryAfter: 10 })
  }

  private came(at: number): void {
    this.wake(at + FLUSH_MS)
    if (this.log.held.rows >= FLUSH_ROWS && !this.flushing) this.ctx.waitUntil(this.flush())
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
      const block = this.log.next(Date.now(), FLUSH_MS, FLUSH_ROWS)
      if (block === null || typeof block === 'number') return block
      const body = this.log.bodyOf(block)
      const inserted = await insert(clickhouseOf(this.env), block.tbl, body, block.id)
      switch (inserted.outcome) {
        case 'ok':
          this.log.forget(block)
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

  private later(block: Block, why: string): void {
    const { tbl, tries } = block
    this.log.later(block, Date.now())
    if (tries % 10 === 0) log('spool-waits', { table: tbl, tries: tries + 1, rows: this.log.held.rows, message: why })
  }

  /** Poison must not hold up the rest: halves of the block go on by themselves, and the smallest that is still refused is parked in R2 under `replay/`. */
  private async refused(block: Block, body: Uint8Array, why: string): Promise<void> {
    const { id, tbl, origin } = block
    const [rows, parked] = [rowsIn(body), this.parked.get(origin) ?? 0]
    if (rows > (parked < PARKED_SINGLY ? 1 : PARKED_ROWS)) return this.log.halve(block, rows, Date.now())
    try {
      await this.env.COLD.put(`replay/${tbl}/${id}.ndjson`, body, { customMetadata: { why } })
    } catch (e) {
      return this.later(block, String(e))
    }
    log('rows-parked', { table: tbl, block: id, rows, message: why })
    this.log.forget(block)
    this.parked.set(origin, parked + 1)
    if (!this.log.hasBlocks()) this.parked.clear()
  }

  /** Sets the alarm, unless one comes earlier: setting it is billed as a row written. */
  private wake(at: number): void {
    if (at >= this.wakesAt) return
    this.wakesAt = at
    this.ctx.waitUntil(this.ctx.storage.setAlarm(at))
  }
}
