import { type Diagnostic, error, primary, type Span, span } from './diagnostics.ts'

export type TokenType =
  | 'identifier'
  | 'path field'
  | 'function call'
  | 'operator'
  | 'string literal'
  | 'raw string literal'
  | 'integer literal'
  | 'float literal'
  | 'regex literal'
  | 'timestamp literal'
  | 'reserved identifier'
  | 'keyword'
  | 'punctuation'
  | 'newline'
  | 'invalid'
  | 'end'

/** `text`: the identifier, the content of a literal between its quotes, the operator. */
export interface Token extends Span {
  readonly type: TokenType
  readonly text: string
}

const keywords = new Set(['if', 'else', 'true', 'false', 'null', 'abort', 'return'])
const reserved = new Set(
  `array bool boolean break continue do emit float for forall foreach all each any try undefined int integer iter object regex string
   traverse timestamp duration unless walk while loop`.split(/\s+/),
)

const isIdentStart = (c: string): boolean => /[@_A-Za-z]/.test(c)
const isIdent = (c: string): boolean => /[@_A-Za-z0-9]/.test(c)
const isDigit = (c: string): boolean => c >= '0' && c <= '9'
const isOperator = (c: string): boolean => c !== '' && '!&*+-/<=>?|'.includes(c)

/** The tokens of a program, ending in `end`; or the one thing that stops reading it. */
export function lex(source: string): Token[] | Diagnostic {
  try {
    return new Lexer(source).all()
  } catch (e) {
    if (e instanceof Stop) return e.diagnostic
    throw e
  }
}

class Stop {
  readonly diagnostic: Diagnostic
  constructor(diagnostic: Diagnostic) {
    this.diagnostic = diagnostic
  }
}

class Lexer {
  private at = 0
  private readonly tokens: Token[] = []
  /**
   * For each open bracket, whether the reference scans ahead over its content to find the end of a path. Literals inside are then read
   * by that scan first, which counts the place of a fault from behind the first character of the literal.
   */
  private readonly brackets: boolean[] = []
  private readonly s: string

  constructor(s: string) {
    this.s = s
  }

  all(): Token[] {
    while (this.at < this.s.length) this.next()
    this.push('end', this.s.length, '')
    return this.tokens
  }

  private push(type: TokenType, start: number, text: string): undefined {
    this.tokens.push({ type, text, start, end: this.at })
  }

  private peek(ahead = 0): string {
    return this.s[this.at + ahead] ?? ''
  }

  private next(): undefined {
    const start = this.at
    const c = this.s[this.at++]!
    const after = this.peek()
    if (c === '"') return this.string(start)
    if (c === '\n') return this.push('newline', start, '\n')
    if ('([{'.includes(c)) return this.open(start, c)
    if (')]}'.includes(c)) {
      this.brackets.pop()
      return this.push('punctuation', start, c)
    }
    if (';.%:,\\'.includes(c) || (c === '&' && after !== '&')) return this.push('punctuation', start, c)
    if (c === '_' && !isIdent(after)) return this.push('punctuation', start, '_')
    if (c === '!' && after !== '' && (after === '!' || !isOperator(after))) return this.push('punctuation', start, '!')
    if (c === '-' && after === '>') {
      this.at++
      return this.push('punctuation', start, '->')
    }
    if (c === '#') {
      while (this.at < this.s.length && this.peek() !== '\n') this.at++
      return
    }
    if (after === "'" && 'rst'.includes(c)) return this.quoted(start, c)
    if (isIdentStart(c)) return this.identifier(start)
    if (isDigit(c) || (c === '-' && isDigit(after))) return this.number(start)
    if (isOperator(c)) {
      while (isOperator(this.peek())) this.at++
      return this.push('operator', start, this.s.slice(start, this.at))
    }
    if (/\s/.test(c)) return
    if (c >= '\ud800' && c <= '\udbff') this.at++
    this.push('invalid', start, this.s.slice(start, this.at))
  }

  private open(start: number, c: string): undefined {
    const before = this.s[start - 1] ?? ''
    this.brackets.push(c !== '(' || isIdent(before) || before === '!' || this.scanned)
    this.push('punctuation', start, c)
  }

  private get scanned(): boolean {
    return this.brackets.length > 0 && this.brackets[this.brackets.length - 1]!
  }

  private identifier(start: number): undefined {
    while (isIdent(this.peek())) this.at++
    const text = this.s.slice(start, this.at)
    const next = this.peek()
    if (next === '(' || next === '!') return this.push('function call', start, text)
    this.push(wordType(text), start, text)
  }

