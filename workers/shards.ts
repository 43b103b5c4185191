import type { Env } from '../durable-objects/env.ts'
import { stubs } from '../durable-objects/stubs.ts'
import { db } from '../shared/db.ts'
import { log } from '../shared/log.ts'
import type { Poke } from '../shared/outbox.ts'
import { shardOfMonitor, shardsInUse } from '../shared/uptime/store.ts'

/** A monitor was written: its shard reads it again. */
export async function wakeShard(env: Env, { team, ref }: Poke): Promise<undefined> {
  const shard = await shardOfMonitor(db(env.DB), team, ref)
  if (shard !== undefined) await stubs.monitorShard(shard).poke({ team, monitor: ref })
}

/** A shard whose alarm was lost would watch nothing and not know it. */
export async function armShards(env: Env): Promise<void> {
  const shards = await shardsInUse(db(env.DB))
  const lost = await Promise.all(shards.map(async (n) => ((await stubs.monitorShard(n).ensureArmed()) ? n : null)))
  for (const shard of lost) if (shard !== null) log('shard-rearmed', { shard })
}
