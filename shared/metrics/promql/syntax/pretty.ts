import { children, type Expr } from './ast.ts'
import { print, printAggregator, printLeft, printOperator, printSubquerySuffix } from './print.ts'

const LINE_MAX = 100

/** An expression over several lines, as Prometheus' format_query lays it out: what exceeds 100 bytes is split, two spaces per level. */
export const pretty = (expr: Expr): string => atLevel(expr, 0)

function atLevel(expr: Expr, level: number): string {
  const indent = '  '.repeat(level)
  const line = print(expr)
  // Prometheus forgets to indent a subquery that fits.
  if (new TextEncoder().encode(line).length <= LINE_MAX) return expr.kind === 'subquery' ? line : indent + line
  switch (expr.kind) {
    case 'binary':
      return `${left(expr, level + 1)}\n${indent}${printOperator(expr)}\n${atLevel(expr.right, level + 1)}`
    case 'aggregate':
      return `${indent}${printAggregator(expr)}${block(expr, level)}`
    case 'call':
      return `${indent}${expr.name}${block(expr, level)}`
    case 'paren':
      return indent + block(expr, level)
    case 'unary':
      return indent + expr.op + atLevel(expr.expr, level).trimStart()
    case 'subquery':
      return atLevel(expr.expr, level) + printSubquerySuffix(expr)
    case 'number':
    case 'string':
    case 'vector':
    case 'matrix':
      return indent + line
    default:
      return expr satisfies never
  }
}

const block = (expr: Expr, level: number): string =>
  `(\n${children(expr)
    .map((child) => atLevel(child, level + 1))
    .join(',\n')}\n${'  '.repeat(level)})`

const left = (expr: Extract<Expr, { kind: 'binary' }>, level: number): string =>
  expr.left.kind === 'number' ? '  '.repeat(level) + printLeft(expr) : atLevel(expr.left, level)
