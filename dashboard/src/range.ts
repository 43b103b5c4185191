import { DAY, HOUR, MINUTE } from '../../shared/time.ts'

/** A page's range of time. In the address: `from=-6h` (to now), or two instants. */
export type Range = { from: number; to: number /** How long, when it ends now and moves on; null when it stands. */; live: string | null }

const units: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY }
export const presets = ['1h', '6h', '24h', '30d'] as const
/** What an address without a range means, unless the object is too young for it. */
const FALLBACK = '6h'

/** Anything that is no range is the fallback. */
export function rangeOf(from: string, to: string, now: number, fallback = FALLBACK): Range {
  const [a, b] = [Date.parse(from), Date.parse(to)]
  if (a < b) return { from: a, to: b, live: null }
  const [, n, unit] = /^-(\d{1,4})([mhd])$/.exec(from) ?? []
  const live = n && Number(n) > 0 ? `${n}${unit}` : fallback
  return { from: now - lengthOf(live), to: now, live }
}
const lengthOf = (live: string): number => Number(live.slice(0, -1)) * units[live.at(-1)!]!

export const fromLive = (live: string, fallback = FALLBACK): { from: string; to: string } => ({
  from: live === fallback ? '' : `-${live}`,
  to: '',
})
export const fromInstants = (from: number, to: number): { from: string; to: string } => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})

/** Of an object made less than two hours ago the last hour says more. */
export const fallbackOf = (createdAt: string, now: number): string => (now - Date.parse(createdAt) < 2 * HOUR ? '1h' : FALLBACK)

/** One length earlier (-1) or later (1); what would reach past now is the live range again. */
export function shifted(range: Range, by: -1 | 1, now: number): { from: string; to: string } {
  const length = range.to - range.from
  const to = range.to + by * length
  if (to < now) return fromInstants(to - length, to)
  const live = range.live ?? presets.find((p) => lengthOf(p) >= length) ?? '30d'
  return fromLive(live)
}

/** Seconds of one point: at most about one a pixel and a half, and never less than one region's own turn. */
export function stepOf(range: Range, widthPx: number, frequencyS: number, regions: number): number {
  const turn = frequencyS * regions
  const wanted = Math.max((range.to - range.from) / 1000 / Math.max(120, widthPx / 1.5), 10)
  return Math.ceil(Math.max(1, wanted / turn)) * turn
}
