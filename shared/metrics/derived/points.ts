import { Labels } from '../promql/labels.ts'
import { bucketOf } from './buckets.ts'
import { labelOf } from './label.ts'
import type { DerivedMetricRow } from './table.ts'

/** A derived metric has a sample at the end of each of these in which there was a line. */
export const INTERVAL_MS = 15_000

/** Of a stored log line, what rules look at; attributes are flat. */
export type Line = {
  timestamp: string
  level: string
  message: string
  service: string
  trace_id: string
  span_id: string
  source_id: string
  attributes: Record<string, string>
}
export type Rule = Pick<DerivedMetricRow, 'id' | 'name' | 'description' | 'group_by' | 'aggregate' | 'field' | 'quantile'>
/** One row of `derived_points`; `at` is epoch ms. */
export type Point = { labels: Labels; at: number; lines: number; total: number; buckets: Map<number, number> }

/** Series of one rule in one upload; more of them are one series with the label `overflow`. */
const GROUPS_MAX = 500
const VALUE_CHARS = 200
const OVERFLOW = 'overflow'

/** What one rule makes of the lines of one upload. */
export class Points {
  readonly rule: Rule
  readonly #found: (line: Line) => boolean
  readonly #points = new Map<string, Point>()
  readonly #groups = new Map<string, Labels>()

  constructor(rule: Rule, found: (line: Line) => boolean) {
    this.rule = rule
    this.#found = found
  }

  add(line: Line): void {
    if (!this.#found(line)) return
    const { field, aggregate } = this.rule
    const value = field === null ? 1 : numberIn(textOf(line, field))
    if (value === null) return
    const labels = this.#labels(line)
    const at = (Math.floor(Date.parse(line.timestamp) / INTERVAL_MS) + 1) * INTERVAL_MS
    const key = `${at}\xff${labels.key}`
    let point = this.#points.get(key)
    if (!point) {
      point = { labels, at, lines: 0, total: 0, buckets: new Map() }
      this.#points.set(key, point)
    }
    point.lines += 1
    if (field !== null) point.total += value
    if (aggregate !== 'quantile') return
    const bucket = bucketOf(value)
    point.buckets.set(bucket, (point.buckets.get(bucket) ?? 0) + 1)
  }

  points(): IterableIterator<Point> {
    return this.#points.values()
  }

  #labels(line: Line): Labels {
    const values = this.rule.group_by.map((field) => textOf(line, field).slice(0, VALUE_CHARS))
    const key = values.join('\xff')
    const known = this.#groups.get(key)
    if (known) return known
    const full = this.#groups.size >= GROUPS_MAX
    const labels = Labels.from([
      ['__name__', this.rule.name],
      ...(full ? [[OVERFLOW, 'true'] as const] : this.rule.group_by.map((field, i) => [labelOf(field), values[i] ?? ''] as const)),
      ...(this.rule.aggregate === 'quantile' ? [['quantile', String(this.rule.quantile)] as const] : []),
    ])
    if (!full) this.#groups.set(key, labels)
    return labels
  }
}

const columns: readonly string[] = ['level', 'message', 'service', 'trace_id', 'span_id', 'source_id']

/** A missing attribute is the empty text, as in the search. */
function textOf(line: Line, field: string): string {
  if (columns.includes(field)) return line[field as 'level']
  const key = field.replace(/^attributes\./, '')
  return Object.hasOwn(line.attributes, key) ? (line.attributes[key] ?? '') : ''
}

/** A number as JSON writes one; anything else is no measurement. */
const numberIn = (text: string): number | null => (/^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : null)
