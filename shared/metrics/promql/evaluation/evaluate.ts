import type { Budget } from '../limits.ts'
import { QueryError } from '../limits.ts'
import type { Series } from '../series.ts'
import {
  type Aggregate,
  type Binary,
  bare,
  type Call,
  type Expr,
  isSetOp,
  type MatrixSelector,
  type Subquery,
  type VectorSelector,
} from '../syntax/ast.ts'
import { functionNamed, typeOf } from '../syntax/check.ts'
import { aggregate } from './aggregate.ts'
import { scalarBinary, vectorScalarBinary } from './binary.ts'
import { CallArguments } from './call-arguments.ts'
import { Column } from './column.ts'
import { countValues } from './count-values.ts'
import { innerSteps } from './leaves.ts'
import { vectorBinary } from './match.ts'
import { negate } from './negate.ts'
import type { Notes } from './notes.ts'
import type { Plan, Reference } from './plan.ts'
import { selectInstant } from './select.ts'
import { setBinary } from './set.ts'
import { selectSmoothed } from './smoothed.ts'
import { isMoment, momentOf, type QueryTimes, type Steps } from './steps.ts'
import { rangeOfColumns } from './subquery.ts'
import { type RangeVector, rangeSeries } from './window.ts'

/** All that evaluating one query needs besides the expression. */
export type Evaluation = {
  readonly plan: Plan
  readonly fetched: ReadonlyMap<VectorSelector | Call, readonly Series[]>
  /** What was evaluated while its series arrived: leaves and aggregations over them. */
  readonly ready: ReadonlyMap<Expr, readonly Column[]>
  readonly query: QueryTimes
  readonly steps: Steps
  readonly lookbackMs: number
  readonly notes: Notes
  readonly budget: Budget
}

/** An instant vector at every step. */
export function evaluateVector(expr: Expr, ev: Evaluation): Column[] {
  const { budget, steps } = ev
  if (steps.n === 0) return []
  budget.checkClock()
  budget.expect(steps.n)
  if (ev.plan.invariant.has(expr) && !isMoment(steps)) {
    const columns = evaluateVector(expr, { ...ev, steps: momentOf(steps) })
    budget.hold(columns.length * (steps.n - 1))
    return columns.map((column) => repeated(column, steps.n))
  }
  const ready = ev.ready.get(expr)
  if (ready) return [...ready]
  const mark = budget.held
  const columns = vectorOf(expr, ev)
  budget.settle(
    mark,
    columns.reduce((sum, column) => sum + column.weight, 0),
  )
  return columns
}

/** A scalar at every step. */
export function evaluateScalar(expr: Expr, ev: Evaluation): Float64Array {
  const { n } = ev.steps
  ev.budget.expect(n)
  if (ev.plan.invariant.has(expr) && n > 1)
    return new Float64Array(n).fill(evaluateScalar(expr, { ...ev, steps: momentOf(ev.steps) })[0] ?? Number.NaN)
  switch (expr.kind) {
    case 'number':
      return new Float64Array(n).fill(expr.value)
    case 'paren':
      return evaluateScalar(expr.expr, ev)
    case 'unary': {
      const values = evaluateScalar(expr.expr, ev)
      return expr.op === '-' ? values.map((v) => -v) : values
    }
    case 'binary':
      return scalarBinary(expr.op, evaluateScalar(expr.left, ev), evaluateScalar(expr.right, ev))
    case 'call': {
      const result = call(expr, ev)
      if (result instanceof Float64Array) return result
      throw new QueryError(`${expr.name}() gave a vector where a scalar was due`)
    }
    default:
      throw new QueryError(`unexpected ${expr.kind} where a scalar was due`)
  }
}

/** A range vector at every step. */
export function evaluateRange(given: Expr, ev: Evaluation): RangeVector {
  const expr = bare(given)
  if (expr.kind === 'matrix') return rangeSelector(expr, ev)
  if (expr.kind === 'subquery') return subquery(expr, ev)
  throw new QueryError(`unexpected ${expr.kind} where a range vector was due`)
}

function vectorOf(expr: Expr, ev: Evaluation): Column[] {
  switch (expr.kind) {
    case 'paren':
      return evaluateVector(expr.expr, ev)
    case 'unary': {
      const columns = evaluateVector(expr.expr, ev)
      return expr.op === '-' ? columns.map(negate) : columns
    }
    case 'vector':
      return instantSelector(expr, ev)
    case 'binary':
      return binary(expr, ev)
    case 'aggregate':
      return aggregation(expr, ev)
    case 'call': {
      const result = call(expr, ev)
      if (result instanceof Float64Array) throw new QueryError(`${expr.name}() gave a scalar where a vector was due`)
      return [...result]
    }
    default:
      throw new QueryError(`unexpected ${expr.kind} where an instant vector was due`)
  }
}

