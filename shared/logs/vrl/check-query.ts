import type { QueryNode } from './ast.ts'
import { closest } from './closest.ts'
import type { Compiler } from './compiler.ts'
import { context, error, primary, type Span } from './diagnostics.ts'
import type { CheckedQuery, Expression } from './expression.ts'
import { get, getter, pathText } from './path.ts'
import type { Code } from './run.ts'
import { type State, typeAt, typeDef } from './types.ts'

export function checkQuery(c: Compiler, node: QueryNode, state: State): Expression | undefined {
  if (c.poisoned.has(targetKey(node))) return undefined
  const { target, path } = node
  const at = { start: node.start, end: node.end, form: 'query' }
  if ('external' in target) {
    const prefix = target.external
    return {
      ...at,
      type: typeAt(typeDef(state.external(prefix)), path),
      run: external(prefix, path),
      text: () => prefix + pathText(path),
      query: { target, path },
    }
  }
  if ('variable' in target) {
    const variable = checkVariable(c, target.variable, { start: node.targetSpan.start, end: node.targetSpan.end }, state)
    if (!variable) return undefined
    const read = getter(path)
    const slot = c.slot(target.variable)
    const text = (): string => `${target.variable}${typeof path[0] === 'string' ? '.' : ''}${pathText(path)}`
    const constant = variable.constant === undefined ? undefined : (get(variable.constant, path) ?? null)
    const query: CheckedQuery = { target: { variable: target.variable, slot }, path }
    return { ...at, type: typeAt(variable.type, path), run: (run) => read(run.variables[slot] ?? null) ?? null, text, constant, query }
  }
  const inner = c.expression(target.node, state)
  if (!inner) return undefined
  const read = getter(path)
  const { run } = inner
  return {
    ...at,
    type: typeAt(inner.type, path),
    run: (r) => read(run(r)) ?? null,
    text: () => inner.text() + pathText(path),
    query: { target: { inner: run }, path },
  }
}

function external(prefix: '.' | '%', path: QueryNode['path']): Code {
  const read = getter(path)
  if (prefix === '%') return (run) => read(run.metadata) ?? null
  if (path.length > 0) return (run) => read(run.event) ?? null
  return (run) => {
    // the whole event is now held elsewhere too
    run.owned = false
    return run.event
  }
}

export function checkVariable(c: Compiler, name: string, at: Span, state: State): Expression | undefined {
  if (c.poisoned.has(name)) return undefined
  const details = state.locals.get(name)
  if (!details) {
    const guess = closest(name, [...state.locals.keys(), 'null', 'true', 'false'])
    return c.report(error(701, 'call to undefined variable', [primary('undefined variable', at), context(`did you mean "${guess}"?`, at)]))
  }
  const slot = c.slot(name)
  return {
    start: at.start,
    end: at.end,
    type: details.type,
    run: (run) => run.variables[slot] ?? null,
    form: 'variable call',
    text: () => name,
    constant: details.value,
    query: undefined,
  }
}

/** Names a target among those whose assignment failed. */
export const targetKey = (node: QueryNode): string => {
  const { target, path } = node
  if ('external' in target) return target.external + pathText(path)
  return 'variable' in target ? `${target.variable}/${pathText(path)}` : '\0'
}
