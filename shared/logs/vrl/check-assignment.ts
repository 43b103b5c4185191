import type { AssignmentNode, Node, QueryNode, Target } from './ast.ts'
import { checkOp, isHandled } from './check-op.ts'
import { targetKey } from './check-query.ts'
import type { Compiler, Pending } from './compiler.ts'
import { context, type Diagnostic, error, type Label, note, primary, type Span, span } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { atPath } from './kind-path.ts'
import { kindText } from './kind-text.ts'
import { fieldText, insert, type Path, pathText } from './path.ts'
import { targetText } from './print.ts'
import { Pattern } from './regex.ts'
import type { Run } from './run.ts'
import { Aborted } from './run.ts'
import { fallible, type Prefix, type State, typeDef, unionType } from './types.ts'
import { Failure, Float, isObject, put, Timestamp, type Value } from './value.ts'

export function checkAssignment(c: Compiler, node: AssignmentNode, state: State): Expression | undefined {
  const before = c.pending.length
  const value = node.merge ? checkOp(c, mergeOf(node), state) : c.expression(node.value, state)
  if (!value) {
    if (!node.merge) for (const t of targets(node)) poison(c, t)
    return undefined
  }
  return node.err ? infallible(c, node, node.err, value, before, state) : single(c, node, value, before, state)
}

/** `a |= b` is `a = a | b`. */
function mergeOf(node: AssignmentNode): Extract<Node, { type: 'op' }> {
  const { target } = node
  const lhs: Node =
    'noop' in target
      ? { type: 'literal', literal: { is: 'null' }, start: target.start, end: target.end }
      : 'variable' in target
        ? { type: 'variable', name: target.variable, start: target.start, end: target.end }
        : target.query
  return { type: 'op', op: '|', opSpan: node.value, lhs, rhs: node.value, start: node.value.start, end: node.value.end }
}

const targets = (node: AssignmentNode): Target[] => (node.err ? [node.target, node.err] : [node.target])

function poison(c: Compiler, t: Target): void {
  if ('variable' in t) c.poisoned.add(t.variable)
  else if ('query' in t) c.poisoned.add(targetKey(t.query))
}

function single(c: Compiler, node: AssignmentNode, value: Expression, before: number, state: State): Expression | undefined {
  const place = span(node.target.start, node.value.start - 1)
  const cause = c.pending[before]
  c.pending.length = before
  if (cause) return c.report(fallibleAssignment(node, value, place, cause))
  if ('noop' in node.target) return c.report(uselessAssignment(node, place))
  const store = target(c, node.target, place, value, state)
  if (!store) return undefined
  store.type(value.type, value.constant)
  const { run } = value
  const { set } = store
  return {
    start: node.start,
    end: node.end,
    type: value.type,
    run: (r) => {
      const v = run(r)
      set(r, v)
      return v
    },
    form: 'assignment',
    text: () => `${targetText(node.target)} = ${value.text()}`,
  }
}

function infallible(
  c: Compiler,
  node: AssignmentNode,
  err: Target,
  value: Expression,
  before: number,
  state: State,
): Expression | undefined {
  c.pending.length = before
  const ok = node.target
  const place = span(ok.start, err.end)
  if (!value.type.fallible) {
    const labels = [
      primary('this error assignment is unnecessary', err),
      context("because this expression can't fail", node.value),
      context(`use: ${targetText(ok)} = ${value.text()}`, ok),
    ]
    return c.report(error(104, 'unnecessary error assignment', labels, [note.errors]))
  }
  if ('noop' in ok && 'noop' in err) return c.report(uselessAssignment(node, place))
  const okStore = target(c, ok, span(ok.start, ok.end), value, state)
  if (!okStore) return undefined
  const errStore = target(c, err, span(err.start, err.end), value, state)
  if (!errStore) return undefined
  const otherwise = defaultOf(value.type.kind)
  okStore.type(fallible(unionType(value.type, typeDef(kind.ofValue(otherwise))), false), undefined)
  errStore.type(typeDef(kind.orNull(kind.bytes)), undefined)
  const { run } = value
  return {
    start: node.start,
    end: node.end,
    type: fallible({ ...value.type, kind: kind.or(value.type.kind, kind.scalar.bytes) }, false),
    run: (r) => {
      let v: Value
      try {
        v = run(r)
      } catch (e) {
        if (!isHandled(e)) throw e
        const message = e instanceof Failure ? e.message : e instanceof Aborted ? (e.message ?? 'aborted') : 'return'
        okStore.set(r, otherwise)
        errStore.set(r, message)
        return message
      }
      okStore.set(r, v)
      errStore.set(r, null)
      return v
    },
    form: 'assignment',
    text: () => `${targetText(ok)}, ${targetText(err)} = ${value.text()}`,
  }
}

/** What the first target holds when the expression failed: the empty value of its type, or null when it has several. */
function defaultOf(k: kind.Kind): Value {
  if (kind.isNever(k)) return null
  if (kind.isBytes(k)) return ''
  if (kind.isInteger(k)) return 0
  if (kind.isFloat(k)) return new Float(0)
  if (kind.isBoolean(k)) return false
  if (kind.isTimestamp(k)) return new Timestamp(0)
  if (kind.isRegex(k)) return new Pattern('')
  if (kind.isArray(k)) return []
  return kind.isObject(k) ? {} : null
}

