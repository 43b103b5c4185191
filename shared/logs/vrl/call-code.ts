import type { CallNode } from './ast.ts'
import type { Compiler } from './compiler.ts'
import type { Definition, Parameter } from './define.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { kindText } from './kind-text.ts'
import type { Code, Run } from './run.ts'
import { Failure, isObject, type Value } from './value.ts'

/** Calls `run` with the arguments; those of uncertain kind are looked at first, and all that are no literals when `always`. */
export function plainCode(definition: Definition, args: readonly (Expression | undefined)[], always: boolean): Code {
  const codes = args.map((a, i) => (a ? guarded(a, definition.parameters[i]!, always) : undefined))
  while (codes.length > 0 && codes[codes.length - 1] === undefined) codes.pop()
  const [a, b] = codes
  if (codes.length === 0) return (run) => definition.run!(run)
  if (codes.length === 1 && a) return (run) => definition.run!(run, charged(run, a(run)))
  if (codes.length === 2 && a && b) return (run) => definition.run!(run, charged(run, a(run)), charged(run, b(run)))
  return (run) => definition.run!(run, ...codes.map((code) => code && charged(run, code(run))))
}

/** Work on a long text or array takes more than one step. */
function charged(run: Run, v: Value): Value {
  if (typeof v === 'string' || Array.isArray(v)) run.fuel -= v.length >> 8
  return v
}

export function guarded(argument: Expression, parameter: Parameter, always = false): Code {
  const { run } = argument
  const { otherwise } = parameter
  if (otherwise === 'takes') return run
  const isKnown = argument.constant !== undefined || !always
  if (isKnown && kind.isSuperset(parameter.kind, argument.type.kind)) return run
  const expected = kindText(parameter.kind)
  return (r) => {
    const v = run(r)
    if (!kind.isSuperset(parameter.kind, shallowKind(v)))
      throw new Failure(otherwise ? otherwise.fails : `expected ${expected}, got ${kindText(kind.ofValue(v))}`)
    return v
  }
}

const shallow = { array: kind.array(kind.emptyOf), object: kind.object(kind.emptyOf) }
const shallowKind = (v: Value): kind.Kind => (Array.isArray(v) ? shallow.array : isObject(v) ? shallow.object : kind.ofValue(v))

export function located(c: Compiler, node: CallNode, inner: Code): Code {
  const prefix = `function call error for "${node.name}" at (${c.byteOffset(node.start)}:${c.byteOffset(node.end)}): `
  return (run) => {
    run.fuel--
    let result: Value
    try {
      result = inner(run)
    } catch (e) {
      if (e instanceof Failure) throw new Failure(prefix + e.message)
      throw e
    }
    if (typeof result === 'string') run.spend(result.length >> 6)
    else if (Array.isArray(result)) run.spend(result.length >> 6)
    else if (run.fuel < 0) run.spend(0)
    return result
  }
}
