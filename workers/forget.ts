import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { clickhouseOf } from '../durable-objects/transport.ts'
import { endEverything, forgetRows, idsOf, leftAt } from '../shared/auth/leaving.ts'
import { type Db, db } from '../shared/db.ts'
import { isId } from '../shared/ids.ts'
import { ANY } from '../shared/logs/watched.ts'
import type { Poke } from '../shared/outbox.ts'
import { MINUTE } from '../shared/time.ts'
import { shardsOfTeam } from '../shared/uptime/store.ts'
import { forgetInClickHouse } from '../shared/warehouse/forget.ts'
import { type TableName, tables } from '../shared/warehouse/insert.ts'

/** Ends what the objects of one noun hold of a team. Called twice, minutes apart; the team's rows in D1 are still there, marked as deleted. */
type Forget = (env: Env, team: string, db: Db) => Promise<unknown>

/**
 * **A noun whose objects hold something of a team adds one line here.** Nothing else needs one: in D1 and ClickHouse every table with a
 * column `team` is forgotten, in R2 everything under `<team>/`. test/api/leaving.test.ts looks for traces in every store.
 */
const forgetters = {
  uptime: async (_, team, db) => {
    for (const shard of await shardsOfTeam(db, team)) await stubs.monitorShard(shard).forget(team)
  },
  incidents: (_, team) => stubs.incidents(team).forget(),
  live: (_, team) => stubs.live(team).forget(),
  alerts: (_, team) => stubs.alerts(team).forget(),
  oncall: async (_, team, db) => {
    for (const schedule of await idsOf(db, team, 'schedules')) await stubs.schedule(team, schedule).forget()
  },
  logs: async (_, team, db) => {
    for (const name of [ANY, ...(await idsOf(db, team, 'sources'))]) await stubs.tail(`${team}/${name}`).forget()
  },
} satisfies Record<string, Forget>

/** After that nothing of the team is accepted any more: tokens are remembered for a minute, and what was under way has arrived. */
const SETTLED_MS = 2 * MINUTE
/** The same where rows wait in a queue: its usual delay is seconds, this is for a bad day. */
const SETTLED_QUEUE_MS = 15 * MINUTE

/**
 * A team left (`shared/auth/leaving.ts`, DESIGN §2 "Leaving"): first everything of it stops, then, when nothing can arrive any more, no
 * store keeps a trace. Each step may be repeated; the row that says that the team is leaving goes last. Answers when to come again.
 */
export async function forgetTeam(env: Env, { team }: Poke, at: number): Promise<number | undefined> {
  const database = db(env.DB)
  const since = await leftAt(database, team)
  if (since === null || !isId(team)) return
  await endEverything(database, team, since)
  for (const forget of Object.values<Forget>(forgetters)) await forget(env, team, database)
  const settled = since + (env.TRANSPORT === 'queue' ? SETTLED_QUEUE_MS : SETTLED_MS)
  if (at < settled) return settled
  if (env.TRANSPORT === 'spool' && (await waitsSince()) < settled) return at + MINUTE
  await forgetInClickHouse(clickhouseOf(env), team)
  await forgetBytes(env.COLD, team)
  await forgetRows(database, team)
}

/** Epoch ms when the oldest row was accepted that no table has yet. */
async function waitsSince(): Promise<number> {
  const gauges = await Promise.all((Object.keys(tables) as TableName[]).map((table) => stubs.spool(table).gauges()))
  return Math.min(...gauges.map((g) => g.oldest ?? Number.POSITIVE_INFINITY))
}

/** What is the team's own, and its lines in what ClickHouse refused and was put aside. */
async function forgetBytes(bucket: R2Bucket, team: string): Promise<void> {
  for (let own = await bucket.list({ prefix: `${team}/` }); own.objects.length; own = await bucket.list({ prefix: `${team}/` }))
    await bucket.delete(own.objects.map((o) => o.key))
  for (const prefix of ['replay/', 'refused/', 'inflight/'])
    for (let cursor: string | undefined; ; ) {
      const parked = await bucket.list({ prefix, ...(cursor ? { cursor } : {}) })
      for (const { key } of parked.objects) await forgetLines(bucket, key, team)
      if (!parked.truncated) break
      cursor = parked.cursor
    }
}

async function forgetLines(bucket: R2Bucket, key: string, team: string): Promise<void> {
  const object = await bucket.get(key)
  const text = await object?.text()
  if (!object || !text?.includes(team)) return
  const kept = text.split('\n').filter((line) => !line.includes(team))
  const { customMetadata } = object
  if (kept.some(Boolean)) await bucket.put(key, kept.join('\n'), customMetadata ? { customMetadata } : {})
  else await bucket.delete(key)
}
