import { assignedIn, hasAssignment } from './assigned.ts'
import type { Argument, CallNode, ClosureNode } from './ast.ts'
import { located, plainCode } from './call-code.ts'
import * as refusal from './call-refusals.ts'
import { checkBlock } from './check-blocks.ts'
import type { Compiler } from './compiler.ts'
import { BadArgument, type Call, type ClosureShape, type CompiledClosure, type Definition, type Parameter } from './define.ts'
import { context, note, primary, span, warning } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { type Code, Returned, type Run } from './run.ts'
import { type Details, leaveScope, type State, type TypeDef, typeDef } from './types.ts'
import { Exhausted, type Value } from './value.ts'

export function checkCall(c: Compiler, node: CallNode, state: State): Expression | undefined {
  const before = state.copy()
  const found = c.handling(() => resolve(c, node, state))
  if (!found) return undefined
  const { definition, args, uncertain } = found
  const closure =
    node.closure && definition.closure ? checkClosure(c, node, node.closure, definition.closure, args, state, before) : undefined
  if (node.closure && !closure) return undefined
  const call = callOf(c, definition, args, closure, state)
  let prepared: Code | undefined
  try {
    prepared = definition.prepare?.(call)
  } catch (e) {
    if (e instanceof BadArgument) return c.report(refusal.badArgument(node, e))
    throw e
  }
  const type = typeOf(definition, call, uncertain !== undefined, closure, node.bang)
  if (node.bang && !type.couldFail) {
    const bang = span(node.nameSpan.end, node.nameSpan.end + 1)
    c.diagnostics.push(
      warning(
        620,
        "can't abort infallible function",
        [primary("this function can't fail", node.nameSpan), context('remove this abort (!) instruction', bang)],
        [note.errors],
      ),
    )
  }
  if (uncertain && !node.bang) c.pending.push(refusal.uncertainArgument(definition, found, uncertain))
  definition.effects?.(call, state)
  const inner = prepared ?? plainCode(definition, args, c.surprises)
  return {
    start: node.start,
    end: node.end,
    type: type.type,
    run: located(c, node, inner),
    form: 'function call',
    text: () => `${definition.name}(${found.given.map((a) => a.text()).join(', ')})`,
  }
}

export interface Resolved {
  readonly definition: Definition
  /** By parameter. */
  readonly args: readonly (Expression | undefined)[]
  /** As written. */
  readonly given: readonly Expression[]
  readonly uncertain?: Uncertain
}

/** The first argument whose kind is not certain to be accepted. */
export interface Uncertain {
  readonly parameter: Parameter
  readonly argument: Expression
  readonly keyword?: Argument['keywordSpan']
}

/** The function and its arguments in the order of its parameters, all of possible kinds. */
function resolve(c: Compiler, node: CallNode, state: State): Resolved | undefined {
  const given: Expression[] = []
  for (const a of node.arguments) {
    const e = c.expression(a.value, state)
    if (!e) return undefined
    given.push(e)
  }
  const definition = c.settings.functions.get(node.name)
  if (!definition) return c.report(refusal.undefinedFunction(node, [...c.settings.functions.keys()]))
  const { parameters } = definition
  if (given.length > parameters.length) return c.report(refusal.tooManyArguments(node, parameters.length))
  const positions = placeArguments(c, node, parameters)
  if (!positions) return undefined
  const args: (Expression | undefined)[] = parameters.map(() => undefined)
  let uncertain: Uncertain | undefined
  for (const [i, argument] of given.entries()) {
    const parameter = parameters[positions[i]!]!
    if (!kind.intersects(parameter.kind, argument.type.kind)) {
      return c.report(refusal.invalidArgumentKind(definition, given, node.bang, { parameter, argument, keyword: node.arguments[i]! }))
    }
    if (!kind.isSuperset(parameter.kind, argument.type.kind)) uncertain ??= { parameter, argument, keyword: node.arguments[i]!.keywordSpan }
    if (argument.type.fallible) return c.report(refusal.fallibleArgument(argument))
    args[positions[i]!] = argument
  }
  for (const [i, p] of parameters.entries()) if (!p.optional && !args[i]) return c.report(refusal.missingArgument(node, p.name, i))
  if (node.closure && !definition.closure) return c.report(refusal.unexpectedClosure(node, node.closure))
  if (!node.closure && definition.closure) return c.report(refusal.missingClosure(node, definition))
  return { definition, args, given, uncertain }
}

