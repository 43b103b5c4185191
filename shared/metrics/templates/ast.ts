import type { Value } from './values.ts'

export type Operand =
  | { kind: 'value'; value: Value }
  | { kind: 'dot' }
  | { kind: 'nil' }
  | { kind: 'function'; name: string }
  | { kind: 'field'; of: Operand; path: readonly string[] }
  | { kind: 'variable'; name: string }
  | { kind: 'pipe'; pipe: Pipe }
/** Commands, each given what the one before it made; `names` are set to the last one's result. */
export type Pipe = { names: readonly string[]; declares: boolean; commands: readonly (readonly Operand[])[] }
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'print'; pipe: Pipe }
  | Control
  | { kind: 'template'; name: string; pipe: Pipe | null }
  | { kind: 'break' | 'continue' }
/** An action with a body, and what stands behind its `else`. */
export type Control = { kind: 'if' | 'with' | 'range'; pipe: Pipe; body: readonly Node[]; otherwise: readonly Node[] }
export type Template = { body: readonly Node[]; defined: ReadonlyMap<string, readonly Node[]> }
