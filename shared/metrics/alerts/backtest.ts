import { type Baseline, bandOf, outside, TRAINING_STEP_MS, train, trainedUntil } from './anomaly.ts'
import {
  type AlertState,
  evaluate,
  type Judge,
  judgeOf,
  type Naming,
  namingOf,
  newState,
  type Sample,
  type Transition,
} from './evaluate.ts'
import type { Rule } from './rule.ts'
import { asWritten, type Texts } from './template.ts'

/** A query's answer over a range; `labels` is one object per series. Times ascending, in epoch ms. */
export type RangeSeries = { labels: Record<string, string>; times: ArrayLike<number>; values: ArrayLike<number> }
export type AskRange = (query: string, times: { start: number; end: number; step: number }) => Promise<RangeSeries[]>

/** One time a series would have fired. `to` null: it still does at the end. `peak`: the value farthest from the threshold. */
export type Fired = { labels: Record<string, string>; activeAt: number; from: number; to: number | null; peak: number }
export type Incident = { from: number; to: number | null; series: number }
export type Report = {
  evaluations: number
  /** At most FIRED_MAX of them; `firedCount` is all. */
  fired: Fired[]
  firedCount: number
  incidents: Incident[]
  series: number
  /** Expected band of an anomaly's first series, a point an hour. */
  band: { at: number; lower: number; upper: number }[]
  trouble: { at: number; message: string } | null
}

const DAY_MS = 86_400_000
/** Instants of one question: a day at a minute, and never more points than a query may answer with. */
const CHUNK_MAX = 1440
export const FIRED_MAX = 500
const BAND_STEP_MS = 3_600_000

/**
 * Replays a rule over [from, to] on its own grid with the function that evaluates it live, a day of history at a time. `every` is
 * the distance of two evaluations in ms. Throws what `ask` throws.
 */
export async function backtest(
  rule: Rule,
  { from, to, every }: { from: number; to: number; every: number },
  ask: AskRange,
  texts: Texts = asWritten,
): Promise<Report> {
  const naming = namingOf(rule, texts)
  const report: Report = { evaluations: 0, fired: [], firedCount: 0, incidents: [], series: 0, band: [], trouble: null }
  const open = new Map<string, Fired>()
  let incident: Incident | null = null
  let state: AlertState = newState
  const keys = new Set<string>()
  const learnt = rule.anomaly ? await trainingGrid(rule, naming, from, to, ask) : null
  const bands = new Map<string, { day: number; baseline: Baseline | null }>()

  const judge: Judge = !rule.anomaly
    ? judgeOf(rule)
    : (sample, at) => {
        const baseline = baselineAt(naming(sample, at).key, at)
        return baseline !== null && outside(bandOf(baseline, rule.anomaly!, at), sample.value, rule.anomaly!.trigger)
      }
  const baselineAt = (key: string, at: number): Baseline | null => {
    const day = trainedUntil(at)
    const before = bands.get(key)
    if (before?.day === day) return before.baseline
    const series = learnt?.get(key)
    const [a, b] = series ? [lower(series.times, day - rule.anomaly!.trainingDays * DAY_MS), lower(series.times, day)] : [0, 0]
    const baseline = series ? train(series.times.slice(a, b), series.values.slice(a, b)) : null
    bands.set(key, { day, baseline })
    return baseline
  }

  for (let start = from; start <= to; start += CHUNK_MAX * every) {
    const end = Math.min(to, start + (CHUNK_MAX - 1) * every)
    const series = (await ask(rule.query, { start, end, step: every })).map((s) => ({ ...s, next: 0 }))
    for (const s of series) keys.add(naming({ labels: s.labels, value: Number(s.values[0] ?? 0) }, start).key)
    for (let at = start; at <= end; at += every) {
      const samples: Sample[] = []
      for (const s of series) if (s.times[s.next] === at) samples.push({ labels: s.labels, value: s.values[s.next++] as number })
      const outcome = evaluate(rule, state, { at, samples }, judge, naming)
      state = outcome.state
      report.evaluations++
      if (state.trouble && !report.trouble) report.trouble = { at, message: state.trouble.message }
      for (const t of outcome.transitions) follow(t)
      if (open.size && Object.keys(state.active).length)
        for (const [key, f] of open) f.peak = farther(rule, f.peak, Number(state.active[key]?.value ?? f.peak))
    }
    if (rule.anomaly && learnt) addBand([...learnt.keys()][0], start, end)
  }
  report.series = keys.size
  return report

  function follow(t: Transition) {
    if (t.to === 'firing') {
      const fired: Fired = { labels: t.labels, activeAt: t.activeAt, from: t.at, to: null, peak: Number(t.value) }
      open.set(t.key, fired)
      report.firedCount++
      if (report.fired.length < FIRED_MAX) report.fired.push(fired)
      if (!incident) {
        incident = { from: t.at, to: null, series: 0 }
        if (report.incidents.length < FIRED_MAX) report.incidents.push(incident)
      }
      incident.series = Math.max(incident.series, open.size)
    } else if (t.from === 'firing') {
      const fired = open.get(t.key)
      if (fired) fired.to = t.at
      open.delete(t.key)
      if (!open.size && incident) {
        incident.to = t.at
        incident = null
      }
    }
  }

  function addBand(key: string | undefined, start: number, end: number) {
    for (let at = Math.ceil(start / BAND_STEP_MS) * BAND_STEP_MS; key !== undefined && at <= end; at += BAND_STEP_MS) {
      const baseline = baselineAt(key, at)
      if (!baseline) continue
      const { lower, upper } = bandOf(baseline, rule.anomaly!, at)
      report.band.push({ at, lower, upper })
    }
  }
}

/** The training data of all days at once, by the alert's own key of each series. */
async function trainingGrid(rule: Rule, naming: Naming, from: number, to: number, ask: AskRange) {
  const grid = new Map<string, { times: number[]; values: number[] }>()
  const first = trainedUntil(from) - (rule.anomaly?.trainingDays ?? 0) * DAY_MS
  for (let start = first; start < to; start += 2 * DAY_MS) {
    const end = Math.min(to, start + 2 * DAY_MS - TRAINING_STEP_MS)
    for (const s of await ask(rule.query, { start, end, step: TRAINING_STEP_MS })) {
      const { key } = naming({ labels: s.labels, value: 0 }, start)
      const kept = grid.get(key) ?? { times: [], values: [] }
      grid.set(key, kept)
      for (let i = 0; i < s.times.length; i++) {
        kept.times.push(s.times[i] as number)
        kept.values.push(s.values[i] as number)
      }
    }
  }
  return grid
}

function farther(rule: Rule, a: number, b: number): number {
  const distance = (v: number) => (rule.condition === 'lt' || rule.condition === 'lte' ? rule.threshold - v : v - rule.threshold)
  return Number.isFinite(b) && distance(b) > distance(a) ? b : a
}

function lower(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}
