import { context, type Diagnostic, error, primary, span } from './diagnostics.ts'
import type { Token } from './lex.ts'
import { Wants } from './parse-wants.ts'

/** Nesting a program may have; deeper ones are refused with a diagnostic, as they would exhaust the stack. */
export const nestingMax = 128

/** Operators and path steps in a row; each is a level of the tree. */
export const chainMax = 1000

export class Unexpected {
  readonly token: Token
  readonly expected: string
  /** Where a path ends too early. */
  readonly endOfPath: number | undefined
  constructor(token: Token, expected: string, endOfPath?: number) {
    this.token = token
    this.expected = expected
    this.endOfPath = endOfPath
  }
}

export class TooDeep {}

/** Walks over the tokens of a program and words what it finds wrong. */
export class TokenReader {
  protected at = 0
  protected depth = 0
  protected readonly wants = new Wants()
  protected readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  protected get token(): Token {
    return this.tokens[this.at]!
  }

  protected is(text: string): boolean {
    const t = this.token
    if (text === '!' && t.type !== 'punctuation') return false
    return t.text === text && (t.type === 'punctuation' || t.type === 'operator' || t.type === 'keyword')
  }

  protected accept(text: string): boolean {
    if (!this.is(text)) return false
    this.at++
    return true
  }

  protected expect(text: Parameters<Wants['add']>[1]): Token {
    this.want(text)
    if (!this.is(text)) this.unexpected()
    return this.tokens[this.at++]!
  }

  /** These may stand here. */
  protected want(...names: Parameters<Wants['add']>[1][]): void {
    this.wants.add(this.at, ...names)
  }

  /** Without a list of its own: what the rules that looked here wanted. */
  protected unexpected(expected = this.wants.text(this.at, this.token)): never {
    throw new Unexpected(this.token, expected)
  }

  protected endsPath(expected: string, at: number): never {
    throw new Unexpected(this.token, expected, at)
  }

  protected newlines(): void {
    this.want('\\n')
    this.emptyLines()
    this.want('\\n')
  }

  protected emptyLines(): void {
    while (this.token.type === 'newline') this.at++
  }

  /** True when what follows may not belong to the expression just read. */
  protected endOfExpression(): boolean {
    this.want(';', '\\n')
    if (this.token.type === 'end') return true
    if (this.token.type !== 'newline' && !this.is(';')) return false
    this.at++
    this.emptyLines()
    this.wants.afterSeparator(this.at)
    return true
  }

  protected previousEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  protected recover(): void {
    while (this.token.type !== 'end' && this.token.type !== 'newline' && !this.is(';')) this.at++
    this.endOfExpression()
  }

  protected fault(e: Unexpected): Diagnostic {
    const { token } = e
    if (e.endOfPath !== undefined) {
      const at = span(e.endOfPath, e.endOfPath + 1)
      return error(203, 'syntax error', [primary('unexpected end of query path', at), context(`expected one of: ${e.expected}`, at)])
    }
    if (token.type === 'reserved identifier') {
      const labels = [
        primary('this identifier name is reserved for future use in the language', token),
        context('use a different name instead', token),
      ]
      return error(205, 'reserved keyword', labels)
    }
    if (token.type === 'end') {
      const end = this.previousEnd()
      const at = span(end, end)
      return error(204, 'syntax error', [primary('unexpected end of program', at), context(`expected one of: ${e.expected}`, at)])
    }
    const at = this.startsQuery(token) ? span(token.start, token.start + 1) : token
    const name = this.startsQuery(token) ? 'LQuery' : tokenName(token)
    return error(203, 'syntax error', [primary(`unexpected syntax token: "${name}"`, at), context(`expected one of: ${e.expected}`, at)])
  }

  /** Whether the reference marks the begin of a path here. */
  protected startsQuery(token: Token): boolean {
    if (token.type === 'punctuation' && (token.text === '.' || token.text === '%')) return true
    const next = this.tokens[this.at + 1]
    return (
      /identifier|path field|keyword/.test(token.type) &&
      next !== undefined &&
      next.start === token.end &&
      (next.text === '.' || next.text === '[')
    )
  }

  protected deeper<T>(read: () => T): T {
    if (++this.depth > nestingMax) throw new TooDeep()
    const result = read()
    this.depth--
    return result
  }
}

const tokenNames: Record<string, string> = {
  identifier: 'Identifier',
  'path field': 'PathField',
  'function call': 'FunctionCall',
  operator: 'Operator',
  'string literal': 'StringLiteral',
  'raw string literal': 'RawStringLiteral',
  'integer literal': 'IntegerLiteral',
  'float literal': 'FloatLiteral',
  'regex literal': 'RegexLiteral',
  'timestamp literal': 'TimestampLiteral',
  newline: 'Newline',
  invalid: 'InvalidToken',
}
const punctuationNames: Record<string, string> = {
  ':': 'Colon',
  ',': 'Comma',
  '{': 'LBrace',
  '[': 'LBracket',
  '(': 'LParen',
  '}': 'RBrace',
  ']': 'RBracket',
  ')': 'RParen',
  ';': 'SemiColon',
  _: 'Underscore',
  '\\': 'Escape',
  '->': 'Arrow',
  '&': 'Ampersand',
  '!': 'Bang',
  '=': 'Equals',
  '|=': 'MergeEquals',
  '?': 'Question',
}

const tokenName = (t: Token): string =>
  t.type === 'keyword'
    ? t.text[0]!.toUpperCase() + t.text.slice(1)
    : ((t.type === 'operator' && t.text === '!' ? undefined : punctuationNames[t.text]) ?? tokenNames[t.type] ?? t.text)
