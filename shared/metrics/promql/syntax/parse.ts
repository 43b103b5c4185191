import { isLegacyName } from '../labels.ts'
import type { Matcher } from '../matcher.ts'
import { quote } from '../text/quoted.ts'
import type { Aggregate, Aggregator, Binary, BinaryOp, Cardinality, Expr } from './ast.ts'
import { WITH_PARAM } from './ast.ts'
import { check, functionNamed } from './check.ts'
import { seconds } from './parse-duration.ts'
import { parsePostfix, parseSelector } from './parse-selector.ts'
import { Reader } from './reader.ts'
import { isAggregator, NAMES_A_METRIC } from './tokens.ts'

/** An expression, checked. Throws ParseError with Prometheus' wording: the first thing that is wrong. */
export function parse(query: string): Expr {
  const r = new Reader(query)
  if (r.is('eof')) r.fail({ start: 0, end: 0 }, 'no expression found in input')
  const expr = expression(r, 0)
  if (!r.is('eof')) r.unexpected()
  check(query, expr)
  return expr
}

/** The matchers of a `match[]` parameter: a vector selector and nothing else. Whether they choose anything is not looked at. */
export function parseMatchers(query: string): readonly Matcher[] {
  const r = new Reader(query)
  const { token } = r
  const named = r.is('identifier', 'metric') || NAMES_A_METRIC.has(token.type)
  if (!named && !r.is('{')) r.unexpected('')
  if (named) r.take()
  const { matchers } = parseSelector(r, named ? token.text : '', token.start)
  return r.is('eof') ? matchers : r.unexpected('')
}

const PRECEDENCE: Record<BinaryOp, number> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '<=': 3,
  '<': 3,
  '>=': 3,
  '>': 3,
  '</': 3,
  '>/': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
}

function expression(r: Reader, lowest: number): Expr {
  const { depth } = r
  r.deeper()
  let left = unary(r)
  for (;;) {
    const op = r.token.type as BinaryOp
    const precedence = Object.hasOwn(PRECEDENCE, op) ? PRECEDENCE[op] : 0
    if (precedence === 0 || precedence < lowest) break
    r.take()
    r.deeper()
    left = binary(r, left, op, op === '^' ? precedence : precedence + 1)
  }
  r.depth = depth
  return left
}

function unary(r: Reader): Expr {
  const sign = r.takeIf('+', '-')
  if (!sign) return parsePostfix(r, primary(r))
  // -2^2 is -(2^2): the sign binds as tightly as * does.
  const expr = expression(r, PRECEDENCE['^'])
  const span = { start: sign.start, end: expr.span.end }
  if (expr.kind === 'number') return { ...expr, value: sign.type === '-' ? -expr.value : expr.value, span }
  return { kind: 'unary', op: sign.type as '+' | '-', expr, span }
}

function binary(r: Reader, left: Expr, op: BinaryOp, lowest: number): Binary {
  const bool = r.takeIf('bool') !== null
  let card: Cardinality = op === 'and' || op === 'or' || op === 'unless' ? 'many-to-many' : 'one-to-one'
  let on = false
  let labels: string[] = []
  let include: string[] = []
  const keyword = r.takeIf('on', 'ignoring')
  if (keyword) {
    on = keyword.type === 'on'
    labels = labelList(r)
    const group = r.takeIf('group_left', 'group_right')
    if (group) {
      card = group.type === 'group_left' ? 'many-to-one' : 'one-to-many'
      if (r.is('(')) include = labelList(r)
    }
  }
  const [fillLeft, fillRight] = fills(r)
  const right = expression(r, lowest)
  const span = { start: left.span.start, end: right.span.end }
  return { kind: 'binary', op, left, right, bool, matching: { card, on, labels, include, fillLeft, fillRight }, span }
}

