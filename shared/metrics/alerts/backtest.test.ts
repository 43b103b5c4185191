import { expect, test } from 'vitest'
import { type AskRange, backtest } from './backtest.ts'
import { evaluate, namingOf, newState } from './evaluate.ts'
import type { Rule } from './rule.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const BEGIN = Date.UTC(2026, 9, 5)
const rule = (change: Partial<Rule> = {}): Rule => ({
  id: 'r', name: 'Load', query: 'load', condition: 'gt', threshold: 10, anomaly: null, forMs: 2 * MINUTE, keepFiringForMs: 0, labels: {}, annotations: {},
  missing: 'dont_fire', limit: 0, ...change,
}) // biome-ignore format: a rule

/** Series as functions of time; null where there is no sample. Counts what was asked. */
function history(series: Record<string, (at: number) => number | null>) {
  const asked: number[] = []
  const ask: AskRange = async (_, { start, end, step }) => {
    asked.push((end - start) / step + 1)
    return Object.entries(series).map(([host, of]) => {
      const at = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step).filter((t) => of(t) !== null)
      return { labels: { __name__: 'load', host }, times: at, values: at.map((t) => of(t) as number) }
    })
  }
  return { ask, asked }
}
const high =
  (...spans: [from: number, to: number][]) =>
  (at: number) =>
    spans.some(([a, b]) => at - BEGIN >= a && at - BEGIN < b) ? 50 : 1

test('each time it would have fired is listed with its first active instant, its end and its peak', async () => {
  const { ask } = history({ a: high([HOUR, 2 * HOUR], [30 * HOUR, 30 * HOUR + MINUTE], [40 * HOUR, 60 * HOUR]) })
  const report = await backtest(rule(), { from: BEGIN, to: BEGIN + 2 * DAY, every: MINUTE }, ask)
  const at = (ms: number) => BEGIN + ms
  expect(report.fired.map(({ activeAt, from, to, peak }) => [activeAt, from, to, peak])).toEqual([
    [at(HOUR), at(HOUR + 2 * MINUTE), at(2 * HOUR), 50],
    [at(40 * HOUR), at(40 * HOUR + 2 * MINUTE), null, 50],
  ])
  expect(report).toMatchObject({ evaluations: 2 * 1440 + 1, firedCount: 2, series: 1, trouble: null })
})

test('series that fire at the same time are one incident', async () => {
  const { ask } = history({ a: high([HOUR, 3 * HOUR]), b: high([2 * HOUR, 4 * HOUR]), c: high([9 * HOUR, 10 * HOUR]) })
  const { incidents, firedCount } = await backtest(rule(), { from: BEGIN, to: BEGIN + DAY, every: MINUTE }, ask)
  expect(firedCount).toBe(3)
  expect(incidents.map((i) => [(i.from - BEGIN) / MINUTE, ((i.to ?? 0) - BEGIN) / MINUTE, i.series])).toEqual([[62, 240, 2], [542, 600, 1]]) // biome-ignore format: a list
})

test('what is asked at once stays within a day, and the seams change nothing: it is what the live evaluation says, instant by instant', async () => {
  const of = (at: number) => ((at / MINUTE) % 97 < 20 ? 50 : (at / MINUTE) % 31 === 0 ? null : 1)
  const { ask, asked } = history({ a: of })
  const r = rule({ keepFiringForMs: 5 * MINUTE })
  const report = await backtest(r, { from: BEGIN, to: BEGIN + 4 * DAY, every: MINUTE }, ask)
  expect(Math.max(...asked)).toBeLessThanOrEqual(1440)
  const naming = namingOf(r)
  const labels = { __name__: 'load', host: 'a' }
  const live: number[] = []
  let state = newState
  for (let at = BEGIN; at <= BEGIN + 4 * DAY; at += MINUTE) {
    const value = of(at)
    const outcome = evaluate(r, state, { at, samples: value === null ? [] : [{ labels, value }] }, undefined, naming)
    state = outcome.state
    for (const t of outcome.transitions) if (t.to === 'firing') live.push(t.at)
  }
  expect(live.length).toBeGreaterThan(50)
  expect(report.fired.map((f) => f.from)).toEqual(live)
})

test('an anomaly is judged by what was known that day: the first days have no baseline, a later outage is found', async () => {
  const usual = (at: number) => 100 + 50 * Math.sin((2 * Math.PI * at) / DAY) + (((at / MINUTE) * 7919) % 13) / 4
  const { ask } = history({
    a: (at) => (at < BEGIN ? null : at - BEGIN > 9 * DAY + HOUR && at - BEGIN < 9 * DAY + 3 * HOUR ? 0 : usual(at)),
  })
  const anomaly = { sensitivity: 50, trigger: 'any' as const, trainingDays: 7 }
  const report = await backtest(
    rule({ condition: null, anomaly, forMs: 10 * MINUTE }),
    { from: BEGIN, to: BEGIN + 11 * DAY, every: 5 * MINUTE },
    ask,
  )
  expect(report.fired.map((f) => Math.floor((f.from - BEGIN) / DAY))).toEqual([9])
  expect(report.band.length).toBeGreaterThan(200)
  expect(report.band[0]!.at).toBeGreaterThan(BEGIN)
})
