import type { Node, Target } from './ast.ts'

/** Stands for the event and its metadata among names; no variable is called so. */
const EVENT = '.'

/** True when a piece of program may change a variable or the event. */
export const hasAssignment = (node: Node): boolean => assignedIn(node).size > 0

/** The variables a piece of program may change: by assignment, or by `del` of a part. `.` when it may change the event. */
export function assignedIn(node: Node): Set<string> {
  const names = new Set<string>()
  visit(node, names)
  return names
}

function visit(node: Node, names: Set<string>): undefined {
  const all = (nodes: readonly Node[]): undefined => {
    for (const n of nodes) visit(n, names)
  }
  switch (node.type) {
    case 'literal':
    case 'variable':
      return
    case 'group':
    case 'not':
      return visit(node.inner, names)
    case 'block':
      return all(node.body)
    case 'array':
      return all(node.items)
    case 'object':
      return all(node.entries.map(([, v]) => v))
    case 'if':
      return all([...node.test.body, node.then, ...(node.otherwise ? [node.otherwise] : [])])
    case 'op':
      return all([node.lhs, node.rhs])
    case 'assignment':
      target(node.target, names)
      if (node.err) target(node.err, names)
      return visit(node.value, names)
    case 'query':
      if ('node' in node.target) visit(node.target.node, names)
      return
    case 'call':
      if (node.name === 'del')
        for (const a of node.arguments)
          if (a.value.type === 'query') names.add('variable' in a.value.target ? a.value.target.variable : EVENT)
      all(node.arguments.map((a) => a.value))
      if (node.closure) visit(node.closure.block, names)
      return
    case 'abort':
      return node.message && visit(node.message, names)
    case 'return':
      return visit(node.value, names)
    default:
      return node satisfies never
  }
}

function target(t: Target, names: Set<string>): undefined {
  if ('variable' in t) names.add(t.variable)
  else if ('query' in t) names.add('variable' in t.query.target ? t.query.target.variable : EVENT)
}
