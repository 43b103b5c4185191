import type { Expr, Subquery, VectorSelector } from '../syntax/ast.ts'
import { functionNamed } from '../syntax/check.ts'
import { parse } from '../syntax/parse.ts'
import { print } from '../syntax/print.ts'

/**
 * The expression with every selector and subquery pinned to its time of evaluation, at other times of evaluation: the answers
 * have to be those of the expression itself. Empty where the expression depends on the time in another way, or is no expression.
 */
export function pinnedVariants(query: string, at: number): { expr: string; at: number }[] {
  let expr: Expr
  try {
    expr = parse(query)
  } catch {
    return []
  }
  const pinner = new Pinner(at)
  const text = print(pinner.pin(expr))
  if (pinner.timeDependent) return []
  const times = at === 0 ? [-1000, 0, 1000] : [-10 * at, 0, Math.trunc(at / 5), at, 10 * at]
  return times.map((time) => ({ expr: text, at: time }))
}

class Pinner {
  timeDependent = false
  readonly #at: number

  constructor(at: number) {
    this.#at = at
  }

  pin(expr: Expr): Expr {
    switch (expr.kind) {
      case 'number':
      case 'string':
        return expr
      case 'vector':
        return this.#fixed(expr)
      case 'matrix':
        return { ...expr, selector: this.#fixed(expr.selector) }
      case 'subquery':
        // What is within is evaluated at the subquery's own times, which are fixed by this.
        return this.#fixed(expr)
      case 'paren':
      case 'unary':
        return { ...expr, expr: this.pin(expr.expr) }
      case 'binary':
        return { ...expr, left: this.pin(expr.left), right: this.pin(expr.right) }
      case 'aggregate':
        return { ...expr, param: expr.param ? this.pin(expr.param) : null, expr: this.pin(expr.expr) }
      case 'call':
        if (functionNamed(expr.name)?.timeDependent) this.timeDependent = true
        return { ...expr, args: expr.args.map((arg) => this.pin(arg)) }
      default:
        return expr satisfies never
    }
  }

  #fixed<T extends VectorSelector | Subquery>(expr: T): T {
    return expr.at?.kind === 'time' ? expr : { ...expr, at: { kind: 'time', at: this.#at } }
  }
}
