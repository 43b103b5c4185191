import { type Known, logRow } from '../../shared/logs/row.ts'
import type { Asked } from './wire.ts'

/** A record as its protocol gives it, and what the protocol knows about it besides. */
export type LogRecord = { record: unknown; known?: Known }

const BATCH_CHARS = 64 * 1024

/** The one way of a log record from any wire to the upload: record → row. */
export async function storeLogs(asked: Asked, records: Iterable<LogRecord>): Promise<void> {
  const { source, at, upload } = asked
  const made = source.vrl.logs ? (await import('./pipeline.ts')).transformedLogs(asked, records) : records
  const origin = { team: source.team, source: source.id, retentionDays: source.retentionDays, at }
  let rows = ''
  let count = 0
  for (const { record, known } of made) {
    rows += `${logRow(record, origin, known)}\n`
    count += 1
    if (rows.length < BATCH_CHARS) continue
    await upload.add('logs', rows, count)
    rows = ''
    count = 0
  }
  if (count) await upload.add('logs', rows, count)
}
