import { waitUntil } from 'cloudflare:workers'
import type { Env } from '../../durable-objects/env.ts'
import { sendRows } from '../../durable-objects/transport.ts'
import { log, reason } from '../../shared/log.ts'
import { type Bucket, fullBucket, type Signal, secondsUntil, untilNextMonth } from '../../shared/logs/plans.ts'
import { MINUTE, SECOND } from '../../shared/time.ts'
import type { Source } from './source.ts'

const FLUSH_MS = 5 * SECOND
const BUCKETS_MAX = 10_000

/** Per isolate. A source that sends to several isolates may send its rate to each: this stops a loop, the quota counts what all of them took. */
const buckets = new Map<string, Bucket>()

/** What an upload to this path is counted as. */
export const signalOf = (pathname: string): Signal =>
  /\/traces(\/|$)/.test(pathname) ? 'traces' : /\/(metrics(\/|$)|v1\/write$)/.test(pathname) ? 'metrics' : 'logs'

/** How a door says no; `retryAfter` in seconds. */
export type HeldBack = { status: 402 | 429; message: string; retryAfter: number }

/** Whether this source may send now. Costs a look into a map: what a team used up came with its token, at most a minute ago. */
export function heldBack({ id, over, bytesPerS }: Source, signal: Signal, at: number): HeldBack | null {
  if (over.includes(signal)) {
    const message = `This month's quota of ${signal} is used up. Take a larger plan, or wait for the next month.`
    return { status: 402, message, retryAfter: untilNextMonth(at) }
  }
  const bucket = buckets.get(id)
  const wait = bucket ? secondsUntil(bucket, bytesPerS, at) : 0
  return wait ? { status: 429, message: 'This source sends more than its plan allows. Send it again later.', retryAfter: wait } : null
}

type Counted = { bytes: number; events: number; requests: number }
/** Per isolate: `<team> <source> <signal> <minute>` → what is not told yet. */
let counted = new Map<string, Counted>()
let toldAt = 0
let telling = false

/** An upload was taken: it uses up the source's rate at once, and goes to tocsin.usage with what else came within five seconds. */
export function charge(env: Env, { team, id, bytesPerS }: Source, signal: Signal, bytes: number, events: number, at: number): void {
  if (Number.isFinite(bytesPerS)) {
    const bucket = buckets.get(id) ?? fullBucket(bytesPerS, at)
    bucket.level -= bytes
    if (!buckets.has(id) && buckets.size >= BUCKETS_MAX) buckets.delete(buckets.keys().next().value!)
    buckets.set(id, bucket)
  }
  const key = `${team} ${id} ${signal} ${at - (at % MINUTE)}`
  const held = counted.get(key) ?? { bytes: 0, events: 0, requests: 0 }
  counted.set(key, { bytes: held.bytes + bytes, events: held.events + events, requests: held.requests + 1 })
  if (telling) return
  telling = true
  waitUntil(tell(env, Math.max(0, toldAt + FLUSH_MS - at)))
}

/** An isolate that ends before loses what it counted in these seconds: a bill may be too low by them, never too high. */
async function tell(env: Env, waitMs: number): Promise<void> {
  try {
    if (waitMs) await scheduler.wait(waitMs)
  } finally {
    telling = false
  }
  const at = Date.now()
  const rows = counted
  counted = new Map()
  toldAt = at
  const ndjson = [...rows].map(([key, count]) => {
    const [team, source_id, signal, minute] = key.split(' ')
    return `${JSON.stringify({ team, source_id, signal, at: Math.floor(Number(minute) / 1000), ...count })}\n`
  })
  await sendRows(env, 'usage', ndjson.join(''), rows.size).catch((e) => log('usage-not-told', { message: reason(e) }))
}
