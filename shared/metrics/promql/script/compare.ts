import type { Histogram } from '../histogram/histogram.ts'
import { describeHistogram } from '../histogram/text.ts'
import { compareLabels, type Labels } from '../labels.ts'
import type { Answer, ResultSeries, Sample } from '../query.ts'
import type { Evaluate } from './script.ts'
import { almostEqual, almostEqualHistogram, type ScriptValue } from './values.ts'

/** What differs between an answer and what a case expects; null where nothing does. */
export function matchesAnswer(command: Evaluate, answer: Answer): string | null {
  switch (answer.type) {
    case 'string':
      return command.text === answer.value ? null : `expected the string ${command.text}, got ${answer.value}`
    case 'scalar':
      if (command.scalar === null) return 'expected a vector, got a scalar'
      return almostEqual(command.scalar, answer.value) ? null : `expected ${command.scalar}, got ${answer.value}`
    case 'vector':
      return command.scalar === null ? matchesSamples(command, answer.samples) : 'expected a scalar, got a vector'
    case 'matrix':
      return command.scalar === null ? matchesSeries(command, answer.series) : 'expected a scalar, got a matrix'
    default:
      return answer satisfies never
  }
}

/** Checks the middle step of a range query against an instant case. */
export function matchesRangeAt(command: Evaluate, answer: Answer, at: number, scalar: boolean): string | null {
  if (answer.type !== 'matrix') return `expected a matrix, got a ${answer.type}`
  const unsorted = sortedness(answer.series)
  if (unsorted) return unsorted
  const samples = answer.series.flatMap((s): Sample[] => {
    const i = s.times.indexOf(at)
    return i < 0 ? [] : [{ labels: s.labels, at, value: s.histograms?.[i] ?? (s.values[i] as number) }]
  })
  if (!scalar) return matchesSamples(command, samples)
  const value = samples[0]?.value
  return typeof value === 'number' && command.scalar !== null && almostEqual(command.scalar, value)
    ? null
    : `expected ${command.scalar}, got ${value}`
}

/** Every expectation must be met by a note, and where any of a severity is stated, no other note of it may exist. */
export function matchesNotes(command: Evaluate, answer: Answer): string | null {
  if (command.noWarnings && answer.warnings.length > 0) return `unexpected: ${answer.warnings.join('; ')}`
  if (command.noInfos && answer.infos.length > 0) return `unexpected: ${answer.infos.join('; ')}`
  for (const [type, notes] of [
    ['warn', answer.warnings],
    ['info', answer.infos],
  ] as const) {
    const expected = command.expectations.filter((e) => e.type === type)
    if (expected.length === 0) continue
    const meets = (e: (typeof expected)[number], note: string) =>
      e.message !== undefined ? e.message === note : e.pattern === undefined || new RegExp(e.pattern).test(note)
    const missing = expected.find((e) => !notes.some((note) => meets(e, note)))
    if (missing) return `expected ${type} ${missing.message ?? missing.pattern ?? ''}, got ${notes.join('; ') || 'none'}`
    const surplus = notes.find((note) => !expected.some((e) => meets(e, note)))
    if (surplus) return `unexpected: ${surplus}`
  }
  return null
}

function matchesSamples(command: Evaluate, samples: readonly Sample[]): string | null {
  const expected = new Map(command.series.map((s, place) => [s.labels.key, { ...s, place }]))
  for (const [place, { labels, value }] of samples.entries()) {
    const wanted = expected.get(labels.key)
    if (!wanted) return `unexpected ${labels} ${show(value)}`
    if (command.ordered && wanted.place !== place) return `expected ${labels} at position ${wanted.place + 1}, it is at ${place + 1}`
    const difference = differs(wanted.values[0] ?? null, value)
    if (difference) return `${labels}: ${difference}`
  }
  return missing(command, new Set(samples.map((s) => s.labels.key)))
}

function matchesSeries(command: Evaluate, series: readonly ResultSeries[]): string | null {
  const unsorted = sortedness(series)
  if (unsorted) return unsorted
  const { start, end, step } = command.rangeVector ?? command
  const expected = new Map(command.series.map((s) => [s.labels.key, s.values]))
  for (const { labels, times, values, histograms } of series) {
    const wanted = expected.get(labels.key)
    if (!wanted) return `unexpected ${labels} ${[...values].slice(0, 5).join(' ')}`
    const points = wanted.flatMap((value, i) => (value === null ? [] : [{ at: start + i * step, value }]))
    if (points.some((p) => p.at > end)) return `${labels}: the query cannot give ${wanted.length} points`
    if (points.length !== times.length)
      return `${labels}: expected ${points.length} points, got ${times.length}: ${[...values].slice(0, 12).join(' ')}`
    for (const [i, { at, value }] of points.entries()) {
      if (at !== times[i]) return `${labels}: expected a point at ${at}, it is at ${times[i]}`
      const difference = differs(value, histograms?.[i] ?? (values[i] as number))
      if (difference) return `${labels} at ${at / 1000}: ${difference}`
    }
  }
  return missing(command, new Set(series.map((s) => s.labels.key)))
}

function missing(command: Evaluate, seen: ReadonlySet<string>): string | null {
  const lost = command.series.find((s) => !seen.has(s.labels.key))
  return lost ? `expected ${lost.labels}, it is not there` : null
}

function differs(expected: ScriptValue, actual: number | Histogram): string | null {
  if (expected === null || expected === 'stale') return `expected nothing, got ${show(actual)}`
  if ('float' in expected)
    return typeof actual === 'number' && almostEqual(expected.float, actual) ? null : `expected ${expected.float}, got ${show(actual)}`
  const same = typeof actual !== 'number' && almostEqualHistogram(expected.histogram, actual, expected.hintGiven)
  return same ? null : `expected ${describeHistogram(expected.histogram)}, got ${show(actual)}`
}

function sortedness(series: readonly { labels: Labels }[]): string | null {
  const at = series.findIndex((s, i) => i > 0 && compareLabels((series[i - 1] as { labels: Labels }).labels, s.labels) > 0)
  return at < 0 ? null : `series are not sorted: ${series[at]?.labels}`
}

const show = (value: number | Histogram): string => (typeof value === 'number' ? String(value) : describeHistogram(value))
