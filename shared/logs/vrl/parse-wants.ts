import type { Token } from './lex.ts'

/** Terminals in the order in which the reference lists them; `pipe` is the bar of a closure, which it writes as it does the operator. */
const order = [
  'identifier', 'path field', 'string literal', 'raw string literal', 'integer literal', 'float literal', 'regex literal',
  'timestamp literal', 'function call', 'reserved identifier', 'path literal', 'if', 'else', 'null', 'true', 'false', 'abort', 'return',
  ';', '\\n', 'pipe', '->', '=', '|=', ',', ':', '_', '+', '*', '-', '/', '<', '<=', '>', '>=', '==', '!=', '|', '&&', '||', '??', '!', '[', '{', '(',
  '}', ']', ')',
] as const // biome-ignore format: a table
const place = new Map<string, number>(order.map((name, i) => [name, i]))
type Terminal = (typeof order)[number]

export const terms = [
  'identifier', 'string literal', 'raw string literal', 'integer literal', 'float literal', 'regex literal', 'timestamp literal',
  'function call', 'path literal', 'null', 'true', 'false', '[', '{', '(',
] as const // biome-ignore format: a table
const operators = ['pipe', '+', '*', '-', '/', '<', '<=', '>', '>=', '==', '!=', '|', '&&', '||', '??'] as const

/**
 * What could have stood at each token, as the rules that looked there say. The reference's parser is made from a grammar: before it finds a
 * token wrong it may have ended expressions at it, and then lists only what can follow those. `ending` has the tokens that do so.
 */
export class Wants {
  private readonly at = new Map<number, Set<Terminal>>()
  private readonly separated = new Set<number>()

  add(at: number, ...names: readonly Terminal[]): void {
    let wanted = this.at.get(at)
    if (!wanted) {
      wanted = new Set()
      this.at.set(at, wanted)
    }
    for (const n of names) wanted.add(n)
  }

  /** A separator ends before this token; another line end may follow it. */
  afterSeparator(at: number): void {
    this.separated.add(at)
    this.add(at, '\\n')
  }

  operators(at: number): void {
    this.add(at, ...operators)
  }

  /** The list as the reference prints it. */
  text(at: number, token: Token): string {
    const wanted = new Set(this.at.get(at))
    const drop = (...names: readonly Terminal[]): void => {
      for (const n of names) wanted.delete(n)
    }
    const sign = token.type === 'end' ? 'end' : token.text
    const isSign = token.type === 'end' || token.type === 'newline' || token.type === 'punctuation'
    const ends = (signs: readonly string[]): boolean => isSign && signs.includes(sign)
    if (wanted.has('->') && !ends(ending) && /identifier|path field|string literal|keyword|regex|timestamp/.test(token.type)) drop('->')
    // what could also be the name of an argument or field is decided one token later, before anything ends
    if (wanted.has('pipe') && wanted.has('+') && !wanted.has(':') && ends(wanted.has('=') && wanted.has(';') ? endingTarget : ending))
      drop(...operators, '->', '=', '|=', ...(wanted.has('=') ? ([','] as const) : []))
    if (wanted.has('else') && wanted.has(';') && ends(endingTarget)) drop('else')
    if (wanted.has('abort') && wanted.has(';') && ends(endingTarget)) drop(...terms, 'if', 'abort', 'return', '_', '!')
    if (this.separated.has(at) && !wanted.has(';') && ends(['end', '}'])) drop('\\n')
    // inside the parentheses of a call the reference's lexer takes words for keywords of arguments
    if (wanted.has('reserved identifier') && !ends(['end', '\n'])) drop('reserved identifier', 'if', 'else', 'null', 'true', 'false')
    return [...wanted]
      .sort((a, b) => place.get(a)! - place.get(b)!)
      .map((n) => `"${n === 'pipe' ? '|' : n}"`)
      .join(', ')
  }
}

const ending = ['end', ')', ']', '}', ',', ';', '\n', '{']
const endingTarget = ['end', ')', '}']
