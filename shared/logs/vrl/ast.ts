import type { Diagnostic, Span } from './diagnostics.ts'
import type { Path } from './path.ts'
import type { Prefix } from './types.ts'

/** The tree the parser builds. Every node knows its span. */
export type Node =
  | LiteralNode
  | (Span & { readonly type: 'group'; readonly inner: Node })
  | BlockNode
  | (Span & { readonly type: 'array'; readonly items: readonly Node[] })
  | ObjectNode
  | IfNode
  | (Span & { readonly type: 'op'; readonly op: Operator; readonly opSpan: Span; readonly lhs: Node; readonly rhs: Node })
  | AssignmentNode
  | QueryNode
  | CallNode
  | VariableNode
  | (Span & { readonly type: 'not'; readonly bang: Span; readonly inner: Node })
  | (Span & { readonly type: 'abort'; readonly keyword: Span; readonly message?: Node })
  | (Span & { readonly type: 'return'; readonly keyword: Span; readonly value: Node })

export type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>

export type Literal =
  | { readonly is: 'string'; readonly segments: readonly Segment[] }
  | { readonly is: 'raw' | 'regex' | 'timestamp'; readonly text: string }
  | { readonly is: 'integer'; readonly big: bigint }
  | { readonly is: 'float'; readonly n: number }
  | { readonly is: 'boolean'; readonly yes: boolean }
  | { readonly is: 'null' }

/** A part of a string: text, or a variable in `{{ }}`. */
export type Segment = { readonly text: string } | (Span & { readonly variable: string })

export type LiteralNode = Span & { readonly type: 'literal'; readonly literal: Literal }
export type BlockNode = Span & { readonly type: 'block'; readonly body: readonly Node[] }
export type ObjectNode = Span & { readonly type: 'object'; readonly entries: readonly (readonly [string, Node])[] }
export type VariableNode = Span & { readonly type: 'variable'; readonly name: string }
export type IfNode = Span & {
  readonly type: 'if'
  readonly test: Span & { readonly body: readonly Node[] }
  readonly then: BlockNode
  readonly otherwise?: BlockNode
}

export type QueryTarget = { readonly external: Prefix } | { readonly variable: string } | { readonly node: Node }
export type QueryNode = Span & { readonly type: 'query'; readonly target: QueryTarget; readonly targetSpan: Span; readonly path: Path }

/** Where an assignment goes; `noop` is `_`. */
export type Target = Span & ({ readonly noop: true } | { readonly query: QueryNode } | { readonly variable: string })
export type AssignmentNode = Span & {
  readonly type: 'assignment'
  readonly target: Target
  readonly err?: Target
  readonly merge: boolean
  readonly value: Node
}

export type Argument = Span & { readonly keyword?: string; readonly keywordSpan?: Span; readonly value: Node }
export type Parameter = Span & { readonly name: string }
export type ClosureNode = Span & { readonly parameters: readonly Parameter[]; readonly block: BlockNode }
export type CallNode = Span & {
  readonly type: 'call'
  readonly name: string
  readonly nameSpan: Span
  readonly bang: boolean
  readonly arguments: readonly Argument[]
  readonly closure?: ClosureNode
}

export type Operator = '??' | '||' | '&&' | '==' | '!=' | '>=' | '>' | '<=' | '<' | '|' | '+' | '-' | '*' | '/'

/** A program: expressions, and diagnostics where one could not be parsed. */
export type Root = { readonly node: Node } | { readonly error: Diagnostic }
