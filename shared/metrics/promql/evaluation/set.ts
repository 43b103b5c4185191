import { sameLabelset } from '../limits.ts'
import type { Binary } from '../syntax/ast.ts'
import { ABSENT, Column } from './column.ts'
import { signatures } from './signature.ts'
import { isMoment, type Steps } from './steps.ts'

/** `and`, `or`, `unless`: which samples stay depends on whether the other side has a sample of the same signature at the step. */
export function setBinary(expr: Binary, left: readonly Column[], right: readonly Column[], steps: Steps): Column[] {
  const signature = signatures(expr.matching)
  if (expr.op === 'or') {
    const present = presence(left, signature, steps.n)
    const added = right.map((column) => masked(column, present.get(signature(column.labels)), false))
    return union([...left, ...added], steps)
  }
  const present = presence(right, signature, steps.n)
  const kept = left.map((column) => masked(column, present.get(signature(column.labels)), expr.op === 'and'))
  return kept.filter((column) => !column.isEmpty)
}

function presence(columns: readonly Column[], signature: (labels: Column['labels']) => string, n: number): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>()
  for (const column of columns) {
    const key = signature(column.labels)
    let there = found.get(key)
    if (!there) {
      there = new Uint8Array(n)
      found.set(key, there)
    }
    for (let i = 0; i < n; i++) if (column.has[i] !== ABSENT) there[i] = 1
  }
  return found
}

/** The samples at steps where `there` is set (`wanted`) or is not. */
function masked(column: Column, there: Uint8Array | undefined, wanted: boolean): Column {
  if (!there) return wanted ? new Column(column.labels, column.has.length, column.dropName) : column
  const out = new Column(column.labels, column.has.length, column.dropName)
  for (let i = 0; i < there.length; i++) if (column.has[i] !== ABSENT && (there[i] === 1) === wanted) out.copyStep(column, i)
  return out
}

/** Over a range, samples of both sides with equal labels form one series; the first sample decides whether its name goes. */
function union(columns: readonly Column[], steps: Steps): Column[] {
  const out: Column[] = []
  const at = new Map<string, number>()
  for (const column of columns) {
    if (column.isEmpty) continue
    const place = at.get(column.labels.key)
    const before = place === undefined || isMoment(steps) ? undefined : out[place]
    if (!before || place === undefined) {
      at.set(column.labels.key, out.length)
      out.push(column)
      continue
    }
    const first = firstStep(before) <= firstStep(column) ? before : column
    const joined = new Column(before.labels, steps.n, first.dropName)
    for (let i = 0; i < steps.n; i++) {
      if (before.has[i] !== ABSENT && column.has[i] !== ABSENT) throw sameLabelset()
      joined.copyStep(before.has[i] !== ABSENT ? before : column, i)
    }
    out[place] = joined
  }
  return out
}

const firstStep = (column: Column): number => column.has.findIndex((kind) => kind !== ABSENT)
