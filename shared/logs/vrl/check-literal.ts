import type { LiteralNode, Node, Segment } from './ast.ts'
import type { Compiler } from './compiler.ts'
import { error, note, primary } from './diagnostics.ts'
import type { Expression } from './expression.ts'
import * as kind from './kind.ts'
import { compilePattern, Pattern } from './regex.ts'
import { parseTimestampLiteral } from './time.ts'
import { type State, typeDef } from './types.ts'
import { decimals, float, integer, Timestamp, timestampText, type Value } from './value.ts'

export function checkLiteral(c: Compiler, node: LiteralNode, state: State): Expression | undefined {
  const { literal: l } = node
  switch (l.is) {
    case 'string':
      return isPlain(l.segments)
        ? constant(node, textOf(l.segments), `"${textOf(l.segments)}"`)
        : c.expression(concatenation(node, l.segments), state)
    case 'raw':
      return constant(node, l.text, `"${l.text}"`)
    case 'integer':
      return constant(node, integer(l.big), l.big.toString())
    case 'float':
      return constant(node, float(l.n), decimals(l.n))
    case 'boolean':
      return constant(node, l.yes, String(l.yes))
    case 'null':
      return constant(node, null, 'null')
    case 'regex': {
      const pattern = compilePattern(l.text)
      if (pattern instanceof Pattern) return constant(node, pattern, l.text)
      return c.report(
        error(
          101,
          'invalid regular expression',
          [primary(`regex parse error: ${pattern.fault}: ${l.text}`, node)],
          [note.expression('regular expressions', '#regular-expression')],
        ),
      )
    }
    case 'timestamp': {
      const t = parseTimestampLiteral(l.text)
      if (t instanceof Timestamp) return constant(node, t, `t'${timestampText(t)}'`)
      return c.report(
        error(
          601,
          'invalid timestamp',
          [primary(`invalid timestamp format: ${t.fault}`, node)],
          [note.expression('timestamps', '#timestamp')],
        ),
      )
    }
    default:
      return l satisfies never
  }
}

export const constant = (at: { start: number; end: number }, value: Value, text: string): Expression => ({
  start: at.start,
  end: at.end,
  type: typeDef(kind.ofValue(value)),
  run: () => value,
  form: 'literal',
  text: () => text,
  constant: value,
})

const isPlain = (segments: readonly Segment[]): boolean => segments.length === 0 || (segments.length === 1 && 'text' in segments[0]!)
const textOf = (segments: readonly Segment[]): string => segments.map((s) => ('text' in s ? s.text : '')).join('')

/** `"a {{ b }}"` is `"a " + b`. A lone variable is added to an empty string, so that it has to be one. */
function concatenation(node: LiteralNode, segments: readonly Segment[]): Node {
  const parts = segments.map((s): Node => {
    if ('text' in s) return { type: 'literal', literal: { is: 'string', segments: [s] }, start: node.start, end: node.end }
    return { type: 'variable', name: s.variable, start: s.start, end: s.end }
  })
  // every operator but the last ends where its variable ends
  const from = 'text' in segments[0]! ? node.start + 1 : parts[0]!.start
  return parts.reduce((lhs, rhs, i) => {
    const at =
      i === parts.length - 1 ? { start: node.start, end: node.end } : { start: from, end: 'text' in segments[i]! ? node.end - 1 : rhs.end }
    return { type: 'op', op: '+', opSpan: node, lhs, rhs, ...at }
  })
}
