import { type Matcher, type MatchOp, matcher } from '../matcher.ts'
import { parseNumber } from '../text/number.ts'
import { unquote } from '../text/quoted.ts'
import type { Span } from './ast.ts'
import { lex } from './lex.ts'
import { ParseError } from './position.ts'
import { describeToken, type Token } from './tokens.ts'

const DEPTH_MAX = 1000

/** A cursor over the tokens of one expression. */
export class Reader {
  readonly query: string
  readonly #lexer: Generator<Token, void>
  readonly #tokens: Token[] = []
  #failure: unknown
  #at = 0
  /** Height of the tree so far: parentheses and chained operators alike. */
  depth = 0
  /** What an error says it is in, where nothing more particular is known. */
  context = ''

  constructor(query: string) {
    this.query = query
    this.#lexer = lex(query)
  }

  get token(): Token {
    return this.#tokenAt(this.#at)
  }

  get following(): Token {
    return this.#tokenAt(this.#at + 1)
  }

  /** What `read` reads, or null and nothing read where it fails. */
  attempt<T>(read: () => T): T | null {
    const [at, depth] = [this.#at, this.depth]
    try {
      return read()
    } catch (e) {
      if (!(e instanceof ParseError)) throw e
      this.#at = at
      this.depth = depth
      return null
    }
  }

  /** Where the token before the current one ended. */
  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0
  }

  is(...types: string[]): boolean {
    return types.includes(this.token.type)
  }

  take(): Token {
    const { token } = this
    this.#at++
    return token
  }

  takeIf(...types: string[]): Token | null {
    return this.is(...types) ? this.take() : null
  }

  expect(type: string, context: string, expected: string): Token {
    return this.is(type) ? this.take() : this.unexpected(context, expected)
  }

  /** A limit turns hostile input into an error instead of an exhausted stack. */
  deeper(): void {
    if (++this.depth > DEPTH_MAX) this.fail(this.token, 'expression is nested too deeply')
  }

  unexpected(context = this.context, expected = ''): never {
    const inContext = context ? ` in ${context}` : ''
    const instead = expected ? `, expected ${expected}` : ''
    return this.fail(this.token, `unexpected ${describeToken(this.token)}${inContext}${instead}`)
  }

  fail(span: Span, reason: string): never {
    throw new ParseError(this.query, span, reason)
  }

  number(token: Token): number {
    const value = parseNumber(token.text)
    const failed = (why: string) => this.fail(token, `error parsing number: strconv.ParseFloat: parsing "${token.text}": ${why}`)
    if (value === null) return failed('invalid syntax')
    return Number.isFinite(value) || !/^[\d.]/.test(token.text) ? value : failed('value out of range')
  }

  string(token: Token): string {
    return unquote(token.text) ?? this.fail(token, `error unquoting string ${JSON.stringify(token.text)}: invalid syntax`)
  }

  matcher(name: string, op: MatchOp, value: string, span: Span): Matcher {
    try {
      return matcher(name, op, value)
    } catch (e) {
      return this.fail(span, e instanceof Error ? e.message : String(e))
    }
  }

  #tokenAt(index: number): Token {
    if (this.#failure) throw this.#failure
    while (this.#tokens.length <= index) {
      try {
        const { value } = this.#lexer.next()
        this.#tokens.push(value ?? { type: 'eof', text: '', start: this.query.length, end: this.query.length })
      } catch (e) {
        this.#failure = e
        throw e
      }
    }
    return this.#tokens[index] as Token
  }
}
