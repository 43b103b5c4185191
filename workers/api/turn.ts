import type { Env } from '../../durable-objects/env.ts'
import { clickhouseOf } from '../../durable-objects/transport.ts'
import { Remembered } from '../../shared/auth/remembered.ts'
import { readPlan } from '../../shared/logs/plan-store.ts'
import { type Warehouse, type WarehouseName, warehouses } from '../../shared/logs/plans.ts'
import { Problem } from '../../shared/problem.ts'
import { MINUTE } from '../../shared/time.ts'
import { runningQueries } from '../../shared/warehouse/guard.ts'
import type { Asked } from './door.ts'

export type Plan = Warehouse & { name: WarehouseName }

/** Per isolate: a team's plan as it was at most a minute ago. */
const plans = new Remembered<WarehouseName>(1000)

/** What the team's queries may take. */
export async function planOf(c: Asked): Promise<Plan> {
  const at = Date.now()
  let name = plans.get(c.var.team, at)
  if (!name) {
    name = (await readPlan(c.var.db, c.var.team)).warehouse
    plans.set(c.var.team, name, at + MINUTE)
  }
  return { name, ...warehouses[name] }
}

/** Per isolate and team: how many queries are being answered just now. */
const running = new Map<string, number>()

/**
 * A place among the queries that a team runs at once; `leave` gives it back, once. Counted here, and by ClickHouse itself for those that
 * other isolates run (a millisecond; of several servers, those of the one asked). Throws `rate-limited`.
 */
export async function enter(env: Env, team: string, { atOnce }: Plan): Promise<() => void> {
  const here = running.get(team) ?? 0
  if (here >= atOnce) throw full(atOnce)
  running.set(team, here + 1)
  let left = false
  const leave = () => {
    if (left) return
    left = true
    const now = (running.get(team) ?? 1) - 1
    if (now) running.set(team, now)
    else running.delete(team)
  }
  const everywhere = await runningQueries(clickhouseOf(env), team).catch(() => 0)
  if (everywhere < atOnce) return leave
  leave()
  throw full(atOnce)
}

const full = (atOnce: number) =>
  new Problem('rate-limited', `At most ${atOnce} queries of a team run at once on this plan. Wait for one, or cancel it.`, {
    retryAfter: 1,
  })

/** The same bytes; `done` when the last left or nobody wants them any more. */
export function until(body: ReadableStream<Uint8Array>, done: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done: ended, value } = await reader.read()
        if (!ended) return controller.enqueue(value)
        controller.close()
      } catch (e) {
        controller.error(e)
      }
      done()
    },
    cancel(reason) {
      done()
      return reader.cancel(reason)
    },
  })
}
