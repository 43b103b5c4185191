/**
 * The language of the log page and the live tail: words and quoted text anywhere in a record, `field op value`, `AND` (also
 * implied), `OR`, `NOT`, parentheses. One syntax tree is compiled to SQL (sql.ts) and to a predicate (predicate.ts), which mean the same.
 */
export const operators = ['!=', '!:', '!~', '=~', '>=', '<=', '=', ':', '>', '<'] as const
export type Operator = (typeof operators)[number]

export type Search =
  | { is: 'all' }
  | { is: 'and' | 'or'; parts: Search[] }
  | { is: 'not'; part: Search }
  | { is: 'text'; text: string }
  | { is: 'field'; field: string; operator: Exclude<Operator, '=~' | '!~'>; value: string }
  | { is: 'matches'; field: string; negated: boolean; pattern: string; ignoreCase: boolean }

/** What is wrong, and where: `at` is the offset in the text, for the underline. */
export type Unreadable = { message: string; at: number }

const TERMS_MAX = 200
const DEPTH_MAX = 50

/** The tree of `text`, or where it cannot be read. Empty text finds everything. */
export function parseSearch(text: string): { search: Search } | { unreadable: Unreadable } {
  try {
    const reader = new Reader(text)
    const search = reader.or(0)
    reader.expectEnd()
    return { search }
  } catch (e) {
    if (e instanceof Stop) return { unreadable: { message: e.message, at: e.at } }
    throw e
  }
}

class Stop extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** A word ends at space, parentheses and operators; a colon or equals sign inside one makes it a field. */
const WORD = /[^\s()"=:<>!~]+/y
const FIELD = /[A-Za-z_@][\w@.\-/[\]]*/y

class Reader {
  private at = 0
  private terms = 0
  private readonly text: string
  constructor(text: string) {
    this.text = text
  }

  or(depth: number): Search {
    if (depth > DEPTH_MAX) throw new Stop(`Parentheses are nested deeper than ${DEPTH_MAX}.`, this.at)
    const parts = [this.and(depth)]
    while (this.keyword('OR')) parts.push(this.and(depth))
    return parts.length === 1 ? parts[0]! : { is: 'or', parts }
  }

  expectEnd(): void {
    this.space()
    if (this.at < this.text.length)
      throw new Stop(this.text[this.at] === ')' ? 'This parenthesis closes nothing.' : 'This cannot stand here.', this.at)
  }

  private and(depth: number): Search {
    const parts: Search[] = []
    for (;;) {
      const before = this.at
      if (this.keyword('AND') && !parts.length) throw new Stop('AND needs something before it.', before)
      this.space()
      if (this.at >= this.text.length || this.text[this.at] === ')' || this.looksAt('OR')) break
      parts.push(this.not(depth))
    }
    if (!parts.length && this.looksAt('OR')) throw new Stop('OR needs something before it.', this.at)
    if (!parts.length) return { is: 'all' }
    return parts.length === 1 ? parts[0]! : { is: 'and', parts }
  }

  private not(depth: number): Search {
    if (!this.keyword('NOT')) return this.term(depth)
    const at = this.at
    this.space()
    if (this.at >= this.text.length) throw new Stop('NOT needs something after it.', at)
    return { is: 'not', part: this.not(depth) }
  }

  private term(depth: number): Search {
    this.terms += 1
    if (this.terms > TERMS_MAX) throw new Stop(`A search has at most ${TERMS_MAX} terms.`, this.at)
    this.space()
    const start = this.at
    if (this.take('(')) {
      const inner = this.or(depth + 1)
      this.space()
      if (!this.take(')')) throw new Stop('This parenthesis is not closed.', start)
      return inner
    }
    const field = this.fieldBeforeOperator()
    if (field) return this.comparison(field.field, field.operator)
    if (this.text[start] === '"') return { is: 'text', text: this.quoted() }
    const word = this.match(WORD)
    // what is no word is one character of punctuation: text too
    if (word === null) this.at += 1
    return { is: 'text', text: word ?? this.text[start]! }
  }

  /** `field op`, or nothing consumed: `http://x` is text and not the field http. */
  private fieldBeforeOperator(): { field: string; operator: Operator } | null {
    const start = this.at
    const field = this.text[start] === '"' ? null : this.match(FIELD)
    if (field) {
      this.space()
      const operator = operators.find((o) => this.text.startsWith(o, this.at))
      if (operator && !(operator === ':' && this.text.startsWith('://', this.at))) {
        this.at += operator.length
        return { field, operator }
      }
    }
    this.at = start
    return null
  }

  private comparison(field: string, operator: Operator): Search {
    this.space()
    const at = this.at
    if (operator === '=~' || operator === '!~') {
      const { pattern, ignoreCase } = this.regex()
      return { is: 'matches', field, negated: operator === '!~', pattern, ignoreCase }
    }
    const value = this.text[at] === '"' ? this.quoted() : this.bare()
    if (value === null) throw new Stop(`${field} ${operator} needs a value after it; "" is the empty one.`, at)
    const compares = operator === '>' || operator === '<' || operator === '>=' || operator === '<='
    if (compares && !isNumber(value) && !(isTime(field) && !Number.isNaN(Date.parse(value))))
      throw new Stop(isTime(field) ? 'Write a time like 2026-11-23T14:00:00Z.' : `${operator} compares numbers.`, at)
    return { is: 'field', field, operator, value }
  }

  /** A value without quotes runs to the next space or closing parenthesis: `path:/a=b` is one. */
  private bare(): string | null {
    return this.match(/[^\s()]+/y)
  }

  private quoted(): string {
    const start = this.at
    this.at += 1
    let out = ''
    for (; this.at < this.text.length; this.at++) {
      const c = this.text[this.at]!
      if (c === '"') {
        this.at += 1
        return out
      }
      if (c === '\\' && this.at + 1 < this.text.length) this.at += 1
      out += this.text[this.at]
    }
    throw new Stop('This quotation mark is not closed.', start)
  }

  /** `/pattern/` or `/pattern/i`; also a bare or quoted pattern. */
  private regex(): { pattern: string; ignoreCase: boolean } {
    const start = this.at
    if (!this.take('/')) {
      const pattern = this.text[start] === '"' ? this.quoted() : this.bare()
      if (pattern === null) throw new Stop('Write the pattern between slashes: /time.?out/i', start)
      return { pattern, ignoreCase: false }
    }
    const body = this.match(/(?:\\.|[^\\/])+/y)
    if (body === null || !this.take('/')) throw new Stop('This pattern is not closed by a slash.', start)
    return { pattern: body.replaceAll('\\/', '/'), ignoreCase: this.take('i') }
  }

  private keyword(word: string): boolean {
    const found = this.looksAt(word)
    if (found) {
      this.space()
      this.at += word.length
    }
    return found
  }

  private looksAt(word: string): boolean {
    this.space()
    return this.text.startsWith(word, this.at) && /^($|[\s()"])/.test(this.text.slice(this.at + word.length, this.at + word.length + 1))
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? null
    if (found) this.at += found.length
    return found
  }

  private take(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false
    this.at += text.length
    return true
  }

  private space(): void {
    this.match(/\s+/y)
  }
}

/** Numbers as JSON writes them: the one notion of a number for both compilations. */
export const NUMBER = '^-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?$'
const numberPattern = new RegExp(NUMBER)
export const isNumber = (text: string): boolean => numberPattern.test(text)
export const isTime = (field: string): boolean => field === 'timestamp' || field === 'dt'
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text)
