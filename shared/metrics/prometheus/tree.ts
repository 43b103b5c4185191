import { resolveDuration } from '../promql/evaluation/durations.ts'
import type { At, Binary, Duration, Expr, VectorSelector } from '../promql/syntax/ast.ts'
import { functionNamed, typeOf } from '../promql/syntax/check.ts'
import { formatF } from '../promql/text/number.ts'

/** An expression as `parse_query` gives it: Prometheus' own names of nodes and fields. Durations are ms. */
export type Tree = { type: string } & Record<string, unknown>

export function treeOf(expr: Expr): Tree {
  switch (expr.kind) {
    case 'number':
      return { type: 'numberLiteral', val: formatF(expr.value) }
    case 'string':
      return { type: 'stringLiteral', val: expr.value }
    case 'paren':
      return { type: 'parenExpr', expr: treeOf(expr.expr) }
    case 'unary':
      return { type: 'unaryExpr', op: expr.op, expr: treeOf(expr.expr) }
    case 'binary':
      return { type: 'binaryExpr', op: expr.op, lhs: treeOf(expr.left), rhs: treeOf(expr.right), matching: matching(expr), bool: expr.bool }
    case 'aggregate':
      return {
        type: 'aggregation',
        op: expr.op,
        expr: treeOf(expr.expr),
        param: expr.param && treeOf(expr.param),
        grouping: expr.grouping,
        without: expr.without,
      }
    case 'call': {
      const found = functionNamed(expr.name)
      const func = { name: expr.name, argTypes: found?.args ?? [], variadic: found?.variadic ?? 0, returnType: found?.returns ?? 'vector' }
      return { type: 'call', func, args: expr.args.map(treeOf) }
    }
    case 'vector':
      return { type: 'vectorSelector', ...selector(expr) }
    case 'matrix':
      return { type: 'matrixSelector', range: ms(expr.range), rangeExpr: durationTree(expr.range), ...selector(expr.selector) }
    case 'subquery':
      return {
        type: 'subquery',
        expr: treeOf(expr.expr),
        range: ms(expr.range),
        rangeExpr: durationTree(expr.range),
        offset: ms(expr.offset),
        offsetExpr: durationTree(expr.offset),
        step: ms(expr.step),
        stepExpr: durationTree(expr.step),
        ...fixed(expr.at),
      }
    default:
      return expr satisfies never
  }
}

const selector = ({ name, matchers, offset, at, extended }: VectorSelector) => ({
  name,
  offset: ms(offset),
  offsetExpr: durationTree(offset),
  matchers: matchers.map((m) => ({ name: m.name, type: m.op, value: m.value })),
  ...fixed(at),
  anchored: extended === 'anchored',
  smoothed: extended === 'smoothed',
})

const fixed = (at: At | null) => ({
  timestamp: at?.kind === 'time' ? at.at : null,
  startOrEnd: at === null || at.kind === 'time' ? null : at.kind,
})

function matching({ left, right, matching: m }: Binary) {
  if (typeOf(left) === 'scalar' || typeOf(right) === 'scalar') return null
  const fillValues = { lhs: m.fillLeft, rhs: m.fillRight }
  return { card: m.card, labels: m.labels, on: m.on, include: m.include, fillValues }
}

/** One that is computed from the query's step or range has no length of its own and is 0 here, as in Prometheus. */
const ms = (duration: Duration | null): number =>
  duration?.kind === 'seconds' ? resolveDuration(duration, { start: 0, end: 0, step: 0 }, true) : 0

/** A computed duration as Prometheus' tree of it; null for one that is written out. */
function durationTree(duration: Duration | null): Tree | null {
  return duration === null || duration.kind === 'seconds' ? null : partOf(duration)
}
function partOf(d: Duration): Tree {
  const node = (op: string, lhs: Duration | null, rhs: Duration | null, wrapped: boolean): Tree => ({ type: 'durationExpr', op, lhs: lhs && partOf(lhs), rhs: rhs && partOf(rhs), wrapped }) // biome-ignore format: one shape
  switch (d.kind) {
    case 'seconds':
      return { type: 'numberLiteral', val: formatF(d.value), duration: d.asDuration }
    case 'query-time':
      return node(d.name, null, null, d.wrapped)
    case 'pick':
      return node(d.name, d.left, d.right, d.wrapped)
    case 'calculation':
      return node(d.op, d.left, d.right, d.wrapped)
    default:
      return d satisfies never
  }
}
