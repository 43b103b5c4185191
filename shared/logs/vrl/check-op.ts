import { add, and, compare, divide, merge, multiply, sameValue, subtract } from './arithmetic.ts'
import type { NodeOf, Operator } from './ast.ts'
import type { Compiler } from './compiler.ts'
import { context, error, type Label, note, primary } from './diagnostics.ts'
import { nodesMax } from './equal.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { Aborted, type Code, Returned, type Run } from './run.ts'
import { fallible, fallibleUnless, mergeStates, type State, type TypeDef, typeDef, unionType, withKind } from './types.ts'
import { Failure, isFloat, isInteger, toNumber, type Value } from './value.ts'

type OpNode = NodeOf<'op'>
type Comparison = '==' | '!=' | '>=' | '>' | '<=' | '<'
const isComparison = (op: Operator): op is Comparison => ['==', '!=', '>=', '>', '<=', '<'].includes(op)

export function checkOp(c: Compiler, node: OpNode, state: State): Expression | undefined {
  const { op } = node
  const before = c.pending.length
  const lhs = c.expression(node.lhs, state)
  if (!lhs) return undefined
  if (op === '??') c.pending.length = before
  const rhsState = state.copy()
  const rhs = c.expression(node.rhs, rhsState)
  if (!rhs) return undefined
  const refused = refuse(node, lhs, rhs)
  if (refused) {
    c.pending.length = before
    return c.report(refused)
  }
  const outcome = typeOf(op, lhs, rhs)
  if (!outcome.type.fallible) c.pending.length = before
  if (outcome.rhs === 'always') state.become(rhsState)
  else if (outcome.rhs === 'maybe') state.become(mergeStates(state, rhsState))
  return {
    start: node.start,
    end: node.end,
    type: outcome.type,
    run: codeOf(op, lhs.run, rhs.run),
    form: 'operation',
    text: () => `${lhs.text()} ${op} ${rhs.text()}`,
    comparison: isComparison(op),
  }
}

function refuse(node: OpNode, lhs: Expression, rhs: Expression): ReturnType<typeof error> | undefined {
  if (isComparison(node.op) && lhs.comparison) {
    const labels = [primary("comparison operators can't be chained together", node.opSpan)]
    return error(650, "comparison operators can't be chained together", labels, [note.expression('comparisons', '#comparison')])
  }
  if (node.op === '??' && !lhs.type.fallible) {
    return error(651, 'unnecessary error coalescing operation', [
      primary("this expression can't fail", node.lhs),
      context('this expression never resolves', node.rhs),
      context('remove this error coalescing operation', node.opSpan),
    ])
  }
  if (node.op === '|' && !(kind.isObject(lhs.type.kind) && kind.isObject(rhs.type.kind))) {
    const labels: Label[] = []
    for (const [side, at] of [
      [lhs, node.lhs],
      [rhs, node.rhs],
    ] as const) {
      if (!kind.isObject(side.type.kind)) labels.push(primary('this expression must resolve to an object', at))
    }
    return error(652, 'only objects can be merged', labels)
  }
  return undefined
}

interface Outcome {
  readonly type: TypeDef
  /** Whether the right side is evaluated. */
  readonly rhs: 'never' | 'maybe' | 'always'
}

const number = kind.scalars(kind.scalar.integer | kind.scalar.float)
const nullOrBoolean = kind.scalars(kind.scalar.null | kind.scalar.boolean)
const stringOrNull = kind.scalars(kind.scalar.bytes | kind.scalar.null)

/** The reference's typing rules, operator by operator. */
function typeOf(op: Operator, lhs: Expression, rhs: Expression): Outcome {
  const l = lhs.type
  const r = rhs.type
  switch (op) {
    case '??':
      return { type: fallible(unionType(l, r), l.fallible && r.fallible), rhs: 'maybe' }
    case '||':
      return orType(lhs, rhs)
    case '&&':
      return andType(lhs, rhs)
    case '|':
      return {
        type: { kind: kind.union(l.kind, r.kind, true), fallible: l.fallible || r.fallible, returns: kind.union(l.returns, r.returns) },
        rhs: 'always',
      }
    case '==':
    case '!=':
      return { type: withKind(unionType(l, r), kind.boolean), rhs: 'always' }
    case '>':
    case '>=':
    case '<':
    case '<=': {
      const ordered = (kind.isBytes(l.kind) && kind.isBytes(r.kind)) || (kind.isTimestamp(l.kind) && kind.isTimestamp(r.kind))
      return {
        type: withKind(ordered ? unionType(l, r) : unionType(fallibleUnless(l, number), fallibleUnless(r, number)), kind.boolean),
        rhs: 'always',
      }
    }
    case '/':
      return { type: divisionType(lhs, rhs), rhs: 'always' }
    case '+':
    case '-':
    case '*':
      return { type: arithmeticType(op, l, r), rhs: 'always' }
    default:
      return op satisfies never
  }
}

