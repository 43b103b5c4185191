import type { Span } from './ast.ts'

/** "line:column" of an offset, both from 1, the column counted in UTF-8 bytes as Prometheus counts it. */
export function lineAndColumn(query: string, offset: number): string {
  if (query === '') return 'unknown position'
  const before = query.slice(0, offset)
  const line = before.split('\n')
  return `${line.length}:${new TextEncoder().encode(line.at(-1)).length + 1}`
}

/** An expression that cannot be parsed or is ill-typed. Recognised by `name`; the message is Prometheus', position included. */
export class ParseError extends Error {
  override readonly name = 'PromqlParseError'
  readonly span: Span
  /** The reason without the position. */
  readonly reason: string

  constructor(query: string, span: Span, reason: string) {
    super(`${lineAndColumn(query, span.start)}: parse error: ${reason}`)
    this.span = span
    this.reason = reason
  }
}
