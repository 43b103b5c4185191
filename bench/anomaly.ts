import { type Baseline, bandOf, outside, TRAINING_STEP_MS, train, trainedUntil } from '../shared/metrics/alerts/anomaly.ts'
import { evaluate, type Judge, namingOf, newState } from '../shared/metrics/alerts/evaluate.ts'
import type { Rule } from '../shared/metrics/alerts/rule.ts'
import { type Bench, type Figure, median, quantile } from './bench.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const STEP = 5 * MINUTE
/** Monday 2 November 2026, 00:00 UTC. */
const BEGIN = Date.UTC(2026, 10, 2)
const TRAINING_DAYS = 14
const TEST_DAYS = 7
const PER_SHAPE = 20

/**
 * The synthetic set. For each seed 1 … PER_SHAPE and each shape one series of 21 days at 5 minutes, made by `mulberry32(seed)` in this
 * order: parameters, noise, anomalies. The first 14 days teach and hold one outage of two hours that nobody labelled; in the last 7 days
 * lie three labelled anomalies of each kind on half of the series (seeds that are even); the others hold none, and every alert on them is
 * false. An anomaly is 6 to 12 times the noise of the series, 40 minutes to 3 hours long, at least 6 hours from the next.
 */
type Shape = 'daily' | 'weekly' | 'trend' | 'flat' | 'counts' | 'bursty'
const shapes: Shape[] = ['daily', 'weekly', 'trend', 'flat', 'counts', 'bursty']
type Kind = 'spike' | 'drop' | 'shift' | 'ramp'
const kinds: Kind[] = ['spike', 'drop', 'shift', 'ramp']
type Labelled = { kind: Kind; from: number; to: number }
type Made = { times: number[]; values: number[]; anomalies: Labelled[] }

/** mulberry32, by its public description: 32 bits of state, one number in [0, 1) a call. */
function mulberry32(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function synthetic(shape: Shape, seed: number): Made {
  const random = mulberry32(seed * 1009 + shapes.indexOf(shape))
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-12)) * Math.cos(2 * Math.PI * random())
  const level = 50 + 200 * random()
  const noise = level * (0.02 + 0.04 * random())
  const swing = level * (0.3 + 0.4 * random())
  const phase = random() * DAY
  const slope = shape === 'trend' ? (level * (random() - 0.3)) / (21 * DAY) : 0
  const times: number[] = []
  const values: number[] = []
  let burst = 0
  for (let at = BEGIN; at < BEGIN + (TRAINING_DAYS + TEST_DAYS) * DAY; at += STEP) {
    const day = Math.sin((2 * Math.PI * (at + phase)) / DAY)
    const weekend = [5, 6].includes(Math.floor((at - BEGIN) / DAY) % 7)
    let value = level + slope * (at - BEGIN)
    if (shape !== 'flat')
      value += swing * day * (shape === 'weekly' && weekend ? 0.3 : 1) - (shape === 'weekly' && weekend ? swing * 0.5 : 0)
    if (shape === 'bursty') {
      burst = burst * 0.7 + (random() < 0.01 ? noise * 3 * random() : 0)
      value += burst
    }
    value += noise * normal()
    if (shape === 'counts') value = Math.max(0, Math.round(value / 5 + Math.sqrt(Math.max(1, value / 5)) * normal()))
    times.push(at)
    values.push(value)
  }
  const scale = shape === 'counts' ? Math.max(noise / 5, Math.sqrt(level / 5)) : noise
  disturb({ times, values }, BEGIN + (5 + 4 * random()) * DAY, 2 * 60 * MINUTE, () => -8 * scale)
  const anomalies = seed % 2 ? [] : kinds.flatMap((kind, k) => [0, 1, 2].map((n) => planted(kind, k * 3 + n, scale)))
  return { times, values, anomalies }

  function planted(kind: Kind, place: number, size: number): Labelled {
    const from = BEGIN + TRAINING_DAYS * DAY + (place + 0.25 + 0.25 * random()) * ((TEST_DAYS * DAY) / 12)
    const length = (40 + 140 * random()) * MINUTE
    const height = (6 + 6 * random()) * size
    const sign = kind === 'drop' ? -1 : kind === 'shift' && random() < 0.5 ? -1 : 1
    disturb(
      { times, values },
      from,
      length,
      (share) => sign * height * (kind === 'ramp' ? Math.min(1, share * 1.5) : kind === 'spike' ? 1 + 0.3 * normal() : 1),
    )
    return { kind, from, to: from + length }
  }
}

