import type { Env } from '../durable-objects/env.ts'
import { clickhouseOf } from '../durable-objects/transport.ts'
import { db } from '../shared/db.ts'
import { log } from '../shared/log.ts'
import { writeOver } from '../shared/logs/plan-store.ts'
import { monthOf, type Used } from '../shared/logs/plans.ts'
import { MINUTE } from '../shared/time.ts'
import { clickhouse } from '../shared/warehouse/clickhouse.ts'

const EVERY_MS = 5 * MINUTE
const TEAMS_MAX = 100_000

/** Every five minutes: which teams sent more this month than their plan holds. The doors learn it with the token, within a minute. Nothing where QUOTAS is off. */
export async function holdToQuotas(env: Env, at: number): Promise<void> {
  if (env.QUOTAS !== 'on' || Math.floor(at / MINUTE) % (EVERY_MS / MINUTE)) return
  const used = await clickhouse(clickhouseOf(env)).rows<Used & { team: string }>(
    `SELECT team, sumIf(bytes, signal = 'logs') AS logs, sumIf(bytes, signal = 'traces') AS traces, sumIf(events, signal = 'metrics') AS metrics
     FROM tocsin.usage WHERE at >= fromUnixTimestamp64Milli({month:Int64}) GROUP BY team`,
    { month: monthOf(at) },
    { maxRows: TEAMS_MAX },
  )
  const over = await writeOver(
    db(env.DB),
    used.map(({ team, ...used }) => ({ team, used })),
    at,
  )
  if (over) log('quotas', { teams: used.length, over })
}
