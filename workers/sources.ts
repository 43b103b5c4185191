import type { Env } from '../durable-objects/env.ts'
import { clickhouseOf } from '../durable-objects/transport.ts'
import { db } from '../shared/db.ts'
import { anySource, forgetSource } from '../shared/logs/store.ts'
import type { Poke } from '../shared/outbox.ts'
import { DAY, HOUR, MINUTE } from '../shared/time.ts'
import { applyRetention, eraseFromDisk, eraseSource } from '../shared/warehouse/retain.ts'
import { shelves } from './queues/parked.ts'

/**
 * Passes after a source was deleted. Its token works up to a minute longer, and what was accepted before may wait for hours in a spool
 * or for two weeks in a queue: rows that arrive late go with the next pass.
 */
const PASSES = [0, 2 * MINUTE, 15 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY, 4 * DAY, 8 * DAY, 15 * DAY]

/** A source was deleted: its rows leave ClickHouse, R2 and what is parked. The row in D1 goes with the last pass. */
export async function sourceGone(env: Env, { team, ref }: Poke, at: number): Promise<number | undefined> {
  const database = db(env.DB)
  const source = await anySource(database, team, ref)
  if (!source?.deleted_at) return
  const age = at - source.deleted_at
  const place = { team, source: ref }
  await eraseSource(clickhouseOf(env), place)
  await eraseParked(env.COLD, ref)
  await eraseUnder(env.COLD, `${team}/cold/${ref}/`)
  const next = PASSES.find((after) => after > age)
  if (age >= DAY && next !== undefined) await eraseFromDisk(clickhouseOf(env))
  if (next !== undefined) return source.deleted_at + next
  await forgetSource(database, team, ref)
}

/** A source keeps its rows for another time than before: those that are there too. Twice, because doors knew the old one for a minute. */
export async function retentionChanged(env: Env, { team, ref }: Poke, at: number): Promise<number | undefined> {
  const source = await anySource(db(env.DB), team, ref)
  if (!source || source.deleted_at) return
  const { retention_days: logs, metrics_retention_days: metrics } = source
  await applyRetention(clickhouseOf(env), { team, source: ref }, { logs, metrics })
  const settled = source.updated_at + 2 * MINUTE
  return at < settled ? settled : undefined
}

async function eraseUnder(bucket: R2Bucket, prefix: string): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const listed = await bucket.list({ prefix, ...(cursor ? { cursor } : {}) })
    if (listed.objects.length) await bucket.delete(listed.objects.map(({ key }) => key))
    if (!listed.truncated) return
    cursor = listed.cursor
  }
}

/** Lines of the source in what waits to be sent again. What is left of an object keeps its name: it is its token. */
async function eraseParked(bucket: R2Bucket, source: string): Promise<void> {
  for (const prefix of Object.values(shelves))
    for (let cursor: string | undefined; ; ) {
      const listed = await bucket.list({ prefix, ...(cursor ? { cursor } : {}) })
      for (const { key } of listed.objects) await eraseLines(bucket, key, source)
      if (!listed.truncated) break
      cursor = listed.cursor
    }
}

async function eraseLines(bucket: R2Bucket, key: string, source: string): Promise<void> {
  const object = await bucket.get(key)
  const text = await object?.text()
  if (!object || !text?.includes(source)) return
  const kept = text.split('\n').filter((line) => !line.includes(source))
  const { customMetadata } = object
  if (kept.some(Boolean)) await bucket.put(key, kept.join('\n'), customMetadata ? { customMetadata } : {})
  else await bucket.delete(key)
}
