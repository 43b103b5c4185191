import type { Rule } from './rule.ts'

/**
 * What is usual at each hour of the week: a level with a straight trend, and for each hour how far it lies from that and how much
 * it scatters. Medians throughout, so that a past outage teaches nothing. `level` at `at0` (epoch ms), `slope` per ms.
 */
export type Baseline = { v: 1; at0: number; level: number; slope: number; season: number[]; spread: number[]; n: number }
export type Band = { expected: number; lower: number; upper: number }

/** Points of training data lie this far apart. */
export const TRAINING_STEP_MS = 600_000
/** Less than a day teaches nothing about hours. */
const POINTS_MIN = 144
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_H = 168
/** The scatter of a normal distribution by its median absolute deviation. */
const NORMAL = 1.4826

/** Trained once a day on the days before it, so that a backtest asks the baseline that was in force. UTC. */
export const trainedUntil = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS

/**
 * The baseline of one series, times ascending. Null when there is too little of it. Daily medians give the trend (Theil–Sen);
 * what is left after it, by hour of the week when there are two weeks, else by hour of the day, gives the season.
 */
export function train(times: ArrayLike<number>, values: ArrayLike<number>): Baseline | null {
  const points: { at: number; value: number }[] = []
  for (let i = 0; i < times.length; i++) {
    const value = values[i] as number
    if (Number.isFinite(value)) points.push({ at: times[i] as number, value })
  }
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < POINTS_MIN) return null
  const days = [...Map.groupBy(points, (p) => Math.floor((p.at - first.at) / DAY_MS))]
    .filter(([, of]) => of.length >= 72)
    .map(([d, of]) => ({ at: first.at + (d + 0.5) * DAY_MS, value: median(of.map((p) => p.value)) }))
  const slope = days.length >= 4 ? slopeOf(days) : 0
  const at0 = last.at
  const level = median(points.map((p) => p.value - slope * (p.at - at0)))
  const rest = points.map((p) => ({ slot: slotOf(p.at), value: p.value - level - slope * (p.at - at0) }))
  const weekly = last.at - first.at >= 13.5 * DAY_MS
  const season = seasonOf(rest, weekly)
  const noise = rest.map((r) => ({ slot: r.slot, value: r.value - (season[r.slot] as number) }))
  return { v: 1, at0, level, slope, season, spread: spreadOf(noise, level), n: points.length }
}

/** What is expected at `at`, and how far from it is still usual. Between two hours the season goes straight. */
export function bandOf(b: Baseline, { sensitivity }: NonNullable<Rule['anomaly']>, at: number): Band {
  const here = slotOf(at)
  const share = (((at % HOUR_MS) + HOUR_MS) % HOUR_MS) / HOUR_MS - 0.5
  const beside = (here + (share < 0 ? WEEK_H - 1 : 1)) % WEEK_H
  const mix = (of: number[]) => (of[here] as number) * (1 - Math.abs(share)) + (of[beside] as number) * Math.abs(share)
  // a trend is not a promise: it runs for two days beyond what taught it
  const expected = b.level + b.slope * Math.min(at - b.at0, 2 * DAY_MS) + mix(b.season)
  const wide = widths(sensitivity) * mix(b.spread)
  return { expected, lower: expected - wide, upper: expected + wide }
}

/** 0 … 100, lower is more sensitive (Better Stack's `anomaly_sensitivity`): 3 to 9 times the usual scatter; 50 is 6. */
export const widths = (sensitivity: number): number => 3 + (6 * Math.min(100, Math.max(0, sensitivity))) / 100

export function outside({ lower, upper }: Band, value: number, trigger: NonNullable<Rule['anomaly']>['trigger']): boolean {
  const high = value > upper
  const low = value < lower
  return trigger === 'any' ? high || low : trigger === 'higher' ? high : low
}

/** Hours since Monday 00:00 UTC; the epoch was a Thursday. */
const slotOf = (at: number): number => (((Math.floor(at / HOUR_MS) + 72) % WEEK_H) + WEEK_H) % WEEK_H

type Point = { slot: number; value: number }

function seasonOf(points: Point[], weekly: boolean): number[] {
  const slots = Array.from({ length: WEEK_H }, (): number[] => [])
  for (const { slot, value } of points) slots[slot]?.push(value)
  const hours = Array.from({ length: 24 }, (_, h) => median(slots.flatMap((of, slot) => (slot % 24 === h ? of : []))))
  return slots.map((of, slot) => (weekly && of.length >= 6 ? median(of) : (hours[slot % 24] ?? 0)))
}

/** By hour of the day with its neighbours, and never far below the whole: one quiet night must not make every murmur news. */
function spreadOf(points: Point[], level: number): number[] {
  const whole = NORMAL * median(points.map((p) => Math.abs(p.value)))
  const hours = Array.from({ length: 24 }, (): number[] => [])
  for (const { slot, value } of points) hours[slot % 24]?.push(Math.abs(value))
  const least = Math.max(0.5 * whole, 1e-3 * Math.abs(level), Number.MIN_VALUE)
  const byHour = hours.map((_, h) => {
    const near = [hours[(h + 23) % 24], hours[h], hours[(h + 1) % 24]].flatMap((of) => of ?? [])
    return Math.max(least, near.length >= 12 ? NORMAL * median(near) : whole)
  })
  return Array.from({ length: WEEK_H }, (_, slot) => byHour[slot % 24] as number)
}

/** The median of the slopes between every two days. */
function slopeOf(days: readonly { at: number; value: number }[]): number {
  const slopes: number[] = []
  for (let i = 0; i < days.length; i++)
    for (let j = i + 1; j < days.length; j++) {
      const [a, b] = [days[i], days[j]]
      if (a && b) slopes.push((b.value - a.value) / (b.at - a.at))
    }
  return median(slopes)
}

export function median(values: number[]): number {
  if (!values.length) return 0
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