interface Store {
  /** Records what the target now is. */
  readonly type: (type: Expression['type'], constant: Value | undefined) => void
  readonly set: (run: Run, v: Value) => void
}

function target(c: Compiler, t: Target, readOnlyAt: Span, value: Expression, state: State): Store | undefined {
  if ('noop' in t) return { type: () => {}, set: () => {} }
  const { name, path, prefix } = destination(t)
  if (prefix === undefined && name === undefined) {
    return c.report(
      error(641, 'invalid assignment target', [primary('invalid assignment target', t), context('use one of variable or path', t)]),
    )
  }
  if (prefix !== undefined && c.settings.isReadOnly(prefix, path)) {
    return c.report(error(315, 'mutation of read-only value', [primary('mutation of read-only value', readOnlyAt)]))
  }
  const refused = refuse(t, name, path, state, value)
  if (refused) return c.report(refused)
  if (prefix !== undefined) return { type: (type) => state.assignExternal(prefix, path, type), set: setExternal(prefix, path) }
  const slot = c.slot(name!)
  return {
    type: (type, constant) => state.assignVariable(name!, path, type, constant),
    set: (run, v) => {
      run.variables[slot] = path.length === 0 ? v : insert(run.variables[slot], path, v)
    },
  }
}

function destination(t: Exclude<Target, { noop: true }>): { name?: string; path: Path; prefix?: Prefix } {
  if ('variable' in t) return { name: t.variable, path: [] }
  const { target: to, path }: QueryNode = t.query
  if ('external' in to) return { prefix: to.external, path }
  return 'variable' in to ? { name: to.variable, path } : { path }
}

function setExternal(prefix: Prefix, path: Path): (run: Run, v: Value) => void {
  if (prefix === '%') {
    return (run, v) => {
      run.metadata = insert(run.metadata, path, v)
    }
  }
  const [first, ...rest] = path
  if (first === undefined) {
    return (run, v) => {
      run.event = v
      run.owned = false
    }
  }
  if (typeof first === 'number') {
    return (run, v) => {
      run.event = insert(run.event, path, v)
    }
  }
  return (run, v) => {
    if (!run.owned) {
      run.event = isObject(run.event) ? { ...run.event } : {}
      run.owned = true
    }
    const event = run.event as Record<string, Value>
    put(event, first, rest.length === 0 ? v : insert(Object.hasOwn(event, first) ? event[first] : undefined, rest, v))
  }
}

/** A field can be set where there is or may be an object, an index where there is or may be an array. */
function refuse(t: Span, name: string | undefined, path: Path, state: State, value: Expression): Diagnostic | undefined {
  const root = name === undefined ? state.event.type.kind : (state.locals.get(name)?.type.kind ?? kind.any)
  let parent = span(t.start, t.end)
  let rest = ''
  for (let i = path.length - 1; i >= 0; i--) {
    const step = path[i]!
    const above = path.slice(0, i)
    const parentKind = atPath(root, above)
    const isField = typeof step === 'string'
    const text = isField ? fieldText(step) : `[${step}]`
    const segment = span(Math.max(0, parent.end - text.length), parent.end)
    parent = span(parent.start, Math.max(0, segment.start - (isField ? 1 : 0)))
    rest = (isField ? `.${text}` : text) + rest
    if (isField ? kind.containsObject(parentKind) : kind.containsArray(parentKind)) continue
    const labels = [
      primary(isField ? 'querying a field of a non-object type is unsupported' : 'indexing into a non-array type is unsupported', segment),
      context(`this path resolves to a value of type ${kindText(parentKind)}`, parent),
    ]
    const parentText = (name ?? '.') + pathText(above)
    const tail = name === undefined && above.length === 0 && rest.startsWith('.') ? rest.slice(1) : rest
    const solution = note.solution(`change parent value to ${isField ? 'object' : 'array'}, before assignment`, [
      `${parentText} = ${isField ? '{}' : '[]'}`,
      `${parentText}${tail} = ${value.text()}`,
    ])
    return error(642, 'parent path segment rejects this mutation', labels, [...solution, note.errors])
  }
  return undefined
}

function uselessAssignment(node: AssignmentNode, place: Span): Diagnostic {
  const labels = [
    primary('this no-op assignment has no effect', node.value),
    context('either assign to a path or variable here', node.target),
    context('or remove the assignment', place),
  ]
  return error(640, 'unnecessary no-op assignment', labels)
}

function fallibleAssignment(node: AssignmentNode, value: Expression, place: Span, cause: Pending): Diagnostic {
  const at = node.value
  const labels: Label[] = [primary("this expression is fallible because at least one argument's type cannot be verified to be valid", at)]
  const { argument } = cause
  const text = value.text()
  if (argument) {
    const type = `\`${argument.firstArgument}\` argument type is \`${argument.got}\` and this function expected a parameter \`${argument.parameter}\` of type \`${argument.expected}\``
    const fixed = text.replaceAll(argument.callee, `${argument.callee}!`)
    labels.push(primary(type, at), primary(`update the expression to be infallible by adding a \`!\`: \`${fixed}\``, at))
  }
  labels.push(context('or change this to an infallible assignment:', place), context(`${targetText(node.target)}, err = ${text}`, place))
  return error(103, 'unhandled fallible assignment', labels, [note.errors, note.characteristics])
}
