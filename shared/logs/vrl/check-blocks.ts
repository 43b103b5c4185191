import type { BlockNode, IfNode, NodeOf, ObjectNode } from './ast.ts'
import type { Compiler } from './compiler.ts'
import { context, type Diagnostic, error, note, primary, retitled, type Span } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { kindText } from './kind-text.ts'
import { Aborted, type Code, Returned } from './run.ts'
import { leaveScope, mergeStates, type State, type TypeDef, typeDef, unionType } from './types.ts'
import { compareText, type Fields, fail, isString, put, text, type Value } from './value.ts'

export function checkBlock(c: Compiler, node: BlockNode, state: State): Expression | undefined {
  const parent = state.locals
  const inner = state.copy()
  const body = sequence(c, node.body, inner)
  if (!body) return undefined
  leaveScope(parent, inner)
  state.become(inner)
  return {
    ...span(node),
    type: body.type,
    run: body.run,
    form: 'block',
    text: () => `{\n${body.exprs.map((e) => `\t${e.text()}`).join('\n')}\n}`,
  }
}

/** Expressions one after the other; the last one's value counts. What follows an expression that never returns cannot fail. */
function sequence(c: Compiler, nodes: BlockNode['body'], state: State): { type: TypeDef; run: Code; exprs: Expression[] } | undefined {
  const exprs: Expression[] = []
  for (const node of nodes) {
    const e = c.expression(node, state)
    if (!e) return undefined
    exprs.push(e)
  }
  return { type: sequenceType(exprs), run: sequenceCode(exprs.map((e) => e.run)), exprs }
}

export function sequenceType(exprs: readonly Expression[]): TypeDef {
  let fallible = false
  let reachable = true
  let returns = kind.never
  for (const { type } of exprs) {
    fallible ||= reachable && type.fallible
    if (kind.isNever(type.kind)) reachable = false
    returns = kind.union(returns, type.returns)
  }
  return { kind: exprs[exprs.length - 1]?.type.kind ?? kind.nothing, fallible, returns }
}

export function sequenceCode(codes: readonly Code[]): Code {
  if (codes.length === 0) return () => null
  if (codes.length === 1) return codes[0]!
  const first = codes.slice(0, -1)
  const last = codes[codes.length - 1]!
  return (run) => {
    for (const code of first) code(run)
    return last(run)
  }
}

export function checkArray(c: Compiler, node: NodeOf<'array'>, state: State): Expression | undefined {
  const items: Expression[] = []
  for (const item of node.items) {
    const e = c.expression(item, state)
    if (!e) return undefined
    items.push(e)
  }
  const codes = items.map((i) => i.run)
  const constants = items.map((i) => i.constant)
  const constant = constants.every((v) => v !== undefined) ? (constants as Value[]) : undefined
  return {
    ...span(node),
    type: containerType(items, (types) => kind.tuple(types)),
    run: constant ? () => constant : (run) => codes.map((code) => code(run)),
    form: 'array',
    text: () => `[${items.map((i) => i.text()).join(', ')}]`,
    constant,
    items,
  }
}

/** Fields are evaluated in the order of their names, as the reference keeps them. */
export function checkObject(c: Compiler, node: ObjectNode, state: State): Expression | undefined {
  const found = new Map<string, Expression>()
  let failed = false
  for (const [key, value] of node.entries) {
    const e = c.expression(value, state)
    if (e) found.set(key, e)
    else failed = true
  }
  if (failed) return undefined
  const entries = new Map([...found].sort(([a], [b]) => compareText(a, b)))
  const pairs = [...entries].map(([k, e]) => [k, e.run] as const)
  const values = [...entries.values()]
  const run: Code = (r) => {
    const o: Fields = {}
    for (const [k, code] of pairs) put(o, k, code(r))
    return o
  }
  const isConstant = values.every((e) => e.constant !== undefined)
  let constant: Fields | undefined
  if (isConstant) {
    constant = {}
    for (const [k, e] of entries) put(constant, k, e.constant)
  }
  return {
    ...span(node),
    type: containerType(values, (types) =>
      kind.object({ known: new Map([...entries.keys()].map((k, i) => [k, types[i]!])), unknown: kind.emptyOf.unknown }),
    ),
    run: constant ? () => constant : run,
    form: 'object',
    text: () => `{ ${[...entries].map(([k, e]) => `"${k}": ${e.text()}`).join(', ')} }`,
    constant,
    entries,
  }
}

function containerType(items: readonly Expression[], make: (kinds: kind.Kind[]) => kind.Kind): TypeDef {
  const fallible = items.some((i) => i.type.fallible)
  const returns = kind.unionAll(items.map((i) => i.type.returns))
  if (items.some((i) => kind.isNever(i.type.kind))) return typeDef(kind.never, fallible, returns)
  return typeDef(make(items.map((i) => kind.upgradeUndefined(i.type.kind))), fallible, returns)
}

