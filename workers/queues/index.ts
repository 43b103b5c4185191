import type { Env } from '../../durable-objects/env.ts'
import { parkDead, storeRows } from './rows.ts'

type Consumer = (batch: MessageBatch<unknown>, env: Env, at: number) => Promise<void>

/** Who takes from a queue: what an account calls its queues is its own affair, but the dead letters' name ends with `-dead`. */
export const consumerOf = (queue: string): Consumer => (queue.endsWith('-dead') ? parkDead : storeRows)
