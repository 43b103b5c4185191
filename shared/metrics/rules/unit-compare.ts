import type { Active } from '../alerts/evaluate.ts'
import { list, object, text } from '../boards/json.ts'
import { floatText } from '../prometheus/result.ts'
import type { Histogram } from '../promql/histogram/histogram.ts'
import { describeHistogram } from '../promql/histogram/text.ts'
import { Labels } from '../promql/labels.ts'
import { almostEqualHistogram, parseHistogram } from '../promql/script/values.ts'
import { parseNumber } from '../promql/text/number.ts'

/** Differences between the alerts that fire and those expected, in sentences; order does not count. */
export function compareAlerts(name: string, when: string, expected: unknown[], firing: readonly Active[]): string[] {
  const key = (labels: Labels, annotations: Labels) => `labels ${labels}, annotations ${annotations}`
  const wanted = expected.map((e) => {
    const item = object(e)
    return key(Labels.of({ ...textsOf(item?.exp_labels), alertname: name }), Labels.of(textsOf(item?.exp_annotations)))
  })
  const got = firing.map((a) => key(Labels.of(a.labels), Labels.of(a.annotations)))
  return differences(`${name} at ${when}`, wanted, got)
}

type Sample = { labels: Labels; value: number | Histogram }

/** The same for samples of an expression: floats exactly, histograms up to rounding. */
export function compareSamples(
  expr: string,
  when: string,
  expected: unknown[],
  got: readonly Sample[],
  labelsOf: (series: string) => Labels,
  number: (v: unknown) => number | null,
): string[] {
  const rest = [...got]
  const missing: string[] = []
  for (const e of expected) {
    const item = object(e)
    const labels = labelsOf(text(item?.labels))
    const written = text(item?.histogram).replace(/^\{\{|\}\}$/g, '')
    const value = number(item?.value) ?? parseNumber(text(item?.value)) ?? 0
    const found = rest.findIndex((s) => {
      if (s.labels.key !== labels.key) return false
      if (typeof s.value === 'number') return !written && Object.is(s.value + 0, value + 0)
      if (!written) return false
      const { histogram, hintGiven } = parseHistogram(written)
      return almostEqualHistogram(histogram, s.value, hintGiven)
    })
    if (found < 0) missing.push(`${labels} ${written || floatText(value)}`)
    else rest.splice(found, 1)
  }
  const shown = rest.map((s) => `${s.labels} ${typeof s.value === 'number' ? floatText(s.value) : describeHistogram(s.value)}`)
  return differences(`${expr.slice(0, 200)} at ${when}`, missing, shown)
}

/** What is in one list and not in the other, counted. */
function differences(what: string, wanted: readonly string[], got: readonly string[]): string[] {
  const rest = [...got]
  const missing = wanted.filter((w) => {
    const i = rest.indexOf(w)
    if (i >= 0) rest.splice(i, 1)
    return i < 0
  })
  return [
    ...missing.slice(0, 10).map((m) => `${what}: expected ${m.slice(0, 400)}, which did not come`),
    ...rest.slice(0, 10).map((r) => `${what}: got ${r.slice(0, 400)}, which was not expected`),
  ]
}

const textsOf = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(object(given) ?? {}).map(([k, v]) => [k, typeof v === 'string' ? v : list(v).length ? '' : String(v)]))
