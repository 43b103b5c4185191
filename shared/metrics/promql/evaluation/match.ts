import type { Histogram } from '../histogram/histogram.ts'
import { type Labels, METADATA } from '../labels.ts'
import { QueryError, sameLabelset } from '../limits.ts'
import { type Binary, isComparison } from '../syntax/ast.ts'
import { compareBytes } from '../text/order.ts'
import { LastNotes } from './binary.ts'
import { ABSENT, Column, IS_FLOAT } from './column.ts'
import type { Notes } from './notes.ts'
import { arithmetic, comparison, isArithmetic, operate } from './operators.ts'
import { matchLabels, signatures } from './signature.ts'
import { isMoment, type Steps } from './steps.ts'

/** An arithmetic or comparison operator between two vectors: one-to-one, or many-to-one with group_left or group_right. */
export function vectorBinary(expr: Binary, left: readonly Column[], right: readonly Column[], steps: Steps, notes: Notes): Column[] {
  return new Matcher(expr, left, right, steps, notes).run()
}

/** All series of one signature. `matched`: steps at which a sample of the one side has found a partner. */
type Group = { readonly one: Column[]; readonly matched: Uint8Array; readonly seen: Map<string, Uint8Array> }
type Sample = number | Histogram

class Matcher {
  readonly #expr: Binary
  readonly #steps: Steps
  readonly #notes: Notes
  /** With group_right the many side is the right one. */
  readonly #swapped: boolean
  readonly #many: readonly Column[]
  readonly #one: readonly Column[]
  readonly #groups = new Map<string, Group>()
  readonly #results = new Map<string, Column>()
  readonly #out: Column[] = []
  readonly #last: LastNotes

  constructor(expr: Binary, left: readonly Column[], right: readonly Column[], steps: Steps, notes: Notes) {
    this.#expr = expr
    this.#steps = steps
    this.#notes = notes
    this.#swapped = expr.matching.card === 'one-to-many'
    this.#many = this.#swapped ? right : left
    this.#one = this.#swapped ? left : right
    this.#last = new LastNotes(steps.n)
  }

