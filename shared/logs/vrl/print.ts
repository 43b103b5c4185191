import type { CallNode, Literal, Node, Segment, Target } from './ast.ts'
import { pathText } from './path.ts'
import { decimals } from './value.ts'

/** A node as source text, in the form the reference's warnings quote it. */
export function nodeText(node: Node): string {
  switch (node.type) {
    case 'literal':
      return literalText(node.literal)
    case 'group':
      return `(${nodeText(node.inner)})`
    case 'block':
      return `{\n${node.body.map((n) => `\t${nodeText(n)}`).join('\n')}\n}`
    case 'array':
      return `[${node.items.map(nodeText).join(', ')}]`
    case 'object':
      return `{ ${node.entries.map(([k, v]) => `"${k}": ${nodeText(v)}`).join(', ')} }`
    case 'if':
      return `if ${node.test.body.map(nodeText).join('; ')} ${nodeText(node.then)}${node.otherwise ? ` else${nodeText(node.otherwise)}` : ''}`
    case 'op':
      return `${nodeText(node.lhs)} ${node.op} ${nodeText(node.rhs)}`
    case 'assignment':
      return `${targetText(node.target)}${node.err ? `, ${targetText(node.err)}` : ''} ${node.merge ? '|=' : '='} ${nodeText(node.value)}`
    case 'query':
      return queryText(node)
    case 'call':
      return callText(node)
    case 'variable':
      return node.name
    case 'not':
      return `!${nodeText(node.inner)}`
    case 'abort':
      return 'abort'
    case 'return':
      return 'return'
    default:
      return node satisfies never
  }
}

export function targetText(target: Target): string {
  if ('noop' in target) return '_'
  return 'variable' in target ? target.variable : queryText(target.query)
}

function queryText(node: Extract<Node, { type: 'query' }>): string {
  const { target, path } = node
  if ('external' in target) return target.external + pathText(path)
  const head = 'variable' in target ? target.variable : nodeText(target.node)
  // without a dot behind a variable: so the reference words it
  return head + pathText(path)
}

function callText(node: CallNode): string {
  const args = node.arguments.map((a) => (a.keyword === undefined ? '' : `${a.keyword}: `) + nodeText(a.value)).join(', ')
  if (!node.closure) return `${node.name}(${args})`
  const { parameters, block } = node.closure
  return `${node.name}(${args}) -> |${parameters.map((p) => p.name).join(', ')}| ${nodeText(block)}`
}

function literalText(l: Literal): string {
  switch (l.is) {
    case 'string':
      return `"${l.segments.map(segmentText).join('')}"`
    case 'raw':
      return `s'${l.text}'`
    case 'regex':
      return `r'${l.text}'`
    case 'timestamp':
      return `t'${l.text}'`
    case 'integer':
      return l.big.toString()
    case 'float':
      return decimals(l.n)
    case 'boolean':
      return String(l.yes)
    case 'null':
      return 'null'
    default:
      return l satisfies never
  }
}

const segmentText = (s: Segment): string => ('text' in s ? s.text : `{{ ${s.variable} }}`)
