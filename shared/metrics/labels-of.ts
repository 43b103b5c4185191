import type { Warehouse } from '../warehouse/clickhouse.ts'
import { Labels, NAME } from './promql/labels.ts'
import { LIMITS, QueryError } from './promql/limits.ts'
import { type Matcher, matchesAll } from './promql/matcher.ts'
import { compareBytes } from './promql/text/order.ts'
import type { Selection } from './selection.ts'

type Columns = [fingerprints: string[], names: string[], keys: string[][], values: string[][]]

/** Label sets of a selection by fingerprint. More than `seriesMax` is a QueryError. */
export async function readSeries(ch: Warehouse, chosen: Selection, matchers: readonly Matcher[]): Promise<Map<bigint, Labels>> {
  const found = await readLabels(ch, chosen, matchers, LIMITS.seriesMax, 30_000)
  return new Map([...found].filter((pair): pair is [bigint, Labels] => pair[1] !== null))
}

/** The same; `null` where a matcher here does not agree. It has the last word: RE2 in two languages need not agree on every pattern. */
export async function readLabels(
  ch: Warehouse,
  { where, params }: Selection,
  matchers: readonly Matcher[],
  seriesMax: number,
  timeoutMs: number,
): Promise<Map<bigint, Labels | null>> {
  // a series has a row for each of its days, in order of the key: LIMIT BY takes the first of them for a quarter of what any() costs
  const stream = await ch.bytes(
    `SELECT toString(fingerprint), name, mapKeys(labels), mapValues(labels) FROM tocsin.series WHERE ${where}
    LIMIT 1 BY fingerprint LIMIT {limit:UInt32} FORMAT JSONCompactColumns`,
    { ...params, limit: seriesMax + 1 },
    { timeoutMs },
  )
  const [fingerprints = [], names = [], keys = [], values = []] = (await new Response(stream).json()) as Partial<Columns>
  if (fingerprints.length > seriesMax)
    throw new QueryError(`query would select more than ${seriesMax} series, which is what one selector may select`)
  const regex = matchers.filter((m) => m.op === '=~' || m.op === '!~')
  const made = new LabelMaker()
  const found = new Map<bigint, Labels | null>()
  for (let i = 0; i < fingerprints.length; i++) {
    const labels = made.labels(names[i] as string, keys[i] as string[], values[i] as string[])
    found.set(BigInt(fingerprints[i] as string), matchesAll(regex, labels) ? labels : null)
  }
  return found
}

/** Series of one metric have the same names of labels, and values repeat: both are sorted out and kept once. */
class LabelMaker {
  readonly #texts = new Map<string, string>()
  readonly #orders = new Map<string, { names: string[]; from: number[] }>()

  labels(name: string, keys: readonly string[], values: readonly string[]): Labels {
    const shape = keys.join('\xff')
    let order = this.#orders.get(shape)
    if (!order) {
      const all = [NAME, ...keys].map((key, i) => ({ key, from: i - 1 })).sort((a, b) => compareBytes(a.key, b.key))
      order = { names: all.map((l) => l.key), from: all.map((l) => l.from) }
      this.#orders.set(shape, order)
    }
    const pairs: string[] = []
    for (let i = 0; i < order.names.length; i++) {
      const from = order.from[i] as number
      const value = from < 0 ? name : (values[from] as string)
      if (value !== '') pairs.push(order.names[i] as string, this.#once(value))
    }
    return Labels.sorted(pairs)
  }

  #once(text: string): string {
    const known = this.#texts.get(text)
    if (known !== undefined) return known
    this.#texts.set(text, text)
    return text
  }
}