function placeArguments(c: Compiler, node: CallNode, parameters: readonly Parameter[]): number[] | undefined {
  let next = 0
  const positions: number[] = []
  for (const a of node.arguments) {
    if (a.keyword === undefined) {
      // more positional arguments than parameters are left: the reference cannot name the place either
      if (next >= parameters.length) return c.report(refusal.tooManyArguments(node, parameters.length))
      positions.push(next++)
      continue
    }
    const at = parameters.findIndex((p) => p.name === a.keyword)
    if (at < 0) return c.report(refusal.unknownKeyword(node, a, parameters))
    if (at === next) next++
    positions.push(at)
  }
  return positions
}

function checkClosure(
  c: Compiler,
  node: CallNode,
  closure: ClosureNode,
  shape: ClosureShape,
  args: readonly (Expression | undefined)[],
  state: State,
  before: State,
): CompiledClosure | undefined {
  const definition = c.settings.functions.get(node.name)!
  const over = args[definition.parameters.findIndex((p) => p.name === shape.over)]
  if (!over || !kind.isSuperset(shape.accepts, over.type.kind)) return c.report(refusal.closureInput(node, over?.type.kind ?? kind.any))
  if (shape.variables.length !== closure.parameters.length) return c.report(refusal.closureArity(node, closure, shape.variables.length))
  const changed = assignedIn(closure.block)
  // types of what the block assigns are not merged into what follows, by the reference neither: values are looked at from here on
  if (hasAssignment(closure.block)) c.surprises = true
  // the block may run any number of times: what it assigns has no one value in it or after it
  for (const name of changed) {
    const details = state.locals.get(name)
    if (details) state.locals.set(name, { type: details.type })
  }
  const inner = state.copy()
  for (const [i, p] of closure.parameters.entries()) {
    inner.locals.set(p.name, { type: typeDef(variableKind(shape.variables[i]!, over.type.kind)) } satisfies Details)
  }
  const block = checkBlock(c, closure.block, inner)
  if (!block) return undefined
  leaveScope(before.locals, inner)
  const got = kind.union(block.type.kind, block.type.returns)
  if (!kind.isSuperset(shape.returns, got)) return c.report(refusal.closureReturn(closure.block, got, shape.returns))
  const slots = closure.parameters.map((p) => (p.name === '' ? -1 : c.slot(p.name)))
  return { type: block.type, call: closureCode(block.run, slots) }
}

function variableKind(wanted: ClosureShape['variables'][number], over: kind.Kind): kind.Kind {
  if (typeof wanted === 'object') return wanted
  if (wanted === 'value') return over.object ? kind.reduced(over.object) : over.array ? kind.reduced(over.array) : kind.any
  if (!kind.isCollection(over)) return kind.any
  const bits = (kind.isObject(over) ? kind.scalar.bytes : 0) | (kind.isArray(over) ? kind.scalar.integer : 0)
  return kind.scalars(bits)
}

function closureCode(block: Code, slots: readonly number[]): CompiledClosure['call'] {
  return (run: Run, ...values: Value[]) => {
    run.spend(1)
    const { variables } = run
    const saved = slots.map((s) => (s < 0 ? undefined : variables[s]))
    for (const [i, s] of slots.entries()) if (s >= 0) variables[s] = values[i]
    let result: Value
    try {
      result = block(run)
    } catch (e) {
      if (!(e instanceof Returned)) throw e
      // the reference lets a block over the fields of an object return, and no other one
      if (values.length !== 2 || typeof values[0] !== 'string') throw new Exhausted('return cannot be used inside closures')
      result = e.value
    }
    for (const [i, s] of slots.entries()) if (s >= 0) variables[s] = saved[i]
    return result
  }
}

function callOf(
  c: Compiler,
  definition: Definition,
  args: readonly (Expression | undefined)[],
  closure: CompiledClosure | undefined,
  state: State,
): Call {
  const arg = (name: string): Expression | undefined => args[definition.parameters.findIndex((p) => p.name === name)]
  return {
    arg,
    kind: (name) => arg(name)?.type.kind,
    constant: (name) => arg(name)?.constant,
    state,
    closure,
    isReadOnly: c.settings.isReadOnly,
    file: c.settings.file,
  }
}

function typeOf(
  definition: Definition,
  call: Call,
  uncertain: boolean,
  closure: CompiledClosure | undefined,
  bang: boolean,
): { type: TypeDef; couldFail: boolean } {
  const returned = typeof definition.returns === 'function' ? definition.returns(call) : definition.returns
  const own = 'kind' in returned ? returned : typeDef(returned)
  const fails = typeof definition.fails === 'function' ? definition.fails(call) : (definition.fails ?? false)
  const couldFail = own.fallible || fails || uncertain
  return { type: { ...own, fallible: !bang && (couldFail || closure?.type.fallible === true) }, couldFail }
}