function disturb(
  { times, values }: { times: number[]; values: number[] },
  from: number,
  length: number,
  by: (share: number) => number,
): void {
  for (let i = 0; i < times.length; i++) {
    const share = ((times[i] as number) - from) / length
    if (share >= 0 && share < 1) values[i] = (values[i] as number) + by(share)
  }
}

/** The times at which the alert fires over the last seven days, evaluated as it runs: trained each day on the 14 before it. */
function firings({ times, values }: Made, sensitivity: number): { from: number; to: number }[] {
  const rule: Rule = {
    id: 'a', name: 'anomaly', query: 'x', condition: null, threshold: 0, anomaly: { sensitivity, trigger: 'any', trainingDays: TRAINING_DAYS },
    forMs: 2 * STEP, keepFiringForMs: 15 * MINUTE, labels: {}, annotations: {}, missing: 'dont_fire', limit: 0,
  } // biome-ignore format: a rule
  const labels = {}
  const naming = namingOf(rule)
  let baseline: Baseline | null = null
  let until = 0
  const judge: Judge = (sample, at) => baseline !== null && outside(bandOf(baseline, rule.anomaly!, at), sample.value, 'any')
  const found: { from: number; to: number }[] = []
  let state = newState
  for (let i = (TRAINING_DAYS * DAY) / STEP; i < times.length; i++) {
    const at = times[i] as number
    if (trainedUntil(at) !== until) {
      until = trainedUntil(at)
      const chosen = times.flatMap((t, j) =>
        t >= until - TRAINING_DAYS * DAY && t < until && (t - BEGIN) % TRAINING_STEP_MS === 0 ? [j] : [],
      )
      baseline = train(chosen.map((j) => times[j] as number), chosen.map((j) => values[j] as number)) // biome-ignore format: one line
    }
    const outcome = evaluate(rule, state, { at, samples: [{ labels, value: values[i] as number }] }, judge, naming)
    state = outcome.state
    for (const t of outcome.transitions) {
      if (t.to === 'firing') found.push({ from: at, to: Number.POSITIVE_INFINITY })
      const last = found.at(-1)
      if (t.from === 'firing' && last) last.to = at
    }
  }
  return found
}

/** Precision, recall and delay by events: a firing is true when it overlaps a labelled anomaly, or begins within 20 minutes of its end. */
export const bench: Bench = {
  name: 'anomaly',
  async run() {
    const figures: Figure[] = []
    for (const sensitivity of [20, 50, 80]) {
      let [trueOnes, falseOnes, caught, all] = [0, 0, 0, 0]
      const delays: number[] = []
      const byKind = new Map<Kind, [caught: number, all: number]>()
      const quiet = { days: 0, alerts: 0 }
      for (const shape of shapes)
        for (let seed = 1; seed <= PER_SHAPE; seed++) {
          const made = synthetic(shape, seed)
          const found = firings(made, sensitivity)
          if (!made.anomalies.length) {
            quiet.days += TEST_DAYS
            quiet.alerts += found.length
          }
          const overlap = (f: { from: number; to: number }, a: Labelled) => f.from <= a.to + 20 * MINUTE && f.to >= a.from
          trueOnes += found.filter((f) => made.anomalies.some((a) => overlap(f, a))).length
          falseOnes += found.filter((f) => !made.anomalies.some((a) => overlap(f, a))).length
          for (const a of made.anomalies) {
            const first = found.find((f) => overlap(f, a))
            const kind = byKind.get(a.kind) ?? [0, 0]
            byKind.set(a.kind, [kind[0] + (first ? 1 : 0), kind[1] + 1])
            all++
            if (!first) continue
            caught++
            delays.push(Math.max(0, first.from - a.from) / MINUTE)
          }
        }
      const of = `sensitivity ${sensitivity}: `
      figures.push(
        { metric: `${of}precision`, value: trueOnes / Math.max(1, trueOnes + falseOnes), unit: 'share' },
        { metric: `${of}recall`, value: caught / all, unit: 'share' },
        ...[...byKind].map(([kind, [n, of_]]) => ({ metric: `${of}recall of ${kind}s`, value: n / of_, unit: 'share' })),
        { metric: `${of}delay, median`, value: median(delays), unit: 'min' },
        { metric: `${of}delay, p95`, value: quantile(delays, 0.95), unit: 'min' },
        { metric: `${of}false alerts a series and week`, value: (quiet.alerts / quiet.days) * 7, unit: 'alerts' },
      )
    }
    return figures
  },
}
