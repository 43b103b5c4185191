import type { Histogram } from '../histogram/histogram.ts'
import { QueryError } from '../limits.ts'
import { type Binary, type BinaryOp, isComparison, type Span } from '../syntax/ast.ts'
import { Column, IS_FLOAT } from './column.ts'
import type { Note, Notes } from './notes.ts'
import { arithmetic, comparison, isArithmetic, operate } from './operators.ts'

/** Two scalars at every step; comparisons give 0 or 1. */
export function scalarBinary(op: BinaryOp, left: Float64Array, right: Float64Array): Float64Array {
  if (isArithmetic(op)) {
    const f = arithmetic[op]
    return left.map((a, i) => f(a, right[i] as number))
  }
  if (!isComparison(op)) throw new QueryError(`operator "${op}" not allowed for Scalar operations`)
  const f = comparison[op]
  return left.map((a, i) => (f(a, right[i] as number) ? 1 : 0))
}

/** A vector and a scalar. A comparison keeps the vector's sample, on whichever side the vector is. */
export function vectorScalarBinary(
  expr: Binary,
  vector: readonly Column[],
  scalar: Float64Array,
  scalarFirst: boolean,
  notes: Notes,
): Column[] {
  const { op, bool } = expr
  const last = new LastNotes(scalar.length)
  const columns: Column[] = []
  for (const column of vector) {
    const out = new Column(column.labels, scalar.length, column.dropName || isArithmetic(op) || bool)
    if (column.histograms === null && (isArithmetic(op) || isComparison(op))) onFloats(op, bool, column, scalar, scalarFirst, out)
    else onAny(op, bool, column, scalar, scalarFirst, out, last)
    if (!out.isEmpty) columns.push(out)
  }
  last.report(notes, expr.span)
  return columns
}

function onFloats(op: BinaryOp, bool: boolean, column: Column, scalar: Float64Array, scalarFirst: boolean, out: Column): void {
  const { values, has } = column
  if (isArithmetic(op)) {
    const f = arithmetic[op]
    for (let i = 0; i < has.length; i++) {
      if (has[i] !== IS_FLOAT) continue
      const v = values[i] as number
      const s = scalar[i] as number
      out.values[i] = scalarFirst ? f(s, v) : f(v, s)
      out.has[i] = IS_FLOAT
    }
    return
  }
  if (!isComparison(op)) return
  const f = comparison[op]
  for (let i = 0; i < has.length; i++) {
    if (has[i] !== IS_FLOAT) continue
    const v = values[i] as number
    const s = scalar[i] as number
    const holds = scalarFirst ? f(s, v) : f(v, s)
    if (bool) out.set(i, holds ? 1 : 0)
    else if (holds) out.set(i, v)
  }
}

function onAny(
  op: BinaryOp,
  bool: boolean,
  column: Column,
  scalar: Float64Array,
  scalarFirst: boolean,
  out: Column,
  last: LastNotes,
): void {
  for (let i = 0; i < scalar.length; i++) {
    const sample = column.at(i)
    if (sample === undefined) continue
    const s = scalar[i] as number
    const outcome = scalarFirst ? operate(op, s, sample) : operate(op, sample, s)
    if (outcome.note) last.set(i, outcome.note)
    if (outcome.failed) continue
    if (bool) out.set(i, outcome.keep ? 1 : 0)
    else if (outcome.keep) {
      const value: number | Histogram | undefined = isComparison(op) && scalarFirst ? sample : outcome.value
      if (value !== undefined) out.setEither(i, value)
    }
  }
}

/** Prometheus reports, for each step, the last thing that went wrong there. */
export class LastNotes {
  readonly #steps: number
  #notes: (((span: Span) => Note) | undefined)[] | null = null

  constructor(steps: number) {
    this.#steps = steps
  }

  set(step: number, note: (span: Span) => Note): void {
    this.#notes ??= new Array<((span: Span) => Note) | undefined>(this.#steps)
    this.#notes[step] = note
  }

  report(notes: Notes, span: Span): void {
    for (const note of this.#notes ?? []) if (note) notes.add(note(span))
  }
}