  run(): Column[] {
    const { matching } = this.#expr
    // With group_right too, fill_right stands in for the one side and fill_left for the many side: so Prometheus evaluates it.
    const fillOne = matching.fillRight
    const fillMany = matching.fillLeft
    const signature = signatures(matching)
    for (const column of this.#one) this.#group(signature(column.labels)).one.push(column)
    this.#refuseDuplicates(fillOne !== null || fillMany !== null)
    for (const column of this.#many) {
      const group = this.#groups.get(signature(column.labels))
      if (group) this.#pair(column, group)
      if (fillOne !== null) this.#fillOne(column, group ?? this.#group(signature(column.labels)), fillOne)
    }
    if (fillMany !== null)
      for (const group of this.#groups.values()) for (const column of group.one) this.#fillMany(column, group, fillMany)
    this.#last.report(this.#notes, this.#expr.span)
    return this.#out.filter((column) => !column.isEmpty)
  }

  #group(key: string): Group {
    let group = this.#groups.get(key)
    if (!group) {
      group = { one: [], matched: new Uint8Array(this.#steps.n), seen: new Map() }
      this.#groups.set(key, group)
    }
    return group
  }

  /** Two samples of one signature on the one side at a step, provided the other side has any sample there at all. */
  #refuseDuplicates(filled: boolean): void {
    const suspects = [...this.#groups.values()].filter((group) => group.one.length > 1)
    if (suspects.length === 0) return
    const other = new Uint8Array(this.#steps.n)
    for (const column of this.#many) for (let i = 0; i < other.length; i++) if (column.has[i] !== ABSENT) other[i] = 1
    for (const { one } of suspects) {
      for (let i = 0; i < other.length; i++) {
        if (!filled && other[i] === 0) continue
        const there = one.filter((column) => column.has[i] !== ABSENT)
        if (there.length < 2) continue
        const [a, b] = there.map((column) => column.labels.toString()).sort(compareBytes)
        const group = matchLabels(there[0]?.labels as Labels, this.#expr.matching)
        throw new QueryError(
          `found duplicate series for the match group ${group} on the ${this.#swapped ? 'left' : 'right'} hand-side of the operation: [${a}, ${b}]` +
            ';many-to-many matching not allowed: matching labels must be unique on one side',
        )
      }
    }
  }

  #pair(many: Column, group: Group): void {
    for (const one of group.one) {
      const target = this.#target(many.labels, one.labels, group)
      if (many.histograms === null && one.histograms === null && (isArithmetic(this.#expr.op) || isComparison(this.#expr.op))) {
        this.#pairFloats(many, one, target)
        continue
      }
      for (let i = 0; i < this.#steps.n; i++) {
        const a = many.at(i)
        const b = one.at(i)
        if (a !== undefined && b !== undefined) this.#operate(i, a, b, target)
      }
    }
  }

  #pairFloats(many: Column, one: Column, target: Target): void {
    const { op, bool } = this.#expr
    const swapped = this.#swapped
    const f = isArithmetic(op) ? arithmetic[op] : comparison[op as keyof typeof comparison]
    const filters = !isArithmetic(op)
    for (let i = 0; i < this.#steps.n; i++) {
      if (many.has[i] !== IS_FLOAT || one.has[i] !== IS_FLOAT) continue
      this.#claim(i, target)
      const a = many.values[i] as number
      const b = one.values[i] as number
      const result = swapped ? f(b, a) : f(a, b)
      if (!filters) this.#emit(i, result as number, target)
      else if (bool) this.#emit(i, result ? 1 : 0, target)
      else if (result) this.#emit(i, swapped ? b : a, target)
    }
  }

  #fillOne(many: Column, group: Group, fill: number): void {
    const target = this.#target(many.labels, matchLabels(many.labels, this.#expr.matching), group)
    for (let i = 0; i < this.#steps.n; i++) {
      const sample = many.at(i)
      if (sample === undefined || group.one.some((one) => one.has[i] !== ABSENT)) continue
      this.#operate(i, sample, fill, target)
    }
  }

  #fillMany(one: Column, group: Group, fill: number): void {
    const target = this.#target(matchLabels(one.labels, this.#expr.matching), one.labels, group)
    for (let i = 0; i < this.#steps.n; i++) {
      const sample = one.at(i)
      if (sample !== undefined && group.matched[i] === 0) this.#operate(i, fill, sample, target)
    }
  }

  #operate(step: number, many: Sample, one: Sample, target: Target): void {
    const outcome = this.#swapped ? operate(this.#expr.op, one, many) : operate(this.#expr.op, many, one)
    if (outcome.note) this.#last.set(step, outcome.note)
    if (outcome.failed) return
    this.#claim(step, target)
    if (this.#expr.bool) this.#emit(step, outcome.keep ? 1 : 0, target)
    else if (outcome.keep && outcome.value !== undefined) this.#emit(step, outcome.value, target)
  }

  /** A match counts even where a comparison then drops the sample. */
  #claim(step: number, { group, seen }: Target): void {
    if (this.#expr.matching.card === 'one-to-one') {
      if (group.matched[step] === 1)
        throw new QueryError('multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)')
    } else if (seen) {
      if (seen[step] === 1) throw new QueryError('multiple matches for labels: grouping labels must ensure unique matches')
      seen[step] = 1
    }
    group.matched[step] = 1
  }

  #emit(step: number, value: Sample, { column }: Target): void {
    if (column.has[step] !== ABSENT) throw sameLabelset()
    column.setEither(step, value)
  }

  #target(many: Labels, one: Labels, group: Group): Target {
    const labels = this.#resultLabels(many, one)
    let seen: Uint8Array | null = null
    if (this.#expr.matching.card !== 'one-to-one') {
      seen = group.seen.get(labels.key) ?? new Uint8Array(this.#steps.n)
      group.seen.set(labels.key, seen)
    }
    // At a single moment equal results stay apart until names are dropped, as they do in an instant query.
    let column = isMoment(this.#steps) ? undefined : this.#results.get(labels.key)
    if (!column) {
      column = new Column(labels, this.#steps.n, this.#expr.bool)
      this.#results.set(labels.key, column)
      this.#out.push(column)
    }
    return { group, seen, column }
  }

  #resultLabels(many: Labels, one: Labels): Labels {
    const { op, matching } = this.#expr
    let labels = isArithmetic(op) ? many.without(METADATA) : many
    if (matching.card === 'one-to-one') labels = matching.on ? labels.only(matching.labels) : labels.without(matching.labels)
    for (const name of matching.include) labels = labels.with(name, one.get(name))
    return labels
  }
}

type Target = { readonly group: Group; readonly seen: Uint8Array | null; readonly column: Column }
