import { BadArgument, type Call } from './define.ts'
import { display } from './display.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { kindText } from './kind-text.ts'
import type { Value } from './value.ts'

/** The argument has a value the function cannot work with. */
export function invalidArgument(name: string, value: Value, error: string): never {
  throw new BadArgument(403, 'invalid argument', [`invalid argument "${name}"`, `received: ${display(value)}`, `error: ${error}`])
}

/** The argument must be of another form, such as a path or a literal. */
export function unexpectedExpression(name: string, expected: string, got: Expression): never {
  throw new BadArgument(400, 'unexpected expression type', [
    `unexpected expression for argument "${name}"`,
    `received: ${got.form}`,
    `expected: ${expected}`,
  ])
}

/** A part of the argument that must be known before any event is not. */
export function notStatic(name: string, got: Expression): never {
  throw new BadArgument(402, 'this argument must be a static expression', [
    `expected static expression for argument "${name}"`,
    `received: ${got.form}`,
  ])
}

/** The argument has a part of another kind; the reference names no place for it. */
export function wrongKind(expected: string, got: Value): never {
  throw new BadArgument(300, `expected ${expected}, got ${kindText(kind.ofValue(got))}`, [])
}

/** The items of an array literal, all of them known at compile time; `undefined` without the argument. */
export function literalItems(call: Call, name: string): readonly Value[] | undefined {
  const arg = call.arg(name)
  if (!arg) return undefined
  if (Array.isArray(arg.constant)) return arg.constant
  if (!arg.items) return unexpectedExpression(name, 'array', arg)
  return arg.items.map((item) => item.constant ?? notStatic(name, item))
}

/** The argument's value, which must be known at compile time. */
export function literal(call: Call, name: string): Value | undefined {
  const arg = call.arg(name)
  if (!arg) return undefined
  return arg.constant === undefined ? unexpectedExpression(name, 'literal', arg) : arg.constant
}

/** The argument's value, which must be known and one of these. */
export function oneOf(call: Call, name: string, variants: readonly string[]): string | undefined {
  const value = literal(call, name)
  if (value === undefined || (typeof value === 'string' && variants.includes(value))) return value
  throw new BadArgument(401, 'invalid enum variant"', [
    `invalid enum variant for argument "${name}"`,
    `received: ${display(value)}`,
    `expected one of: ${variants.map((v) => display(v)).join(', ')}`,
  ])
}

/** The argument, which must be a path. */
export function query(call: Call, name: string): Expression & { query: NonNullable<Expression['query']> } {
  const arg = call.arg(name)!
  return arg.query ? { ...arg, query: arg.query } : unexpectedExpression(name, 'query', arg)
}
