import { NAME } from '../labels.ts'
import type { Matcher, MatchOp } from '../matcher.ts'
import type { At, Duration, Expr, MatrixSelector, Subquery, VectorSelector } from './ast.ts'
import { parseOffset, parseRange, seconds } from './parse-duration.ts'
import type { Reader } from './reader.ts'

/** `name{…}`, `{…}` or a bare name. */
export function parseSelector(r: Reader, name: string, start: number): VectorSelector {
  const matchers = r.is('{') ? parseMatchers(r) : []
  if (name !== '') matchers.push(r.matcher(NAME, '=', name, { start, end: r.lastEnd }))
  return { kind: 'vector', name, matchers, offset: null, at: null, extended: null, span: { start, end: r.lastEnd } }
}

/** Everything that may follow an expression: ranges, subqueries, offset, @, anchored, smoothed. */
export function parsePostfix(r: Reader, given: Expr): Expr {
  let expr = given
  for (;;) {
    if (r.is('[')) expr = parseBrackets(r, expr)
    else if (r.takeIf('offset')) expr = withOffset(r, expr, parseOffset(r))
    else if (r.takeIf('@')) expr = withAt(r, expr, parseAt(r, expr))
    else if (r.is('anchored', 'smoothed')) expr = withExtension(r, expr, r.take().type as 'anchored' | 'smoothed')
    else return expr
  }
}

function parseMatchers(r: Reader): Matcher[] {
  const matchers: Matcher[] = []
  r.take()
  while (!r.takeIf('}')) {
    if (!r.is('identifier', 'string')) r.unexpected('label matching', 'identifier or "}"')
    const label = r.take()
    if (label.type === 'string' && r.is(',', '}')) matchers.push(r.matcher(NAME, '=', r.string(label), label))
    else {
      if (!r.is('=', '!=', '=~', '!~')) r.unexpected('label matching', 'label matching operator')
      const op = r.take().type as MatchOp
      const value = r.expect('string', 'label matching', 'string')
      const name = label.type === 'string' ? r.string(label) : label.text
      matchers.push(r.matcher(name, op, r.string(value), { start: label.start, end: value.end }))
    }
    if (!r.takeIf(',') && !r.is('}')) r.unexpected('label matching', '"," or "}"')
  }
  return matchers
}

function parseBrackets(r: Reader, expr: Expr): MatrixSelector | Subquery {
  const open = r.take()
  const range = parseRange(r, 'subquery or range selector')
  const start = expr.span.start
  if (r.takeIf(':')) {
    const step = r.is(']') ? null : parseRange(r, 'subquery selector')
    if (step) positive(r, step)
    r.expect(']', 'subquery selector', '"]"')
    positive(r, range)
    return { kind: 'subquery', expr, range, step, offset: null, at: null, span: { start, end: r.lastEnd } }
  }
  r.expect(']', 'subquery or range', '":" or "]"')
  positive(r, range)
  const span = { start: open.start, end: r.lastEnd }
  if (expr.kind !== 'vector') return r.fail(span, 'ranges only allowed for vector selectors')
  if (expr.offset !== null) return r.fail(span, 'no offset modifiers allowed before range')
  if (expr.at !== null) return r.fail(span, 'no @ modifiers allowed before range')
  return { kind: 'matrix', selector: expr, range, span: { start, end: r.lastEnd } }
}

function positive(r: Reader, duration: Duration): void {
  if (duration.kind === 'seconds' && duration.value <= 0) r.fail(duration.span, 'duration must be greater than 0')
}

function withOffset(r: Reader, expr: Expr, offset: Duration): Expr {
  const target = expr.kind === 'matrix' ? expr.selector : expr
  if (target.kind !== 'vector' && target.kind !== 'subquery') {
    return r.fail(expr.span, 'offset modifier must be preceded by an instant vector selector or range vector selector or a subquery')
  }
  if (target.offset !== null) return r.fail(expr.span, 'offset may not be set multiple times')
  return extend(r, expr, { offset })
}

function withAt(r: Reader, expr: Expr, at: At): Expr {
  const target = expr.kind === 'matrix' ? expr.selector : expr
  if (target.kind !== 'vector' && target.kind !== 'subquery') {
    return r.fail(expr.span, '@ modifier must be preceded by an instant vector selector or range vector selector or a subquery')
  }
  if (target.at !== null) return r.fail(expr.span, '@ <timestamp> may not be set multiple times')
  return extend(r, expr, { at })
}

function withExtension(r: Reader, expr: Expr, extended: 'anchored' | 'smoothed'): Expr {
  if (expr.kind === 'subquery') return r.fail(expr.span, `${extended} modifier is not supported for subqueries`)
  const target = expr.kind === 'matrix' ? expr.selector : expr
  if (target.kind !== 'vector') return r.fail(expr.span, `${extended} modifier not implemented`)
  if (target.extended !== null && target.extended !== extended)
    return r.fail(expr.span, 'anchored and smoothed modifiers cannot be used together')
  return extend(r, expr, { extended })
}

function extend(r: Reader, expr: Expr, change: Partial<Pick<VectorSelector, 'offset' | 'at' | 'extended'>>): Expr {
  const span = { start: expr.span.start, end: r.lastEnd }
  if (expr.kind === 'matrix') return { ...expr, selector: { ...expr.selector, ...change }, span }
  return { ...expr, ...change, span } as Expr
}

function parseAt(r: Reader, expr: Expr): At {
  if (r.is('start', 'end')) {
    const kind = r.take().type as 'start' | 'end'
    r.expect('(', '@', 'timestamp')
    r.expect(')', '@', 'timestamp')
    return { kind }
  }
  let sign = 1
  const signToken = r.takeIf('+', '-')
  if (signToken?.type === '-') sign = -1
  if (!r.is('number', 'duration')) r.unexpected('@', 'timestamp')
  const at = sign * seconds(r).value
  if (!Number.isFinite(at) || Math.abs(at) >= 2 ** 63) r.fail(expr.span, `timestamp out of bounds for @ modifier: ${at.toFixed(6)}`)
  return { kind: 'time', at: Math.round(at * 1000) }
}
