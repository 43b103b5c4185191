/**
 * Where telemetry may be kept, by the name a source is created with. An installation has one ClickHouse and one bucket, so there is one; a
 * second would add where its own are, and nothing else knows a region.
 */
export const dataRegions = ['default'] as const
export type DataRegion = (typeof dataRegions)[number]
