import * as z from 'zod'
import { iso } from '../time.ts'
import type { Warehouse } from '../warehouse/clickhouse.ts'
import { bundles, monthOf, type Plan, type Signal, signals, type Used } from './plans.ts'

const Signals = z.enum(signals)

/** `used` and `quota`: bytes of logs and traces as they were sent, points of metrics. `quota` is null where nobody is held to one. */
export const UsageBody = z
  .object({
    month: z.string().describe('The first moment of the month that is counted, UTC'),
    bundle: z.string(),
    overage: z.boolean(),
    signals: z.array(z.object({ signal: Signals, used: z.number(), quota: z.number().nullable(), over: z.boolean() })),
    sources: z.array(z.object({ source_id: z.string(), signal: Signals, bytes: z.number(), events: z.number(), requests: z.number() })),
  })
  .meta({ id: 'Usage' })
export type UsageBody = z.infer<typeof UsageBody>

/** What a team sent since the beginning of the month, by source, and what its plan holds. The last seconds may be missing. */
export async function readUsage(ch: Warehouse, team: string, plan: Plan, over: Signal[], held: boolean, at: number): Promise<UsageBody> {
  const month = monthOf(at)
  const sources = await ch.rows<UsageBody['sources'][number]>(
    `SELECT source_id, toString(signal) AS signal, sum(bytes) AS bytes, sum(events) AS events, sum(requests) AS requests FROM tocsin.usage
     WHERE team = {team:UUID} AND at >= fromUnixTimestamp64Milli({month:Int64}) GROUP BY source_id, signal ORDER BY bytes DESC`,
    { team, month },
  )
  const used: Used = { logs: 0, traces: 0, metrics: 0 }
  for (const { signal, bytes, events } of sources) used[signal] += signal === 'metrics' ? events : bytes
  return {
    month: iso(month),
    bundle: plan.bundle,
    overage: plan.overage,
    signals: signals.map((signal) => ({
      signal,
      used: used[signal],
      quota: held ? bundles[plan.bundle][signal] : null,
      over: held && over.includes(signal),
    })),
    sources,
  }
}
