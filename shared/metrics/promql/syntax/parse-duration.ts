import { parseDuration } from '../text/duration.ts'
import type { Duration, Span } from './ast.ts'
import type { Reader } from './reader.ts'

const PRECEDENCE: Record<string, number> = { '+': 1, '-': 1, '*': 2, '/': 2, '%': 2, '^': 4 }
const UNARY = 3
/** What fits in 64 bits of nanoseconds. */
export const SECONDS_MAX = 2 ** 63 / 1e9
const WANTED = 'number, duration, step(), or range()'

/** The length of time within `[…]`: arithmetic on numbers (seconds), durations, step() and range(). */
export function parseRange(r: Reader, context: string): Duration {
  return calculation(r, 0, context)
}

/**
 * After `offset`: one signed term, since an operator that follows belongs to the expression. As in Prometheus' grammar it goes on
 * after parentheses without a sign, where what follows the operator is a duration: `offset (1m) + 30s` is 90 s.
 */
export function parseOffset(r: Reader): Duration {
  const whole = r.is('(') ? r.attempt(() => calculation(r, 0, 'offset')) : null
  return whole ?? signed(r, 'offset', () => term(r, 'offset'))
}

/** The literal seconds a duration stands for; throws where the text is no duration. */
export function seconds(r: Reader): { value: number; asDuration: boolean; span: Span } {
  const token = r.take()
  if (token.type === 'number') return { value: r.number(token), asDuration: false, span: token }
  const ms = parseDuration(token.text)
  if (ms === null) return r.fail(token, `not a valid duration string: ${JSON.stringify(token.text)}`)
  return { value: ms / 1000, asDuration: true, span: token }
}

function calculation(r: Reader, lowest: number, context: string): Duration {
  const { depth } = r
  r.deeper()
  let left = signed(
    r,
    context,
    () => term(r, context),
    () => calculation(r, UNARY, context),
  )
  for (;;) {
    const precedence = PRECEDENCE[r.token.type]
    if (precedence === undefined || precedence < lowest) break
    r.deeper()
    const sign = r.take()
    const op = sign.type as '+' | '-' | '*' | '/' | '%' | '^'
    const right = calculation(r, op === '^' ? precedence : precedence + 1, context)
    if (right.kind === 'seconds' && right.value === 0 && op === '/') r.fail(sign, 'division by zero')
    if (right.kind === 'seconds' && right.value === 0 && op === '%') r.fail(sign, 'modulo by zero')
    left = { kind: 'calculation', op, left, right, wrapped: false, span: { start: left.span.start, end: right.span.end } }
  }
  r.depth = depth
  return left
}

function signed(r: Reader, context: string, plain: () => Duration, operand: () => Duration = plain): Duration {
  const sign = r.takeIf('+', '-')
  if (!sign) return plain()
  if (!startsTerm(r)) r.unexpected(context, WANTED)
  const inner = operand()
  const span = { start: sign.start, end: inner.span.end }
  if (sign.type === '+') return inner
  if (inner.kind === 'seconds') return { ...inner, value: -inner.value, span }
  return { kind: 'calculation', op: '-', left: null, right: inner, wrapped: false, span }
}

const startsTerm = (r: Reader): boolean => r.is('number', 'duration', '(', 'step', 'range', 'min_of', 'max_of', '+', '-')

function term(r: Reader, context: string): Duration {
  const start = r.token.start
  if (r.is('number', 'duration')) {
    const literal = seconds(r)
    if (Math.abs(literal.value) > SECONDS_MAX) r.fail(literal.span, 'duration out of range')
    return { kind: 'seconds', ...literal }
  }
  if (r.takeIf('(')) {
    const inner = calculation(r, 0, context)
    r.expect(')', context, WANTED)
    return wrap(inner, { start, end: r.lastEnd })
  }
  if (r.is('step', 'range')) {
    const name = r.take().type as 'step' | 'range'
    r.expect('(', context, '"("')
    r.expect(')', context, '")"')
    return { kind: 'query-time', name, wrapped: false, span: { start, end: r.lastEnd } }
  }
  if (r.is('min_of', 'max_of')) {
    const name = r.take().type as 'min_of' | 'max_of'
    r.expect('(', context, '"("')
    const left = calculation(r, 0, context)
    r.expect(',', context, '","')
    const right = calculation(r, 0, context)
    r.expect(')', context, '")"')
    return { kind: 'pick', name, left, right, wrapped: false, span: { start, end: r.lastEnd } }
  }
  return r.unexpected(context, WANTED)
}

function wrap(inner: Duration, span: Span): Duration {
  // A bare number keeps its parentheses through a unary plus, so that printing it gives them back.
  if (inner.kind === 'seconds') return { kind: 'calculation', op: '+', left: null, right: inner, wrapped: true, span }
  return { ...inner, wrapped: true, span }
}
