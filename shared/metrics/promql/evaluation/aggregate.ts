import { QueryError } from '../limits.ts'
import { type Aggregate, bare } from '../syntax/ast.ts'
import { quantiles } from './aggregate-floats.ts'
import { Column, IS_HISTOGRAM } from './column.ts'
import { Fold, isFoldable } from './fold.ts'
import { groupColumns } from './grouping.ts'
import { type Notes, say } from './notes.ts'
import { pickSeries } from './pick.ts'
import { isMoment, type Steps } from './steps.ts'

/** An aggregation over series; `param` is k, φ or the ratio at every step, `null` for aggregators without one. */
export function aggregate(expr: Aggregate, columns: readonly Column[], param: Float64Array | null, steps: Steps, notes: Notes): Column[] {
  const { op } = expr
  if (param && !checkParam(expr, param, notes)) return []
  if (isFoldable(op)) {
    const fold = new Fold(expr, steps, notes)
    for (const column of columns) fold.add(column)
    return fold.columns()
  }
  const groups = groupColumns(expr, columns)
  if (op === 'topk' || op === 'bottomk' || op === 'limitk' || op === 'limit_ratio') {
    return pickSeries(op, groups, param ?? new Float64Array(steps.n), steps, (name) => notes.add(say.histogramIgnored(name)(expr.span)))
  }
  if (op !== 'quantile') throw new Error(`${op} is not an aggregation into one series per group`)
  const out: Column[] = []
  for (const { labels, columns: members } of groups) {
    const dropName = members.some((c) => c.dropName && !(isMoment(steps) && c.has[0] === 0))
    const column = new Column(labels, steps.n, dropName)
    if (members.some((c) => c.has.includes(IS_HISTOGRAM))) notes.add(say.histogramIgnored(op)(bare(expr.expr).span))
    quantiles(members, param ?? column.values, column)
    if (!column.isEmpty) out.push(column)
  }
  return out
}

/** The largest float below 2^63, and -2^63: what Prometheus accepts as k. */
const MAX_INT64 = 2 ** 63 - 1024
const MIN_INT64 = -(2 ** 63)

/** False where nothing can be picked at any step. */
function checkParam({ op, param: expr }: Aggregate, values: Float64Array, notes: Notes): boolean {
  const anyNaN = values.some(Number.isNaN)
  const max = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const min = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const span = expr ? bare(expr).span : { start: 0, end: 0 }
  if (op === 'topk' || op === 'bottomk' || op === 'limitk') {
    if (max < 1) return false
    if (anyNaN) throw new QueryError('Parameter value is NaN')
    if (min <= MIN_INT64) throw new QueryError(`Scalar value ${min} underflows int64`)
    if (max >= MAX_INT64) throw new QueryError(`Scalar value ${max === Number.POSITIVE_INFINITY ? '+Inf' : max} overflows int64`)
  }
  if (op === 'limit_ratio') {
    if (max === 0 && min === 0) return false
    if (anyNaN) throw new QueryError('Ratio value is NaN')
    if (max > 1) notes.add(say.badRatio(max, 1)(span))
    if (min < -1) notes.add(say.badRatio(min, -1)(span))
  }
  if (op === 'quantile') {
    if (anyNaN) notes.add(say.badQuantile(Number.NaN)(span))
    if (max > 1) notes.add(say.badQuantile(max)(span))
    if (min < 0) notes.add(say.badQuantile(min)(span))
  }
  return true
}
