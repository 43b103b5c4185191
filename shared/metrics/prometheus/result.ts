import { allBuckets } from '../promql/histogram/bounds.ts'
import type { Histogram } from '../promql/histogram/histogram.ts'
import type { Labels } from '../promql/labels.ts'
import type { Answer, ResultSeries, Sample } from '../promql/query.ts'
import { formatF } from '../promql/text/number.ts'

/** `{resultType, result}` of an answer as JSON text, a series or sample at a time: built by hand, because a matrix has millions of values. */
export function* resultParts(answer: Answer): Generator<string> {
  switch (answer.type) {
    case 'scalar':
      return yield `{"resultType":"scalar","result":[${answer.at / 1000},"${formatF(answer.value)}"]}`
    case 'string':
      return yield `{"resultType":"string","result":[${answer.at / 1000},${JSON.stringify(answer.value)}]}`
    case 'vector':
      yield '{"resultType":"vector","result":['
      yield* listed(answer.samples, sampleJson)
      return yield ']}'
    case 'matrix':
      yield '{"resultType":"matrix","result":['
      yield* listed(answer.series, seriesJson)
      return yield ']}'
    default:
      return answer satisfies never
  }
}

/** The same in one text. */
export const resultJson = (answer: Answer): string => [...resultParts(answer)].join('')

function* listed<T>(items: readonly T[], json: (item: T) => string): Generator<string> {
  let comma = ''
  for (const item of items) {
    yield comma + json(item)
    comma = ','
  }
}

function sampleJson({ labels, at, value }: Sample): string {
  const field = typeof value === 'number' ? `"value":[${at / 1000},"${floatText(value)}"]` : `"histogram":${histogramPoint(at, value)}`
  return `{"metric":${labelsJson(labels)},${field}}`
}

/** Only the first so many series of a vector or matrix; says whether that left any out. */
export function limited(answer: Answer, limit: number): { answer: Answer; truncated: boolean } {
  if (limit === 0) return { answer, truncated: false }
  if (answer.type === 'vector' && answer.samples.length > limit)
    return { answer: { ...answer, samples: answer.samples.slice(0, limit) }, truncated: true }
  if (answer.type === 'matrix' && answer.series.length > limit)
    return { answer: { ...answer, series: answer.series.slice(0, limit) }, truncated: true }
  return { answer, truncated: false }
}

/** As Go's encoder writes a float: shortest digits, an exponent of two digits below 1e-6 and from 1e+21 on. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const text = String(value)
  const e = text.indexOf('e')
  return e !== -1 && text.length - e === 3 ? `${text.slice(0, e + 2)}0${text.slice(e + 2)}` : text
}

export const labelsJson = (labels: Labels): string => JSON.stringify(labels.toRecord())

/** `[1795420800,"` of each time. Series of one answer mostly share their times, and a number costs as much to write as its sample. */
let opened: { times: Float64Array; texts: string[] } = { times: new Float64Array(0), texts: [] }

function openingsOf(times: Float64Array): string[] {
  if (opened.times !== times) opened = { times, texts: Array.from(times, (at) => `[${at / 1000},"`) }
  return opened.texts
}

function seriesJson({ labels, times, values, histograms }: ResultSeries): string {
  const openings = histograms ? [] : openingsOf(times)
  let floats = ''
  let others = ''
  for (let i = 0; i < times.length; i++) {
    const at = times[i] as number
    const histogram = histograms?.[i]
    if (histogram) others += `${others && ','}${histogramPoint(at, histogram)}`
    else floats += `${floats && ','}${openings[i] ?? `[${at / 1000},"`}${floatText(values[i] as number)}"]`
  }
  const parts = [`"metric":${labelsJson(labels)}`]
  if (floats || !others) parts.push(`"values":[${floats}]`)
  if (others) parts.push(`"histograms":[${others}]`)
  return `{${parts}}`
}

const histogramPoint = (at: number, h: Histogram): string => `[${at / 1000},${histogramJson(h)}]`

/** Populated buckets as [boundaries, lower, upper, count]; boundaries: 0 (lower, upper], 1 [lower, upper), 2 open, 3 closed. */
function histogramJson(h: Histogram): string {
  const buckets = allBuckets(h)
    .filter((b) => b.count !== 0)
    .map((b) => {
      const boundaries = b.lowerInclusive ? (b.upperInclusive ? 3 : 1) : b.upperInclusive ? 0 : 2
      return `[${boundaries},"${floatText(b.lower)}","${floatText(b.upper)}","${floatText(b.count)}"]`
    })
  const head = `"count":"${floatText(h.count)}","sum":"${floatText(h.sum)}"`
  return buckets.length ? `{${head},"buckets":[${buckets}]}` : `{${head}}`
}