  private number(start: number): undefined {
    while (isDigit(this.peek()) || this.peek() === '_') this.at++
    const negative = this.s[start] === '-'
    if (isIdent(this.peek()) && !negative) {
      while (isIdent(this.peek())) this.at++
      const text = this.s.slice(start, this.at)
      return this.push(wordType(text), start, text)
    }
    if (this.peek() === '.') {
      this.at++
      while (isDigit(this.peek()) || this.peek() === '_') this.at++
      const text = this.s.slice(start, this.at).replaceAll('_', '')
      if (!/^-?\d*\.?\d*$/.test(text) || !/\d/.test(text)) this.numeric(start, 'invalid float literal')
      return this.push('float literal', start, text)
    }
    const text = this.s.slice(start, this.at).replaceAll('_', '')
    const big = BigInt(text === '-' ? 0 : text)
    if (big > 9223372036854775807n) this.numeric(start, 'number too large to fit in target type')
    if (big < -9223372036854775808n) this.numeric(start, 'number too small to fit in target type')
    this.push('integer literal', start, text)
  }

  private numeric(start: number, what: string): never {
    throw new Stop(error(206, 'invalid numeric literal', [primary(`invalid numeric literal: ${what}`, span(start, this.at))]))
  }

  private string(start: number): undefined {
    for (;;) {
      const c = this.s[this.at++]
      if (c === undefined) this.unterminated(start, 207, 'invalid string literal', 1)
      if (c === '"') break
      if (c === '\\') this.escape()
    }
    this.push('string literal', start, this.s.slice(start + 1, this.at - 1))
    this.atEndOfScan('string literal')
  }

  private escape(): undefined {
    const at = this.at
    const c = this.s[this.at++]
    if (c === 'u') return this.unicodeEscape(at)
    if (c === undefined || !'\n\'"\\nrt{}0'.includes(c)) this.badEscape(at, c)
  }

  private unicodeEscape(at: number): undefined {
    if (this.s[this.at++] !== '{') this.badEscape(at - 1, 'u')
    const from = this.at
    while (this.peek() !== '}') {
      const c = this.peek()
      if (c === '') this.badEscape(at - 1, undefined)
      if (!/[0-9a-fA-F]/.test(c) || this.at - from >= 6) this.badEscape(this.at, c)
      this.at++
    }
    const code = Number.parseInt(this.s.slice(from, this.at), 16)
    if (Number.isNaN(code) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) this.badEscape(at - 1, 'u')
    this.at++
  }

  private badEscape(at: number, c: string | undefined): never {
    throw new Stop(
      error(209, `invalid escape character: \\${c ?? '\0'}`, [primary(`invalid escape character: ${c ?? 'none'}`, span(at, at + 1))]),
    )
  }

  private quoted(start: number, prefix: string): undefined {
    this.at++
    for (;;) {
      const c = this.s[this.at++]
      if (c === undefined) this.unterminated(start, 208, 'invalid literal', 1)
      if (c === "'") break
      if (c === '\\') this.at++
    }
    const type = prefix === 'r' ? 'regex literal' : prefix === 's' ? 'raw string literal' : 'timestamp literal'
    this.push(type, start, this.s.slice(start + 2, this.at - 1))
    this.atEndOfScan(type)
  }

  private unterminated(start: number, code: number, message: string, ahead: number): never {
    const at = this.scanned ? start + ahead : start
    throw new Stop(error(code, message, [primary(message, span(at, at + 1))]))
  }

  /** The scan for the end of a path wants a character behind a literal. */
  private atEndOfScan(what: string): undefined {
    if (this.scanned && this.at >= this.s.length) {
      throw new Stop(error(210, 'unexpected parse error', [primary(`Expected characters at end of ${what}.`, span(0, 0))]))
    }
  }
}

const wordType = (text: string): TokenType =>
  keywords.has(text) ? 'keyword' : reserved.has(text) ? 'reserved identifier' : text.includes('@') ? 'path field' : 'identifier'

/** The text of a string literal's content: escapes resolved, a line continued with `\` loses its line break and indent. */
export function unescaped(content: string): string {
  return content.replace(
    /\\(?:\n\s*|u\{([0-9a-fA-F]{1,6})\}|([\s\S]))/g,
    (whole: string, hex: string | undefined, c: string | undefined) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (c === undefined) return ''
      return { n: '\n', r: '\r', t: '\t', '0': '\0', "'": "'", '"': '"', '\\': '\\', '{': '{' }[c] ?? whole
    },
  )
}
