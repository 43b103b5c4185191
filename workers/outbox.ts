import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { db } from '../shared/db.ts'
import { log, reason } from '../shared/log.ts'
import { claimPokes, donePokes, laterPoke, type Poke, type PokeKind } from '../shared/outbox.ts'
import { forgetTeam } from './forget.ts'
import { sendQueuedMail } from './queued-mail.ts'
import { wakeShard } from './shards.ts'
import { retentionChanged, sourceGone } from './sources.ts'
import { sendWebhook } from './webhooks.ts'

/** What a poke wakes. A number is a time (epoch ms) to come again; a throw comes again with a growing wait. Handlers re-read present truth. */
type Wake = (env: Env, poke: Poke, at: number) => Promise<number | undefined>

const wakes = {
  mail: sendQueuedMail,
  webhook: sendWebhook,
  monitor: wakeShard,
  team: (_: Env, poke: Poke) =>
    stubs
      .incidents(poke.team)
      .refresh()
      .then(() => undefined),
  schedule: (_: Env, poke: Poke) =>
    stubs
      .schedule(poke.team, poke.ref)
      .refresh(poke.team, poke.ref)
      .then(() => undefined),
  leaving: forgetTeam,
  source: sourceGone,
  retention: retentionChanged,
  alerts: (_: Env, poke: Poke) =>
    stubs
      .alerts(poke.team)
      .refresh(poke.team)
      .then(() => undefined),
} satisfies Record<PokeKind, Wake>

/** What leaves the building must not leave twice because a neighbour was slow: it is ticked off by itself and at once. */
const outward: ReadonlySet<PokeKind> = new Set(['mail', 'webhook'])

/**
 * Works off what is due, at most 500 rows a call; with `team` only that team's, as the request that wrote them does in `waitUntil`.
 * Never throws: what D1 does not give or take now, the next minute's cron finds again.
 */
export async function drainOutbox(env: Env, at: number, team?: string): Promise<void> {
  await drain(env, at, team).catch((e) => log('outbox-not-drained', { team, message: reason(e) }))
}

async function drain(env: Env, at: number, team?: string): Promise<void> {
  const database = db(env.DB)
  const done: Poke[] = []
  await Promise.all(
    (await claimPokes(database, at, 500, team)).map(async (poke) => {
      try {
        const again = await (wakes as Record<PokeKind, Wake>)[poke.kind](env, poke, at)
        if (typeof again === 'number') await laterPoke(database, poke, at, again)
        else if (outward.has(poke.kind)) await donePokes(database, [poke])
        else done.push(poke)
      } catch (e) {
        log('poke-failed', { kind: poke.kind, team: poke.team, tries: poke.tries, message: reason(e) })
        await laterPoke(database, poke, at)
      }
    }),
  )
  // one write for all of them: a write is an fsync, and a burst of changes made the database wait for those (measured)
  if (done.length) await donePokes(database, done)
}
