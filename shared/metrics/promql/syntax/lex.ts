import { quote } from '../text/quoted.ts'
import { ParseError } from './position.ts'
import { type Token, WORDS } from './tokens.ts'

const SPACE = /[ \t\n\r]/
const TWO = ['==', '!=', '<=', '>=', '=~', '!~', '</', '>/']
const ONE = '+-*/%^=<>(){}[],:@'
const NUMBER = /^(?:0[xX]_?[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|(?:\d+(?:_\d+)*)?\.?(?:\d+(?:_\d+)*)?(?:[eE][+-]?\d+(?:_\d+)*)?)/
const DURATION = /^\d+(?:ms|[smhdwy])(?:\d+(?:ms|[smhdw]))*/

/** Splits an expression into tokens, the last of type 'eof'. Comments and white space vanish. Throws ParseError. */
export function lex(query: string): Token[] {
  const tokens: Token[] = []
  const state: State = { braces: false, brackets: false, parens: 0 }
  let at = 0
  for (;;) {
    at = skipBlank(query, at)
    if (at >= query.length) break
    const token = next(query, at, state)
    tokens.push(token)
    at = token.end
  }
  if (state.braces) fail(query, at, 'unexpected end of input inside braces')
  if (state.parens > 0) fail(query, at, 'unclosed left parenthesis')
  if (state.brackets) fail(query, at, 'unclosed left bracket')
  tokens.push({ type: 'eof', text: '', start: query.length, end: query.length })
  return tokens
}

/** Inside braces every word is a label; inside brackets a colon parts range from step. */
type State = { braces: boolean; brackets: boolean; parens: number }

function next(query: string, start: number, state: State): Token {
  const rest = query.slice(start)
  const char = rest[0] ?? ''
  const token = (type: string, length: number): Token => ({ type, text: query.slice(start, start + length), start, end: start + length })
  if (char === '"' || char === "'") return token('string', quotedLength(query, start, char))
  if (char === '`') {
    const close = query.indexOf('`', start + 1)
    if (close < 0) fail(query, start, 'unterminated raw string')
    return token('string', close + 1 - start)
  }
  if (state.braces) return inBraces(query, start, state, token)
  if (/[0-9]/.test(char) || (char === '.' && /[0-9]/.test(rest[1] ?? ''))) return number(query, start, rest, token)
  const word = (state.brackets ? /^[a-zA-Z_][a-zA-Z0-9_]*/ : /^[a-zA-Z_:][a-zA-Z0-9_:]*/).exec(rest)?.[0]
  if (word !== undefined) return wordToken(query, start, word, token)
  const two = rest.slice(0, 2)
  if (TWO.includes(two)) {
    if (two.endsWith('~')) fail(query, start, `unexpected character after '${two[0]}': '~'`)
    return token(two, 2)
  }
  if (char === '!') fail(query, start, `unexpected character after '!': ${rune(rest[1])}`)
  if (!ONE.includes(char)) fail(query, start, `unexpected character: ${rune(char)}`)
  nest(query, start, char, state)
  return token(char, 1)
}

function nest(query: string, at: number, char: string, state: State): void {
  if (char === '(') state.parens++
  if (char === ')' && --state.parens < 0) fail(query, at, `unexpected right parenthesis ')'`)
  if (char === '{') state.braces = true
  if (char === '}') fail(query, at, `unexpected character: '}'`)
  if (char === '[') {
    if (state.brackets) fail(query, at, `unexpected left bracket '['`)
    state.brackets = true
  }
  if (char === ']') {
    if (!state.brackets) fail(query, at, `unexpected right bracket ']'`)
    state.brackets = false
  }
  if (char === ':' && !state.brackets) fail(query, at, `unexpected character: ':'`)
}

function inBraces(query: string, start: number, state: State, token: (type: string, length: number) => Token): Token {
  const rest = query.slice(start)
  const word = /^[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0]
  if (word !== undefined) return token('identifier', word.length)
  const char = rest[0] ?? ''
  if (rest.startsWith('=~') || rest.startsWith('!~') || rest.startsWith('!=')) return token(rest.slice(0, 2), 2)
  if (char === '!') fail(query, start, `unexpected character after '!' inside braces: ${rune(rest[1])}`)
  if (char === '{') fail(query, start, `unexpected left brace '{'`)
  if (char === '}') state.braces = false
  if (char === '}' || char === ',' || char === '=') return token(char, 1)
  return fail(query, start, `unexpected character inside braces: ${rune(char)}`)
}

function number(query: string, start: number, rest: string, token: (type: string, length: number) => Token): Token {
  const whole = NUMBER.exec(rest)?.[0] ?? ''
  if (whole && !/[a-zA-Z0-9_.]/.test(rest[whole.length] ?? '')) return token('number', whole.length)
  const duration = DURATION.exec(rest)?.[0] ?? ''
  if (duration && !/[a-zA-Z0-9_]/.test(rest[duration.length] ?? '')) return token('duration', duration.length)
  const bad = /^[0-9a-zA-Z_.]+/.exec(rest)?.[0] ?? rest[0] ?? ''
  return fail(query, start, `bad number or duration syntax: ${quote(bad)}`)
}

function wordToken(query: string, start: number, word: string, token: (type: string, length: number) => Token): Token {
  const lower = word.toLowerCase()
  if (lower === 'inf' || lower === 'nan') return token('number', word.length)
  // fill, fill_left and fill_right stay usable as metric names: they are keywords only before a parenthesis.
  const isFill = lower.startsWith('fill') && query[skipBlank(query, start + word.length)] !== '('
  if (WORDS.has(lower) && !isFill) return token(lower, word.length)
  return token(word.includes(':') ? 'metric' : 'identifier', word.length)
}

function quotedLength(query: string, start: number, mark: string): number {
  for (let i = start + 1; i < query.length; i++) {
    const char = query[i]
    if (char === '\n') break
    if (char === mark) return i + 1 - start
    if (char !== '\\') continue
    const known = /^(?:[abfnrtv\\]|[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/.exec(query.slice(i + 1, i + 10))
    if (!known && query[i + 1] !== mark)
      fail(
        query,
        start,
        i + 1 >= query.length ? 'escape sequence not terminated' : `unknown escape sequence ${unicode(query[i + 1] ?? '')}`,
      )
    i += known ? known[0].length : 1
  }
  return fail(query, start, 'unterminated quoted string')
}

function skipBlank(query: string, from: number): number {
  let at = from
  for (; at < query.length; at++) {
    if (query[at] === '#') {
      while (at < query.length && query[at] !== '\n' && query[at] !== '\r') at++
    } else if (!SPACE.test(query[at] ?? '')) break
  }
  return at
}

const rune = (char: string | undefined): string => (char === undefined ? `'�'` : `'${char === "'" ? "\\'" : char}'`)
const unicode = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`

function fail(query: string, at: number, reason: string): never {
  throw new ParseError(query, { start: at, end: query.length }, reason)
}
