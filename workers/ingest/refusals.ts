import { waitUntil } from 'cloudflare:workers'
import type { Env } from '../../durable-objects/env.ts'
import { db } from '../../shared/db.ts'
import { log, reason } from '../../shared/log.ts'
import { addRefusals } from '../../shared/logs/refusals.ts'
import type { Source } from './source.ts'

const EVERY_MS = 10_000
const KEYS_MAX = 1000
/** Per isolate: `<source> <why>` → refusals not written yet, and when the last were. A client that repeats itself costs one write in ten seconds. */
const held = new Map<string, { count: number; writtenAt: number }>()

/** Remembers for the page of the source that an upload was refused. Counts are at least what happened: an isolate that ends forgets its last seconds. */
export function noteRefusal(env: Env, { team, id }: Source, why: string, began: string, at: number): void {
  const text = why.slice(0, 200)
  const key = `${id} ${text}`
  const entry = held.get(key) ?? { count: 0, writtenAt: 0 }
  entry.count += 1
  if (!held.has(key) && held.size >= KEYS_MAX) held.delete(held.keys().next().value!)
  held.set(key, entry)
  if (entry.writtenAt + EVERY_MS > at) return
  const { count } = entry
  Object.assign(entry, { count: 0, writtenAt: at })
  waitUntil(
    addRefusals(db(env.DB), team, id, { reason: text, count, began }, at).catch((e) => log('refusal-not-noted', { message: reason(e) })),
  )
}