function fills(r: Reader): [left: number | null, right: number | null] {
  let left: number | null = null
  let right: number | null = null
  while (r.is('fill', 'fill_left', 'fill_right')) {
    const which = r.take().type
    r.expect('(', 'fill', '"("')
    const sign = r.takeIf('+', '-')
    if (!r.is('number', 'duration')) r.unexpected('fill', 'number')
    const value = seconds(r).value * (sign?.type === '-' ? -1 : 1)
    r.expect(')', 'fill', '")"')
    if (which !== 'fill_right') left = value
    if (which !== 'fill_left') right = value
  }
  return [left, right]
}

function primary(r: Reader): Expr {
  const { token } = r
  if (r.is('number', 'duration')) return { kind: 'number', ...seconds(r) }
  if (r.is('string')) return { kind: 'string', value: r.string(r.take()), span: token }
  if (r.is('{')) return parseSelector(r, '', token.start)
  if (r.takeIf('(')) {
    const expr = expression(r, 0)
    if (!r.is(')')) r.unexpected()
    r.take()
    return { kind: 'paren', expr, span: { start: token.start, end: r.lastEnd } }
  }
  if (isAggregator(token.type) && ['(', 'by', 'without'].includes(r.following.type)) return aggregate(r)
  const isName = token.type === 'identifier' || token.type === 'metric' || NAMES_A_METRIC.has(token.type)
  if (!isName) return r.unexpected()
  r.take()
  if (r.is('(') && token.type !== 'metric' && !(NAMES_A_METRIC.has(token.type) && !functionNamed(token.type))) {
    const args = callArguments(r)
    const name = token.type === 'identifier' ? token.text : token.type
    const span = { start: token.start, end: r.lastEnd }
    if (!functionNamed(name)) r.fail(span, `unknown function with name ${quote(name)}`)
    return { kind: 'call', name, args, span }
  }
  if (r.is('(')) r.unexpected()
  return parseSelector(r, token.text, token.start)
}

function aggregate(r: Reader): Aggregate {
  const word = r.take()
  const op = word.type as Aggregator
  let modifier = grouping(r)
  if (!r.is('(')) r.unexpected('aggregation')
  const outer = r.context
  r.context = 'aggregation'
  const args = callArguments(r)
  r.context = outer
  modifier ??= grouping(r)
  const span = { start: word.start, end: r.lastEnd }
  const wanted = WITH_PARAM.has(op) ? 2 : 1
  if (args.length === 0) return r.fail(span, 'no arguments for aggregate expression provided')
  if (args.length !== wanted)
    return r.fail(span, `wrong number of arguments for aggregate expression provided, expected ${wanted}, got ${args.length}`)
  const expr = args[wanted - 1] ?? r.fail(span, 'no arguments for aggregate expression provided')
  const param = wanted === 2 ? (args[0] ?? null) : null
  return { kind: 'aggregate', op, expr, param, grouping: modifier?.labels ?? [], without: modifier?.without ?? false, span }
}

function grouping(r: Reader): { labels: string[]; without: boolean } | null {
  const word = r.takeIf('by', 'without')
  return word ? { labels: labelList(r), without: word.type === 'without' } : null
}

function labelList(r: Reader): string[] {
  const labels: string[] = []
  r.expect('(', 'grouping opts', '"("')
  while (!r.takeIf(')')) {
    const { token } = r
    if (token.type === 'string') labels.push(r.string(token))
    else if (token.type === 'metric' || isLegacyName(token.text)) labels.push(token.text)
    else r.unexpected('grouping opts', 'label')
    r.take()
    if (!r.takeIf(',') && !r.is(')')) r.unexpected('grouping opts', '"," or ")"')
  }
  return labels
}

function callArguments(r: Reader): Expr[] {
  const args: Expr[] = []
  r.take()
  if (r.takeIf(')')) return args
  for (;;) {
    args.push(expression(r, 0))
    const comma = r.takeIf(',')
    if (comma && !startsExpression(r)) r.fail(comma, 'trailing commas not allowed in function call args')
    if (comma) continue
    if (!r.is(')')) r.unexpected()
    r.take()
    return args
  }
}

const startsExpression = (r: Reader): boolean =>
  r.is('number', 'duration', 'string', 'identifier', 'metric', '{', '(', '+', '-') || NAMES_A_METRIC.has(r.token.type)
