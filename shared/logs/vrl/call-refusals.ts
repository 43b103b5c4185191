import type { Argument, BlockNode, CallNode, ClosureNode } from './ast.ts'
import type { Resolved, Uncertain } from './check-call.ts'
import { closest } from './closest.ts'
import type { Pending } from './compiler.ts'
import type { BadArgument, Definition, Parameter } from './define.ts'
import { context, type Diagnostic, error, note, primary, type Span, span } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { kindText } from './kind-text.ts'

export function undefinedFunction(node: CallNode, names: readonly string[]): Diagnostic {
  const guess = closest(node.name, names)
  return error(105, 'call to undefined function', [
    primary('undefined function', node.nameSpan),
    context(`did you mean "${guess}"?`, node.nameSpan),
  ])
}

export function tooManyArguments(node: CallNode, max: number): Diagnostic {
  const at = span(node.arguments[0]!.start, node.arguments[node.arguments.length - 1]!.end)
  const labels = [
    primary('too many function arguments', at),
    context(`this function takes a maximum of ${max} ${max === 1 ? 'argument' : 'arguments'}`, at),
  ]
  return error(106, 'wrong number of function arguments', labels, [note.expression('function arguments', '#arguments')])
}

export function unknownKeyword(node: CallNode, argument: Argument, parameters: readonly Parameter[]): Diagnostic {
  const accepted = parameters.map((p) => `"${p.name}"`).join(', ')
  return error(108, 'unknown function argument keyword', [
    primary('unknown keyword', argument.keywordSpan!),
    context(`this function accepts the following keywords: ${accepted}`, node.nameSpan),
  ])
}

export const missingArgument = (node: CallNode, name: string, position: number): Diagnostic =>
  error(107, 'missing function argument', [primary(`required argument missing: "${name}" (position ${position})`, node)])

export const fallibleArgument = (at: Span): Diagnostic =>
  error(
    630,
    'fallible argument',
    [primary('this expression can fail', at), context('handle the error before passing it in as an argument', at)],
    [note.errors],
  )

export const unexpectedClosure = (node: CallNode, closure: ClosureNode): Diagnostic =>
  error(109, 'unexpected closure', [primary('unexpected closure', closure), context('this function does not accept a closure', node)])

export const missingClosure = (node: CallNode, definition: Definition): Diagnostic =>
  error(111, 'missing closure', [primary('this function expects a closure', node)], [`example: ${definition.example.source}`])

export function closureArity(node: CallNode, closure: ClosureNode, expected: number): Diagnostic {
  const { parameters } = closure
  const at = parameters.length === 0 ? node : span(parameters[0]!.start, parameters[parameters.length - 1]!.end)
  return error(120, 'invalid closure arity', [
    primary(`this function requires a closure with ${expected} argument(s)`, node.nameSpan),
    context(`but ${parameters.length} argument(s) are supplied`, at),
  ])
}

export const closureInput = (node: CallNode, got: kind.Kind): Diagnostic =>
  error(121, 'type mismatch in closure parameter', [
    primary('the closure tied to this function call expects a different input value', node),
    context(`expression has an inferred type of ${kindText(got)} where an array or object was expected`, node),
  ])

export const closureReturn = (block: BlockNode, got: kind.Kind, expected: kind.Kind): Diagnostic =>
  error(122, 'type mismatch in closure return type', [
    primary('block returns invalid value type', block),
    context(`expected: ${kindText(expected)}`, block),
    context(`received: ${kindText(got)}`, block),
  ])

export const badArgument = (node: CallNode, bad: BadArgument): Diagnostic =>
  error(
    610,
    `function compilation error: error[E${bad.code}] ${bad.message}`,
    bad.labels.map((l, i) => (i === 0 ? primary(l, node) : context(l, node))),
    bad.code >= 400 ? [note.code(bad.code)] : [],
  )

/** An argument that can have an accepted type, but need not: handled like any failure. */
export function uncertainArgument(definition: Definition, { given }: Resolved, uncertain: Uncertain): Pending {
  const { parameter, argument } = uncertain
  return {
    diagnostic: invalidArgumentKind(definition, given, false, uncertain),
    argument: {
      callee: definition.name,
      firstArgument: given[0]?.text() ?? '',
      got: kindText(argument.type.kind),
      parameter: parameter.name,
      expected: kindText(parameter.kind),
    },
  }
}

export function invalidArgumentKind(
  definition: Definition,
  given: readonly Expression[],
  bang: boolean,
  { parameter, argument, keyword }: Uncertain,
): Diagnostic {
  const labels = [
    primary(`this expression resolves to ${described(argument.type.kind)}`, argument),
    context(`but the parameter "${parameter.name}" expects ${described(parameter.kind)}`, keyword ?? argument),
  ]
  return error(110, 'invalid argument type', labels, solutions(definition, given, bang, parameter, argument))
}

const described = (k: kind.Kind): string =>
  kind.isAny(k) ? kindText(k) : `${kind.isExact(k) ? 'the exact type' : 'one of'} ${kindText(k)}`

/** By parameter type: the function that checks, and how to coerce with a fallback. */
const remedies: readonly [(k: kind.Kind) => boolean, string, string?][] = [
  [kind.isBytes, 'string', 'to_string(X) ?? "default"'],
  [kind.isInteger, 'int', 'to_int(X) ?? 0'],
  [kind.isFloat, 'float', 'to_float(X) ?? 0'],
  [kind.isBoolean, 'bool', 'to_bool(X) ?? false'],
  [kind.isObject, 'object'],
  [kind.isArray, 'array'],
  [kind.isTimestamp, 'timestamp', 'to_unix_timestamp(X) ?? now()'],
]

function solutions(
  definition: Definition,
  given: readonly Expression[],
  bang: boolean,
  parameter: Parameter,
  argument: Expression,
): string[] {
  const remedy = remedies.find(([is]) => is(parameter.kind))
  if (!remedy) return []
  const [, guard, coerce] = remedy
  const text = argument.text()
  const call = `${definition.name}${bang ? '!' : ''}(${given.map((g) => g.text()).join(', ')})`
  return [
    ...note.solution('ensuring an appropriate type at runtime', [`${text} = ${guard}!(${text})`, call]),
    ...(coerce
      ? note.solution('coercing to an appropriate type and specifying a default value as a fallback in case coercion fails', [
          `${text} = ${coerce.replace('X', () => text)}`,
          call,
        ])
      : []),
    note.errors,
  ]
}
