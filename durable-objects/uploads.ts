import type { Piece } from '../shared/warehouse/block.ts'
import type { TableName } from '../shared/warehouse/insert.ts'

/** An upload from which nothing came for this long is dead: its sender was told nothing, and will send it again. */
const DEAD_AFTER_MS = 600_000

/**
 * Parts of bodies that are still arriving: on disk, but not yet rows of the log. A restart ends every one of them, and a sender
 * that goes on all the same is told at the end, because its first parts are missing.
 */
export class Uploads {
  private readonly sql: SqlStorage
  bytes = 0

  constructor(sql: SqlStorage) {
    this.sql = sql
    sql.exec('DELETE FROM pending')
  }

  add(upload: string, part: number, table: TableName, found: Piece[], at: number): void {
    for (const { body, rows } of found) {
      this.sql.exec('INSERT INTO pending VALUES (?, ?, ?, ?, ?, ?)', upload, part, table, at, rows, body)
      this.bytes += body.byteLength
    }
  }

  /** Moves the upload to the end of the log and says how much it was; null when not exactly its parts 0 … parts-1 are here. Must run in a transaction. */
  moveToLog(upload: string, parts: number, at: number): { rows: number; bytes: number } | null {
    const sizes =
      'SELECT count(DISTINCT part) AS n, coalesce(sum(rows), 0) AS rows, coalesce(sum(length(body)), 0) AS bytes FROM pending WHERE upload = ?'
    const { n, ...moved } = this.sql.exec<{ n: number; rows: number; bytes: number }>(sizes, upload).one()
    if (n !== parts) return null
    this.sql.exec(
      'INSERT INTO chunks (tbl, at, rows, body) SELECT tbl, ?, rows, body FROM pending WHERE upload = ? ORDER BY rowid',
      at,
      upload,
    )
    this.drop(upload)
    return moved
  }

  drop(upload: string): void {
    for (const { bytes } of this.sql.exec<{ bytes: number }>(
      'DELETE FROM pending WHERE upload = ? RETURNING length(body) AS bytes',
      upload,
    ))
      this.bytes -= bytes
  }

  dropDead(at: number): void {
    if (!this.bytes) return
    const dead = 'SELECT upload FROM pending GROUP BY upload HAVING max(at) <= ?'
    for (const { upload } of this.sql.exec<{ upload: string }>(dead, at - DEAD_AFTER_MS).toArray()) this.drop(upload)
  }

  /** When the next one may be dead; null when there is none. */
  dueAt(): number | null {
    if (!this.bytes) return null
    const last = 'SELECT min(at) AS at FROM (SELECT max(at) AS at FROM pending GROUP BY upload)'
    return this.sql.exec<{ at: number }>(last).one().at + DEAD_AFTER_MS
  }
}
