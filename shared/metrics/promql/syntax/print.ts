import { isLegacyName, NAME } from '../labels.ts'
import { printMatcher } from '../matcher.ts'
import { formatDuration } from '../text/duration.ts'
import { formatF, formatG } from '../text/number.ts'
import { quote } from '../text/quoted.ts'
import type { Aggregate, At, Binary, Duration, Expr, MatrixSelector, NumberLiteral, Subquery, VectorSelector } from './ast.ts'
import { typeOf } from './check.ts'

/** An expression as Prometheus prints it. Parsing the text gives the same expression again. */
export function print(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return printNumber(expr)
    case 'string':
      return quote(expr.value)
    case 'paren':
      return `(${print(expr.expr)})`
    case 'unary':
      return expr.op + print(expr.expr)
    case 'binary':
      return `${printLeft(expr)} ${printOperator(expr)} ${print(expr.right)}`
    case 'aggregate':
      return `${printAggregator(expr)}(${(expr.param ? [expr.param, expr.expr] : [expr.expr]).map(print).join(', ')})`
    case 'call':
      return `${expr.name}(${expr.args.map(print).join(', ')})`
    case 'vector':
      return printName(expr) + printAt(expr.at) + printTail(expr)
    case 'matrix':
      return printName(expr.selector) + printRangeSuffix(expr)
    case 'subquery':
      return print(expr.expr) + printSubquerySuffix(expr)
    default:
      return expr satisfies never
  }
}

/** Left of ^ a sign would be taken for one of the power: +Inf ^ 2 reads as +(Inf ^ 2). */
export const printLeft = ({ left, op }: Binary): string => (op === '^' ? print(left).replace(/^\+Inf$/, 'Inf') : print(left))

/** `sum by (job) `, `topk`: an aggregation up to its parenthesis. */
export function printAggregator(expr: Aggregate): string {
  if (expr.without) return `${expr.op} without (${printLabels(expr.grouping)}) `
  return expr.grouping.length > 0 ? `${expr.op} by (${printLabels(expr.grouping)}) ` : expr.op
}

/** `+`, `== bool on (job) group_left (env) fill (0)`: an operator with all that is said of the matching. */
export function printOperator({ op, bool, matching, left, right }: Binary): string {
  const parts: string[] = [bool ? `${op} bool` : op]
  if (typeOf(left) === 'scalar' || typeOf(right) === 'scalar') return parts.join()
  const grouped = matching.card === 'many-to-one' || matching.card === 'one-to-many'
  if (matching.labels.length > 0 || matching.on || grouped)
    parts.push(`${matching.on ? 'on' : 'ignoring'} (${printLabels(matching.labels)})`)
  if (grouped) parts.push(`group_${matching.card === 'many-to-one' ? 'left' : 'right'} (${printLabels(matching.include)})`)
  const { fillLeft, fillRight } = matching
  if (fillLeft !== null && fillLeft === fillRight) parts.push(`fill (${formatG(fillLeft)})`)
  else {
    if (fillLeft !== null) parts.push(`fill_left (${formatG(fillLeft)})`)
    if (fillRight !== null) parts.push(`fill_right (${formatG(fillRight)})`)
  }
  return parts.join(' ')
}

export const printRangeSuffix = ({ selector, range }: MatrixSelector): string =>
  isCalculated(selector.offset)
    ? `[${printLength(range)}]${printAt(selector.at)}${printTail(selector)}`
    : `[${printLength(range)}]${selector.extended ? ` ${selector.extended}` : ''}${printAt(selector.at)}${printOffset(selector.offset)}`

/** An offset in parentheses takes an operator after it for its own; the modifier between them keeps them apart. */
function printTail({ extended, offset }: VectorSelector): string {
  const modifier = extended ? ` ${extended}` : ''
  return isCalculated(offset) ? printOffset(offset) + modifier : modifier + printOffset(offset)
}

const isCalculated = (offset: Duration | null): boolean => offset !== null && offset.kind !== 'seconds'

export const printSubquerySuffix = ({ range, step, at, offset }: Subquery): string =>
  `[${printLength(range)}:${step ? printLength(step) : ''}]${printAt(at)}${printOffset(offset)}`

/** A selector's name and braces, without modifiers. */
export function printName({ name, matchers }: VectorSelector): string {
  const inner = matchers.filter((m) => !(m.name === NAME && m.op === '=' && m.value === name && name !== '')).map(printMatcher)
  return inner.length > 0 ? `${name}{${inner.sort().join(',')}}` : name || '{}'
}

function printNumber({ value, asDuration }: Pick<NumberLiteral, 'value' | 'asDuration'>): string {
  return asDuration ? formatDuration(Math.round(value * 1000)) : formatF(value)
}

const printLabels = (labels: readonly string[]): string => labels.map((label) => (isLegacyName(label) ? label : quote(label))).join(', ')

function printAt(at: At | null): string {
  if (at === null) return ''
  return at.kind === 'time' ? ` @ ${(at.at / 1000).toFixed(3)}` : ` @ ${at.kind}()`
}

function printOffset(offset: Duration | null): string {
  if (offset === null || (offset.kind === 'seconds' && offset.value === 0)) return ''
  return ` offset ${printLength(offset)}`
}

/** A literal length is always printed as a duration, even where it was written as a number of seconds. */
function printLength(duration: Duration): string {
  return duration.kind === 'seconds' ? formatDuration(Math.round(duration.value * 1000)) : printDuration(duration)
}

function printDuration(duration: Duration): string {
  if (duration.kind === 'seconds') return printNumber(duration)
  const text = printCalculation(duration)
  return duration.wrapped ? `(${text})` : text
}

function printCalculation(duration: Exclude<Duration, { kind: 'seconds' }>): string {
  switch (duration.kind) {
    case 'query-time':
      return `${duration.name}()`
    case 'pick':
      return `${duration.name}(${printDuration(duration.left)}, ${printDuration(duration.right)})`
    case 'calculation':
      if (duration.left) return `${printDuration(duration.left)} ${duration.op} ${printDuration(duration.right)}`
      return duration.op === '-' ? `-${printDuration(duration.right)}` : printDuration(duration.right)
    default:
      return duration satisfies never
  }
}
