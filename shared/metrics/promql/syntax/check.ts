import type { PromFunction } from '../functions/function.ts'
import { functions } from '../functions/index.ts'
import { NAME } from '../labels.ts'
import { quote } from '../text/quoted.ts'
import { type Binary, bare, type Call, children, type Expr, isComparison, isSetOp, type ValueType } from './ast.ts'
import { ParseError } from './position.ts'

/** Refuses what is well-formed but makes no sense, in Prometheus' words. */
export function check(query: string, expr: Expr): ValueType {
  return new Checker(query).type(expr)
}

export const documented: Record<ValueType, string> = {
  scalar: 'scalar',
  vector: 'instant vector',
  matrix: 'range vector',
  string: 'string',
}

/** The type of a checked expression. */
export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar'
    case 'string':
      return 'string'
    case 'paren':
    case 'unary':
      return typeOf(expr.expr)
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar' ? 'scalar' : 'vector'
    case 'aggregate':
    case 'vector':
      return 'vector'
    case 'matrix':
    case 'subquery':
      return 'matrix'
    case 'call':
      return functionNamed(expr.name)?.returns ?? 'vector'
    default:
      return expr satisfies never
  }
}

export const functionNamed = (name: string): PromFunction | undefined =>
  Object.hasOwn(functions, name) ? functions[name as keyof typeof functions] : undefined

class Checker {
  readonly #query: string

  constructor(query: string) {
    this.#query = query
  }

  type(expr: Expr): ValueType {
    if (expr.kind === 'binary') this.#binary(expr)
    else if (expr.kind === 'call') this.#call(expr)
    else {
      for (const child of children(expr)) this.type(child)
      this.#node(expr)
    }
    return typeOf(expr)
  }

  #node(expr: Expr): void {
    if (expr.kind === 'aggregate') {
      this.#want(expr.expr, 'vector', 'aggregation expression')
      if (expr.param) this.#want(expr.param, expr.op === 'count_values' ? 'string' : 'scalar', 'aggregation parameter')
    }
    if (expr.kind === 'unary' && !['scalar', 'vector'].includes(typeOf(expr.expr))) {
      const got = quote(documented[typeOf(expr.expr)])
      this.#fail(expr, `unary expression only allowed on expressions of type scalar or instant vector, got ${got}`)
    }
    if (expr.kind === 'subquery' && typeOf(expr.expr) !== 'vector') {
      this.#fail(expr, `subquery is only allowed on instant vector, got ${typeOf(expr.expr)} instead`)
    }
    if (expr.kind === 'vector') {
      const twice = expr.name === '' ? undefined : expr.matchers.slice(0, -1).find((m) => m.name === NAME)
      if (twice) this.#fail(expr, `metric name must not be set twice: ${quote(expr.name)} or ${quote(twice.value)}`)
      if (expr.matchers.every((m) => m.matches(''))) this.#fail(expr, 'vector selector must contain at least one non-empty matcher')
    }
  }

  #binary(expr: Binary): void {
    const left = this.type(expr.left)
    const right = this.type(expr.right)
    const { matching, op } = expr
    const between = { span: { start: expr.left.span.end, end: expr.right.span.start } }
    const atOp = { span: { start: this.#skipSpace(between.span.start), end: between.span.end } }
    if (expr.bool && !isComparison(op)) this.#fail(atOp, 'bool modifier can only be used on comparison operators')
    if (isComparison(op) && !expr.bool && left === 'scalar' && right === 'scalar')
      this.#fail(atOp, 'comparisons between scalars must use BOOL modifier')
    const both = matching.on ? matching.labels.find((label) => matching.include.includes(label)) : undefined
    if (both !== undefined) this.#fail(atOp, `label ${quote(both)} must not occur in ON and GROUP clause at once`)
    if (left !== 'scalar' && left !== 'vector') this.#fail(expr.left, 'binary expression must contain only scalar and instant vector types')
    if (right !== 'scalar' && right !== 'vector')
      this.#fail(expr.right, 'binary expression must contain only scalar and instant vector types')
    const fills = matching.fillLeft !== null || matching.fillRight !== null
    if (left !== 'vector' || right !== 'vector') {
      if (matching.labels.length > 0) this.#fail(expr, 'vector matching only allowed between instant vectors')
      if (fills) this.#fail(expr, 'filling in missing series only allowed between instant vectors')
    } else if (isSetOp(op)) {
      if (matching.card !== 'many-to-many') this.#fail(expr, `no grouping allowed for ${quote(op)} operation`)
      if (fills) this.#fail(expr, 'filling in missing series not allowed for set operators')
    }
    if ((left === 'scalar' || right === 'scalar') && isSetOp(op))
      this.#fail(expr, `set operator ${quote(op)} not allowed in binary scalar expression`)
  }

  #call(expr: Call): void {
    const { name, args } = expr
    const fn = functionNamed(name)
    if (!fn) this.#fail(expr, `unknown function with name ${quote(name)}`)
    const wanted = fn.args.length
    if (fn.variadic === 0) {
      if (args.length !== wanted) this.#fail(expr, `expected ${wanted} argument(s) in call to ${quote(name)}, got ${args.length}`)
    } else {
      const least = wanted - 1
      if (args.length < least) this.#fail(expr, `expected at least ${least} argument(s) in call to ${quote(name)}, got ${args.length}`)
      const most = least + fn.variadic
      if (fn.variadic > 0 && args.length > most)
        this.#fail(expr, `expected at most ${most} argument(s) in call to ${quote(name)}, got ${args.length}`)
    }
    for (const [i, arg] of args.entries()) {
      if (name === 'info' && i === 1) {
        this.#infoSelector(arg)
        continue
      }
      this.type(arg)
      this.#want(arg, fn.args[Math.min(i, wanted - 1)] ?? 'scalar', `call to function ${quote(name)}`)
    }
  }

  #infoSelector(given: Expr): void {
    const arg = bare(given)
    if (typeOf(arg) !== 'vector') this.#fail(arg, `expected type instant vector in call to function "info", got ${documented[typeOf(arg)]}`)
    if (arg.kind !== 'vector') this.#fail(arg, 'expected label selectors only')
    if (arg.name !== '') this.#fail(arg, 'expected label selectors only, got vector selector instead')
  }

  #want(expr: Expr, type: ValueType, context: string): void {
    const got = typeOf(expr)
    if (got !== type) this.#fail(expr, `expected type ${documented[type]} in ${context}, got ${documented[got]}`)
  }

  #skipSpace(from: number): number {
    let at = from
    while (/\s/.test(this.#query[at] ?? '')) at++
    return at
  }

  #fail({ span }: Pick<Expr, 'span'>, reason: string): never {
    throw new ParseError(this.#query, span, reason)
  }
}
