import type { Env } from '../../durable-objects/env.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { log } from '../../shared/log.ts'
import { insert } from '../../shared/warehouse/insert.ts'
import { park, readKey, shelves } from './parked.ts'
import { inPieces } from './pieces.ts'

/** A run ends before the next one begins. */
const RUN_MS = 45_000
const AT_ONCE = 4

/**
 * Sends what waits in R2 again, oldest first, each under the token it always had: what got into ClickHouse before it was parked is not
 * stored twice. Rows that ClickHouse still refuses go to `refused/`, for somebody to look at. Stops at the first that gets no answer.
 */
export async function replayParked(env: Env, now: () => number = Date.now): Promise<{ stored: number; refused: number }> {
  const until = now() + RUN_MS
  const done = { stored: 0, refused: 0 }
  for (let cursor: string | undefined; ; ) {
    const listed = await env.COLD.list({ prefix: shelves.waiting, limit: 200, ...(cursor ? { cursor } : {}) })
    for (let i = 0; i < listed.objects.length; i += AT_ONCE) {
      if (now() > until) return done
      const outcomes = await Promise.all(listed.objects.slice(i, i + AT_ONCE).map(({ key }) => again(env, key)))
      for (const outcome of outcomes) {
        if (outcome === 'stored') done.stored += 1
        if (outcome === 'refused') done.refused += 1
      }
      if (outcomes.includes('later')) return done
    }
    if (!listed.truncated) return done
    cursor = listed.cursor
  }
}

async function again(env: Env, key: string): Promise<'stored' | 'refused' | 'later' | 'skipped'> {
  const place = readKey(key)
  // not ours to send: a table of a later release
  if (!place) return 'skipped'
  const held = await env.COLD.get(key)
  if (!held) return 'skipped'
  const { table, token } = place
  const rows = new Uint8Array(await held.arrayBuffer())
  let refused = false
  let inserted = await insert(clickhouseOf(env), table, rows, token)
  if (inserted.outcome === 'rejected') {
    const aside = async (name: string, piece: Uint8Array<ArrayBuffer>, why: string) => {
      refused = true
      await park(env, 'refused', table, name, piece, why)
    }
    inserted = await inPieces(env, table, token, rows, aside, inserted.why)
  }
  if (inserted.outcome !== 'ok') {
    log('replay-waits', { table, message: inserted.why })
    return 'later'
  }
  await env.COLD.delete(key)
  return refused ? 'refused' : 'stored'
}

/** Parts of uploads that nobody committed: their senders were told nothing. Two weeks is as long as a message may wait for its parts. */
export async function sweepInFlight(env: Env, at: number): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const listed = await env.COLD.list({ prefix: 'inflight/', ...(cursor ? { cursor } : {}) })
    const old = listed.objects.filter(({ uploaded }) => uploaded.getTime() < at - 15 * 86_400_000)
    if (old.length) await env.COLD.delete(old.map(({ key }) => key))
    if (!listed.truncated) return
    cursor = listed.cursor
  }
}
