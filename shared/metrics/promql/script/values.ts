import { add, subtract } from '../histogram/arithmetic.ts'
import { bucketsFrom, compact, type Histogram, NO_BUCKETS, type ResetHint } from '../histogram/histogram.ts'
import { parseNumber } from '../text/number.ts'

/** A value of a series line; null is `_`. `hintGiven`: the reset hint is written out and has to match. */
export type ScriptValue = { readonly float: number } | { readonly histogram: Histogram; readonly hintGiven: boolean } | 'stale' | null

const FLOAT = '[+-]?(?:(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[iI][nN][fF]|[nN][aA][nN])'
const FLOATS = new RegExp(
  `^(${FLOAT})(?:([+-](?:(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[iI][nN][fF]|[nN][aA][nN])))?(?:x(\\d+))?(?=\\s|$)`,
)
const HISTOGRAMS = /^\{\{(.*?)\}\}(?:([+-])\{\{(.*?)\}\}x(\d+)|x(\d+))?(?=\s|$)/

/** `1 2+3x5 _x2 stale {{schema:1 count:2}}x3`: values with repetitions written out. Throws a plain Error. */
export function parseValues(text: string): ScriptValue[] {
  const values: ScriptValue[] = []
  let rest = text.trim()
  while (rest !== '') {
    const taken = takeBlank(rest, values) ?? takeHistograms(rest, values) ?? takeFloats(rest, values)
    if (!taken) throw new Error(`values not understood: ${rest}`)
    rest = rest.slice(taken).trimStart()
  }
  return values
}

function takeBlank(rest: string, values: ScriptValue[]): number | null {
  const blank = /^_(?:x(\d+))?(?=\s|$)/.exec(rest)
  if (blank) {
    for (let i = 0; i < Number(blank[1] ?? 1); i++) values.push(null)
    return blank[0].length
  }
  const stale = /^stale(?:x(\d+))?(?=\s|$)/.exec(rest)
  if (!stale) return null
  for (let i = 0; i <= Number(stale[1] ?? 0); i++) values.push('stale')
  return stale[0].length
}

function takeHistograms(rest: string, values: ScriptValue[]): number | null {
  const found = HISTOGRAMS.exec(rest)
  if (!found) return null
  const [whole, first = '', sign, increment, steps, repeats] = found
  let current = parseHistogram(first)
  if (!sign || increment === undefined) {
    for (let i = 0; i <= Number(repeats ?? 0); i++) values.push(current)
    return whole.length
  }
  const by = parseHistogram(increment)
  current = { histogram: current.histogram, hintGiven: by.hintGiven }
  values.push(current)
  for (let i = 0; i < Number(steps); i++) {
    const next = sign === '+' ? add(current.histogram, by.histogram) : subtract(current.histogram, by.histogram)
    if (!next) throw new Error(`histograms cannot be combined: ${whole}`)
    current = { histogram: next.histogram, hintGiven: by.hintGiven }
    values.push(current)
  }
  return whole.length
}

function takeFloats(rest: string, values: ScriptValue[]): number | null {
  const found = FLOATS.exec(rest)
  if (!found) return null
  const [whole, first = '', increment, repeats] = found
  if (increment !== undefined && repeats === undefined) return null
  let value = parseNumber(first) ?? Number.NaN
  const by = increment === undefined ? 0 : (parseNumber(increment) ?? Number.NaN)
  for (let i = 0; i <= Number(repeats ?? 0); i++) {
    values.push({ float: value })
    value += by
  }
  return whole.length
}

/** The inside of `{{…}}`. */
export function parseHistogram(text: string): { histogram: Histogram; hintGiven: boolean } {
  const fields = new Map<string, string>()
  for (const [, key = '', value = ''] of text.matchAll(/(\w+):(\[[^\]]*\]|[^\s\]]+)/g)) fields.set(key, value)
  if (text.replace(/(\w+):(\[[^\]]*\]|[^\s\]]+)/g, '').trim() !== '') throw new Error(`histogram not understood: ${text}`)
  const number = (key: string): number => {
    const value = parseNumber(fields.get(key) ?? '0')
    if (value === null) throw new Error(`histogram not understood: ${text}`)
    return value
  }
  const list = (key: string): number[] | null => {
    const inner = fields.get(key)?.slice(1, -1).trim()
    if (inner === undefined) return null
    return inner === '' ? [] : inner.split(/\s+/).map((word) => parseNumber(word) ?? Number.NaN)
  }
  const positive = list('buckets')
  const negative = list('n_buckets')
  const schema = number('schema')
  const histogram: Histogram = {
    schema,
    count: number('count'),
    sum: number('sum'),
    zeroThreshold: number('z_bucket_w'),
    zeroCount: number('z_bucket'),
    positive: positive ? bucketsFrom(number('offset'), positive) : NO_BUCKETS,
    negative: negative ? bucketsFrom(number('n_offset'), negative) : NO_BUCKETS,
    bounds: list('custom_values') ?? (schema === -53 ? [] : null),
    hint: (fields.get('counter_reset_hint') as ResetHint | undefined) ?? 'unknown',
  }
  return { histogram, hintGiven: fields.has('counter_reset_hint') }
}

/** Equal up to rounding: relative difference below 1e-6, as Prometheus' own scripts are compared. */
export function almostEqual(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b)
  if (a === b) return true
  const total = Math.abs(a) + Math.abs(b)
  const difference = Math.abs(a - b)
  const smallest = 2.2250738585072014e-308
  if (a === 0 || b === 0 || total < smallest) return difference < 1e-6 * smallest
  return difference / Math.min(total, Number.MAX_VALUE) < 1e-6
}

/** The same for histograms, compacted first; the hint counts only where one is written out. */
export function almostEqualHistogram(expected: Histogram, actual: Histogram, hintGiven: boolean): boolean {
  const a = compact(expected)
  const b = compact(actual)
  const lists: (readonly [readonly number[], readonly number[]])[] = [
    [a.positive.index, b.positive.index],
    [a.negative.index, b.negative.index],
    [a.bounds ?? [], b.bounds ?? []],
    [a.positive.count, b.positive.count],
    [a.negative.count, b.negative.count],
  ]
  return (
    a.schema === b.schema &&
    (!hintGiven || a.hint === b.hint) &&
    a.zeroThreshold === b.zeroThreshold &&
    almostEqual(a.count, b.count) &&
    almostEqual(a.sum, b.sum) &&
    almostEqual(a.zeroCount, b.zeroCount) &&
    lists.every(([x, y]) => x.length === y.length && x.every((value, i) => almostEqual(value, y[i] as number)))
  )
}
