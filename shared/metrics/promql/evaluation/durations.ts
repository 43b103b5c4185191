import { QueryError } from '../limits.ts'
import type { Duration } from '../syntax/ast.ts'
import { SECONDS_MAX } from '../syntax/parse-duration.ts'
import { goMax, goMin, goPow } from '../text/number.ts'
import type { QueryTimes } from './steps.ts'

/** A duration in whole ms once the query's step and range are known. Zero and negative lengths are refused unless allowed. */
export function resolveDuration(duration: Duration, query: QueryTimes, negativeAllowed: boolean): number {
  const value = secondsOf(duration, query)
  if (!Number.isFinite(value)) return refuse(duration, 'duration is NaN or infinite')
  if (value <= 0 && !negativeAllowed) return refuse(duration, 'duration must be greater than 0')
  if (Math.abs(value) > SECONDS_MAX) return refuse(duration, 'duration is out of range')
  return duration.kind === 'seconds' ? Math.trunc(Math.round(value * 1e6) / 1e3) : Math.trunc(value * 1000)
}

/** Of a duration; `span` is in characters, the message counts from 0: the one place in which Prometheus does so. */
class DurationError extends QueryError {
  readonly span: { start: number; end: number }
  readonly reason: string
  constructor(span: { start: number; end: number }, reason: string) {
    super(`${span.start}:${span.end}: ${reason}`)
    this.span = span
    this.reason = reason
  }
}
function refuse(duration: Duration, reason: string): never {
  throw new DurationError({ start: startOf(duration), end: endOf(duration) }, reason)
}

/** The error with its place in bytes of `query`, as Prometheus counts. */
export function placedIn(query: string, e: unknown): unknown {
  if (!(e instanceof DurationError)) return e
  const bytes = (at: number) => new TextEncoder().encode(query.slice(0, at)).length
  return new DurationError({ start: bytes(e.span.start), end: bytes(e.span.end) }, e.reason)
}

/** Parentheses around a calculation do not belong to it. */
const startOf = (d: Duration): number => (d.kind === 'calculation' && d.left ? startOf(d.left) : d.span.start)
const endOf = (d: Duration): number => (d.kind === 'calculation' ? endOf(d.right) : d.span.end)

function secondsOf(d: Duration, query: QueryTimes): number {
  switch (d.kind) {
    case 'seconds':
      return d.value
    case 'query-time':
      return (d.name === 'step' ? query.step : query.end - query.start) / 1000
    case 'pick': {
      const pick = d.name === 'min_of' ? goMin : goMax
      return pick(secondsOf(d.left, query), secondsOf(d.right, query))
    }
    case 'calculation': {
      const right = secondsOf(d.right, query)
      if (!d.left) return d.op === '-' ? -right : right
      const left = secondsOf(d.left, query)
      if (right === 0 && d.op === '/') return refuse(d, 'division by zero')
      if (right === 0 && d.op === '%') return refuse(d, 'modulo by zero')
      return calculate(d.op, left, right)
    }
    default:
      return d satisfies never
  }
}

function calculate(op: '+' | '-' | '*' | '/' | '%' | '^', a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '^':
      return goPow(a, b)
    default:
      return op satisfies never
  }
}