function instantSelector(expr: VectorSelector, ev: Evaluation): Column[] {
  const { steps, lookbackMs } = ev
  const reference = referenceOf(expr, ev)
  const series = ev.fetched.get(expr) ?? []
  ev.budget.expect(series.length * steps.n)
  if (expr.extended !== 'smoothed') return selectInstant(series, reference, steps, lookbackMs, ev.budget)
  const endOf = endsAt(reference, steps)
  const around: RangeVector = { series: series.map(rangeSeries), rangeMs: 0, endOf, extended: 'smoothed', lookbackMs }
  return selectSmoothed(around, steps.n, expr.span, ev.notes)
}

function rangeSelector(expr: MatrixSelector, ev: Evaluation): RangeVector {
  const { selector } = expr
  const endOf = endsAt(referenceOf(selector, ev), ev.steps)
  const series = (ev.fetched.get(selector) ?? []).map(rangeSeries)
  ev.budget.expect(series.length * ev.steps.n)
  return { series, rangeMs: ev.plan.ranges.get(expr) ?? 0, endOf, extended: selector.extended, lookbackMs: ev.lookbackMs }
}

/** The inner expression of a subquery on its own steps. */
export function subqueryColumns(expr: Subquery, ev: Evaluation): { columns: Column[]; steps: Steps } {
  const steps = innerSteps(expr, ev.plan, ev.steps)
  return { columns: evaluateVector(expr.expr, { ...ev, steps }), steps }
}

function subquery(expr: Subquery, ev: Evaluation): RangeVector {
  const { columns, steps } = subqueryColumns(expr, ev)
  const endOf = endsAt(referenceOf(expr, ev), ev.steps)
  const rangeMs = ev.plan.ranges.get(expr) ?? 0
  return { series: rangeOfColumns(columns, steps), rangeMs, endOf, extended: null, lookbackMs: ev.lookbackMs }
}

function binary(expr: Binary, ev: Evaluation): Column[] {
  const left = typeOf(expr.left)
  const right = typeOf(expr.right)
  if (left === 'scalar') {
    const scalar = evaluateScalar(expr.left, ev)
    return vectorScalarBinary(expr, evaluateVector(expr.right, ev), scalar, true, ev.notes)
  }
  if (right === 'scalar') return vectorScalarBinary(expr, evaluateVector(expr.left, ev), evaluateScalar(expr.right, ev), false, ev.notes)
  const a = evaluateVector(expr.left, ev)
  const b = evaluateVector(expr.right, ev)
  return isSetOp(expr.op) ? setBinary(expr, a, b, ev.steps) : vectorBinary(expr, a, b, ev.steps, ev.notes)
}

function aggregation(expr: Aggregate, ev: Evaluation): Column[] {
  if (expr.op === 'count_values') {
    const label = expr.param ? bare(expr.param) : null
    return countValues(expr, label?.kind === 'string' ? label.value : '', evaluateVector(expr.expr, ev), ev.steps)
  }
  const param = expr.param ? evaluateScalar(expr.param, ev) : null
  return aggregate(expr, evaluateVector(expr.expr, ev), param, ev.steps, ev.notes)
}

function call(expr: Call, ev: Evaluation): readonly Column[] | Float64Array {
  const fn = functionNamed(expr.name)
  if (!fn) throw new QueryError(`unknown function with name "${expr.name}"`)
  return fn.run(new CallArguments(expr, ev, { vector: evaluateVector, scalar: evaluateScalar, range: evaluateRange }))
}

const referenceOf = (node: VectorSelector | Subquery | Call, ev: Evaluation): Reference =>
  ev.plan.references.get(node) ?? { at: null, offset: 0 }

const endsAt =
  ({ at, offset }: Reference, steps: Steps) =>
  (step: number): number =>
    (at ?? steps.start + step * steps.step) - offset

function repeated(column: Column, steps: number): Column {
  const out = new Column(column.labels, steps, column.dropName)
  out.values.fill(column.values[0] ?? 0)
  out.has.fill(column.has[0] ?? 0)
  if (column.histograms) out.histograms = new Array(steps).fill(column.histograms[0])
  return out
}
