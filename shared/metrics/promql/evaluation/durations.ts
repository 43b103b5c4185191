import { QueryError } from '../limits.ts'
import type { Duration } from '../syntax/ast.ts'
import { goMax, goMin, goPow } from '../text/number.ts'
import type { QueryTimes } from './steps.ts'

/** A duration in whole ms once the query's step and range are known. Zero and negative lengths are refused unless allowed. */
export function resolveDuration(duration: Duration, query: QueryTimes, negativeAllowed: boolean): number {
  const value = secondsOf(duration, query)
  if (value <= 0 && !negativeAllowed) throw new QueryError('duration must be greater than 0')
  if (!(Math.abs(value) < 2 ** 63 / 1e9)) throw new QueryError('duration is out of range')
  return Math.trunc(Math.round(value * 1e6) / 1e3)
}

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
      return calculate(d.op, secondsOf(d.left, query), right)
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
      if (b === 0) throw new QueryError('division by zero')
      return a / b
    case '%':
      if (b === 0) throw new QueryError('modulo by zero')
      return a % b
    case '^':
      return goPow(a, b)
    default:
      return op satisfies never
  }
}
