import type { Labels } from '../labels.ts'
import { type Aggregate, type Aggregator, bare } from '../syntax/ast.ts'
import { runningFloats } from './aggregate-floats.ts'
import { asPresence, withHistograms } from './aggregate-samples.ts'
import { Column, IS_HISTOGRAM } from './column.ts'
import { groupLabels } from './grouping.ts'
import { type Notes, say } from './notes.ts'
import { isMoment, type Steps } from './steps.ts'

type Foldable = keyof typeof runningFloats

export const isFoldable = (op: Aggregator): op is Foldable => op in runningFloats

/**
 * sum, avg, min, max, count, group, stddev or stdvar by groups: takes series one by one and holds one column per group, and what
 * has histograms. Sums are compensated; beyond that their last digit depends on the order in which series come.
 */
export class Fold {
  readonly #expr: Aggregate
  readonly #steps: Steps
  readonly #notes: Notes
  readonly #labelsOf: (labels: Labels) => Labels
  readonly #groups = new Map<string, GroupTotal>()

  constructor(expr: Aggregate, steps: Steps, notes: Notes) {
    this.#expr = expr
    this.#steps = steps
    this.#notes = notes
    this.#labelsOf = groupLabels(expr)
  }

  add(column: Column): void {
    const labels = this.#labelsOf(column.labels)
    let group = this.#groups.get(labels.key)
    if (!group) {
      group = new GroupTotal(this.#expr, labels, this.#steps)
      this.#groups.set(labels.key, group)
    }
    group.add(column)
  }

  /** What it holds now, against the limit of samples. */
  get weight(): number {
    let sum = 0
    for (const group of this.#groups.values()) sum += group.weight
    return sum
  }

  /** The groups in the order in which they first appeared. */
  columns(): Column[] {
    return [...this.#groups.values()].map((group) => group.end(this.#notes)).filter((column) => !column.isEmpty)
  }
}

class GroupTotal {
  readonly #expr: Aggregate
  readonly #op: Foldable
  readonly #out: Column
  readonly #moment: boolean
  readonly #floats: { add: (member: Column) => void; end: () => void }
  readonly #withHistograms: Column[] = []

  constructor(expr: Aggregate, labels: Labels, steps: Steps) {
    if (!isFoldable(expr.op)) throw new Error(`${expr.op} is not folded`)
    this.#expr = expr
    this.#op = expr.op
    this.#out = new Column(labels, steps.n)
    this.#moment = isMoment(steps)
    this.#floats = runningFloats[expr.op](this.#out)
  }

  get weight(): number {
    return this.#withHistograms.reduce((sum, column) => sum + column.weight, 2 * this.#out.has.length)
  }

  add(column: Column): void {
    if (column.dropName && !(this.#moment && column.has[0] === 0)) this.#out.dropName = true
    const presence = this.#op === 'count' || this.#op === 'group'
    this.#floats.add(presence && column.histograms ? asPresence(column) : column)
    if (column.histograms && !presence) this.#withHistograms.push(column)
  }

  end(notes: Notes): Column {
    this.#floats.end()
    if (!this.#withHistograms.length) return this.#out
    if (this.#op === 'sum' || this.#op === 'avg') return withHistograms(this.#expr, this.#out, this.#withHistograms, notes)
    // The others know no histograms: they say so and go on with the floats.
    if (this.#withHistograms.some((c) => c.has.includes(IS_HISTOGRAM)))
      notes.add(say.histogramIgnored(this.#op)(bare(this.#expr.expr).span))
    return this.#out
  }
}