export function checkIf(c: Compiler, node: IfNode, state: State): Expression | undefined {
  const test = predicate(c, node.test, state)
  if (!test) return undefined
  const afterTest = state.copy()
  const thenState = state.copy()
  const then = checkBlock(c, node.then, thenState)
  if (!then) return undefined
  const at = { ...span(node), form: 'if-statement' }
  const { run: testRun } = test
  const { run: thenRun } = then
  if (!node.otherwise) {
    state.become(mergeStates(thenState, afterTest))
    const type = { ...then.type, kind: kind.orNull(then.type.kind) }
    return { ...at, type, run: (run) => (holds(testRun(run)) ? thenRun(run) : null), text: () => `if ${test.text()} ${then.text()}` }
  }
  const elseState = afterTest.copy()
  const otherwise = checkBlock(c, node.otherwise, elseState)
  if (!otherwise) return undefined
  const { run: elseRun } = otherwise
  state.become(mergeStates(thenState, elseState))
  return {
    ...at,
    type: unionType(then.type, otherwise.type),
    run: (run) => (holds(testRun(run)) ? thenRun(run) : elseRun(run)),
    text: () => `if ${test.text()} ${then.text()} else${otherwise.text()}`,
  }
}

/** A boolean, as its type says; a closure may have assigned something else. */
const holds = (v: Value): boolean => (typeof v === 'boolean' ? v : fail(`expected boolean, got ${kindText(kind.ofValue(v))}`))

function predicate(c: Compiler, node: IfNode['test'], state: State): { run: Code; text: () => string } | undefined {
  const before = c.pending.length
  const body = sequence(c, node.body, state)
  const cause = c.pending[before]
  c.pending.length = before
  if (!body) return undefined
  if (cause) return c.report(retitled(cause.diagnostic, 'fallible predicate'))
  if (!kind.isBoolean(body.type.kind)) {
    const labels = [
      primary('this predicate must resolve to a boolean', node),
      context(`instead it resolves to ${kindText(body.type.kind)}`, node),
    ]
    return c.report(error(102, 'non-boolean predicate', labels, [note.coerce, note.expression('if expressions', '#if')]))
  }
  return { run: body.run, text: () => body.exprs.map((e) => e.text()).join('; ') }
}

export function checkNot(c: Compiler, node: NodeOf<'not'>, state: State): Expression | undefined {
  const inner = c.expression(node.inner, state)
  if (!inner) return undefined
  if (!kind.isBoolean(inner.type.kind)) {
    const labels = [
      primary('negation only works on boolean values', node.bang),
      context(`this expression resolves to ${kindText(inner.type.kind)}`, node.inner),
    ]
    return c.report(error(660, 'non-boolean negation', labels, [note.coerce, note.coercion]))
  }
  const { run } = inner
  return {
    ...span(node),
    type: typeDef(kind.boolean, inner.type.fallible, inner.type.returns),
    run: (r) => !holds(run(r)),
    form: 'unary operation',
    text: () => `!${inner.text()}`,
  }
}

export function checkAbort(c: Compiler, node: NodeOf<'abort'>, state: State): Expression | undefined {
  const at = { ...span(node), form: 'abort operation', text: () => 'abort' }
  const { message } = node
  if (!message) {
    const run: Code = () => {
      throw new Aborted()
    }
    return { ...at, type: typeDef(kind.never), run }
  }
  const e = c.handling(() => c.expression(message, state))
  if (!e) return undefined
  if (e.type.fallible) return c.report(fallibleExpression(message, 'abort', 'an abort message'))
  if (!kind.isBytes(e.type.kind)) {
    const labels = [
      primary('abort only accepts an expression argument resolving to a string', message),
      context(`this expression resolves to ${kindText(e.type.kind)}`, message),
    ]
    return c.report(error(113, 'non-string abort message', labels, [note.coerce, note.coercion]))
  }
  const run: Code = (r) => {
    const said = e.run(r)
    throw new Aborted(isString(said) ? text(said) : fail('expected string'))
  }
  return { ...at, type: typeDef(kind.never, false, e.type.returns), run }
}

export function checkReturn(c: Compiler, node: NodeOf<'return'>, state: State): Expression | undefined {
  const e = c.handling(() => c.expression(node.value, state))
  if (!e) return undefined
  if (e.type.fallible) return c.report(fallibleExpression(node.keyword, 'return', 'a return value'))
  const run: Code = (r) => {
    throw new Returned(e.run(r))
  }
  return {
    ...span(node),
    type: typeDef(kind.never, false, kind.union(kind.upgradeUndefined(e.type.kind), e.type.returns)),
    run,
    form: 'return',
    text: () => 'return',
  }
}

const fallibleExpression = (at: Span, what: string, as: string): Diagnostic =>
  error(
    631,
    'unhandled fallible expression',
    [
      primary(`${what} only accepts an infallible expression argument`, at),
      context(`handle errors before using the expression as ${as}`, at),
    ],
    [note.errors],
  )

const span = (at: Span): Span => ({ start: at.start, end: at.end })