function orType(lhs: Expression, rhs: Expression): Outcome {
  const l = lhs.type
  if (kind.isNull(l.kind) || lhs.constant === false) return { type: rhs.type, rhs: 'always' }
  const canBeFalse = kind.contains(l.kind, kind.scalar.null) || kind.contains(l.kind, kind.scalar.boolean)
  if (!canBeFalse || lhs.constant === true) return { type: l, rhs: 'never' }
  const withoutNull = withKind(l, { ...l.kind, scalars: l.kind.scalars & ~kind.scalar.null })
  return { type: unionType(withoutNull, rhs.type), rhs: 'maybe' }
}

function andType(lhs: Expression, rhs: Expression): Outcome {
  if (kind.isNull(lhs.type.kind) || lhs.constant === false) return { type: typeDef(kind.boolean), rhs: 'never' }
  if (lhs.constant === true) return { type: withKind(rhs.type, kind.boolean), rhs: 'always' }
  const both = unionType(fallibleUnless(lhs.type, nullOrBoolean), fallibleUnless(rhs.type, nullOrBoolean))
  return { type: withKind(both, kind.boolean), rhs: 'maybe' }
}

function divisionType(lhs: Expression, rhs: Expression): TypeDef {
  const by: Value | undefined = rhs.constant
  const isNumber = kind.isFloat(lhs.type.kind) || kind.isInteger(lhs.type.kind)
  const certain = isNumber && by !== undefined && (isInteger(by) || isFloat(by)) && toNumber(by) !== 0 && Number.isFinite(toNumber(by))
  return typeDef(kind.float, !certain, kind.union(lhs.type.returns, rhs.type.returns))
}

function arithmeticType(op: '+' | '-' | '*', l: TypeDef, r: TypeDef): TypeDef {
  const is = (test: (k: kind.Kind) => boolean): boolean => test(l.kind) || test(r.kind)
  if (op === '+' && is(kind.isBytes))
    return withKind(unionType(fallibleUnless(l, stringOrNull), fallibleUnless(r, stringOrNull)), kind.bytes)
  if (is(kind.isFloat)) return withKind(unionType(fallibleUnless(l, number), fallibleUnless(r, number)), kind.float)
  const both = unionType(l, r)
  if (kind.isInteger(l.kind) && kind.isInteger(r.kind)) return withKind(both, kind.integer)
  if (op === '*') {
    if ((kind.isBytes(l.kind) && kind.isInteger(r.kind)) || (kind.isInteger(l.kind) && kind.isBytes(r.kind)))
      return withKind(both, kind.bytes)
  }
  return withKind(fallible(both), op === '-' ? number : kind.or(number, kind.scalar.bytes))
}

/** `??` stands in for whatever ends the left side early, but not for a reached limit. */
export const isHandled = (e: unknown): e is Failure | Aborted | Returned =>
  e instanceof Failure || e instanceof Aborted || e instanceof Returned

function codeOf(op: Operator, l: Code, r: Code): Code {
  switch (op) {
    case '??':
      return (run) => {
        try {
          return l(run)
        } catch (e) {
          if (isHandled(e)) return r(run)
          throw e
        }
      }
    case '||':
      return (run) => {
        const v = l(run)
        return v === null || v === false ? r(run) : v
      }
    case '&&':
      return (run) => {
        const v = l(run)
        return v === null || v === false ? false : and(v, r(run))
      }
    case '|':
      return (run) => merge(l(run), r(run))
    case '==':
      return (run) => same(run, l(run), r(run))
    case '!=':
      return (run) => !same(run, l(run), r(run))
    case '>':
      return (run) => compare(l(run), r(run), op) > 0
    case '>=':
      return (run) => compare(l(run), r(run), op) >= 0
    case '<':
      return (run) => compare(l(run), r(run), op) < 0
    case '<=':
      return (run) => compare(l(run), r(run), op) <= 0
    case '+':
      return (run) => add(l(run), r(run))
    case '-':
      return (run) => subtract(l(run), r(run))
    case '*':
      return (run) => multiply(l(run), r(run))
    case '/':
      return (run) => divide(l(run), r(run))
    default:
      return op satisfies never
  }
}

/** Comparing large values takes more than one step. */
function same(run: Run, a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return sameValue(a, b)
  const budget = { left: nodesMax }
  const result = sameValue(a, b, budget)
  run.spend((nodesMax - budget.left) >> 6)
  return result
}
