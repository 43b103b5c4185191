import type { Env } from '../../durable-objects/env.ts'
import { parkDead, storeRows } from './rows.ts'

type Consumer = (batch: MessageBatch<unknown>, env: Env, at: number) => Promise<void>

/** Every queue of wrangler.toml → who takes from it. */
export const consumers: Record<string, Consumer> = {
  'tocsin-rows': storeRows,
  'tocsin-rows-dead': parkDead,
}
