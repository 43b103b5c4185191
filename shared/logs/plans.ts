import { DAY } from '../time.ts'

/** What telemetry is counted as. A span is a trace's; samples and histograms are metrics. */
export const signals = ['logs', 'traces', 'metrics'] as const
export type Signal = (typeof signals)[number]

/** Of one bundle: dollars a month; GB (10⁹ bytes as they were sent, decompressed) of logs and of traces; points of metrics; what one source may send to one isolate of the doors. */
export type Bundle = { price: number; logs: number; traces: number; metrics: number; bytesPerS: number }

const GB = 1e9
const MB = 1e6

/**
 * SEED "Pricing Calculator": prices and what a month holds. `none` is the free allowance of Better Stack's price page (3 GB);
 * its points and every rate are ours: a rate holds a runaway loop, ten times a month's mean at least.
 */
export const bundles = {
  none: { price: 0, logs: 3 * GB, traces: 3 * GB, metrics: 0.15e9, bytesPerS: MB },
  nano: { price: 30, logs: 50 * GB, traces: 50 * GB, metrics: 2.5e9, bytesPerS: 5 * MB },
  micro: { price: 120, logs: 210 * GB, traces: 210 * GB, metrics: 11e9, bytesPerS: 20 * MB },
  mega: { price: 250, logs: 450 * GB, traces: 450 * GB, metrics: 30e9, bytesPerS: 50 * MB },
  tera: { price: 500, logs: 925 * GB, traces: 925 * GB, metrics: 70e9, bytesPerS: 100 * MB },
} as const satisfies Record<string, Bundle>
export type BundleName = keyof typeof bundles

/** Of one plan of the warehouse: dollars a month; how long, how many rows out, how much memory (bytes) one query may take, and how many run at once. */
export type Warehouse = { price: number; timeS: number; rows: number; memory: number; atOnce: number }

/** SEED "WarehousePlan": names and prices; its limits have no figures there, these are ours. local/clickhouse.ts makes a ClickHouse profile of each. */
export const warehouses = {
  standard: { price: 0, timeS: 30, rows: 100_000, memory: 2 * GB, atOnce: 10 },
  turbo: { price: 2000, timeS: 60, rows: 500_000, memory: 8 * GB, atOnce: 20 },
  ultra: { price: 4000, timeS: 120, rows: 1_000_000, memory: 16 * GB, atOnce: 40 },
  hyper: { price: 6000, timeS: 300, rows: 5_000_000, memory: 32 * GB, atOnce: 80 },
} as const satisfies Record<string, Warehouse>
export type WarehouseName = keyof typeof warehouses

/** What a team has. `overage`: more than the bundle is taken and billed; without it the doors answer 402. */
export type Plan = { bundle: BundleName; warehouse: WarehouseName; overage: boolean }
export const noPlan: Plan = { bundle: 'none', warehouse: 'standard', overage: false }

export type Used = Record<Signal, number>

/** Signals of which this month's allowance is used up and no more is taken. Bytes of logs and traces, points of metrics. */
export const overQuota = ({ bundle, overage }: Plan, used: Used): Signal[] =>
  overage && bundle !== 'none' ? [] : signals.filter((signal) => used[signal] >= bundles[bundle][signal])

/** Epoch ms of the first moment of the month, UTC: what a quota counts from. */
export function monthOf(at: number): number {
  const date = new Date(at)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
}

/** Whole seconds until the next month; what `Retry-After` says of a quota, a day at most: the plan may change before. */
export function untilNextMonth(at: number): number {
  const date = new Date(at)
  return Math.ceil(Math.min(DAY, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) - at) / 1000)
}

const BURST_S = 10

/** Bytes of one source: `level` is what it may still send, below nothing after a large body. */
export type Bucket = { level: number; at: number }
export const fullBucket = (bytesPerS: number, at: number): Bucket => ({ level: bytesPerS * BURST_S, at })

/** Seconds until this source may send again, 0 now. Fills the bucket up to ten seconds of its rate. */
export function secondsUntil(bucket: Bucket, bytesPerS: number, at: number): number {
  bucket.level = Math.min(bytesPerS * BURST_S, bucket.level + (Math.max(0, at - bucket.at) / 1000) * bytesPerS)
  bucket.at = Math.max(bucket.at, at)
  return bucket.level > 0 ? 0 : Math.floor(-bucket.level / bytesPerS) + 1
}
