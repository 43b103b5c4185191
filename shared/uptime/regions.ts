import type { Region } from './checks/spec.ts'

/** Each region's name for people and the platform's location hint. A hint is best effort: a check stores where it really ran. */
export const places = {
  us: { label: 'Virginia', hint: 'enam' },
  eu: { label: 'Frankfurt', hint: 'weur' },
  as: { label: 'Singapore', hint: 'apac' },
  au: { label: 'Sydney', hint: 'oc' },
} as const satisfies Record<Region, { label: string; hint: string }>

/** More than half of them; a quorum may be set instead. */
export const majority = (regions: number): number => Math.floor(regions / 2) + 1

/** How many MonitorShards new monitors are spread over; the number is a column, so it can grow. */
export const SHARDS = 16

/** The shard of a new monitor: its id's random end. */
export const shardOf = (id: string): number => Number.parseInt(id.slice(-4), 16) % SHARDS
