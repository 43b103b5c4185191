import type { Env } from '../durable-objects/env.ts'
import { clickhouseOf } from '../durable-objects/transport.ts'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { claimHour, hourDone, hourFailed, hourName, knownHours } from '../shared/logs/archive/store.ts'
import { anySource } from '../shared/logs/store.ts'
import { DAY, HOUR, MINUTE } from '../shared/time.ts'
import { archiveKey, exportHour, type Hour, hoursWithRows, kinds } from '../shared/warehouse/archive.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'
import { askBucket, bucketOf, facadeOf, placeOf } from './archive-place.ts'

/** A cron's invocation ends after 15 minutes; what is left comes with the next. */
const RUN_MS = 10 * MINUTE
const AT_ONCE = 2

/** Every hour, ten minutes past: hours that are over, of the last six. */
export const archiveHours = (env: Env, at: number) => archive(env, at, 6 * HOUR)
/** Every night: records that came late, and what failed while a bucket was away, of the last eight days. */
export const archiveDays = (env: Env, at: number) => archive(env, at, 8 * DAY)

/**
 * One Parquet file per source and hour, in our bucket or the source's own. D1 decides who writes an hour, and lists it only when the
 * file itself says how many rows it has; an hour that got more rows since is written anew under the same name. Off the accept path.
 */
async function archive(env: Env, at: number, back: number): Promise<void> {
  if (!env.ARCHIVE_URL) return
  const to = at - (at % HOUR)
  const until = Date.now() + RUN_MS
  const known = await knownHours(db(env.DB), to - back)
  for (const kind of kinds) {
    const found = await hoursWithRows(clickhouse(clickhouseOf(env)), kind, to - back, to)
    const due = found.filter((hour) => (known.get(hourName(hour)) ?? 0) < hour.rows)
    for (let i = 0; i < due.length && Date.now() < until; i += AT_ONCE)
      await Promise.all(due.slice(i, i + AT_ONCE).map(({ rows, ...hour }) => one(env, hour, rows, Date.now())))
  }
}

async function one(env: Env, hour: Hour, rows: number, at: number): Promise<void> {
  const database = db(env.DB)
  const source = await anySource(database, hour.team, hour.source)
  if (!source || source.deleted_at) return
  const place = placeOf(source)
  if (!(await claimHour(database, hour, rows, place, at))) return
  try {
    const written = await exportHour(clickhouse(clickhouseOf(env)), await facadeOf(env), hour)
    await hourDone(database, hour, written, await sizeOf(env, hour, place), Date.now())
    log('hour-archived', { source: hour.source, kind: hour.kind, hour: hour.hour, rows: written })
  } catch (e) {
    log('hour-not-archived', { source: hour.source, kind: hour.kind, hour: hour.hour, message: reason(e) })
    await hourFailed(database, hour, whyNot(e), Date.now()).catch(() => {})
  }
}

async function sizeOf(env: Env, hour: Hour, place: string): Promise<number> {
  const key = archiveKey(hour)
  if (!place) return (await env.COLD.head(key))?.size ?? 0
  const bucket = await bucketOf(env, hour.team, hour.source, place)
  if (!bucket) return 0
  const head = await askBucket(env, bucket, key, '', { method: 'HEAD', headers: new Headers(), body: null })
  return Number(head.headers.get('content-length') ?? 0)
}

/** For the owner of the bucket: what it answered, without our own statement and key. */
function whyNot(e: unknown): string {
  const text = String((e as Error)?.message ?? e)
  const told = text.match(/<Message>([^<]*)<|Message: ([^,\n]*)/)
  return told
    ? (told[1] ?? told[2]!).trim()
    : /AccessDenied|403/.test(text)
      ? 'The bucket refused the key.'
      : 'The bucket did not take the file.'
}
