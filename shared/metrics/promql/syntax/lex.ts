import { quote } from '../text/quoted.ts'
import { quotedLength } from './lex-string.ts'
import { ParseError } from './position.ts'
import { type Token, WORDS } from './tokens.ts'

/** The words that may stand within brackets. */
const IN_DURATIONS: ReadonlySet<string> = new Set(['step', 'range', 'min_of', 'max_of'])
const SPACE = /[ \t\n\r]/
const TWO = ['==', '!=', '<=', '>=', '=~', '!~', '</', '>/']
const ONE = '+-*/%^=<>(){}[],:@'
/** As far as a number may go; whether it is one is for the parser to say. */
const NUMBER = /^(?:0[xX][0-9a-fA-F_]*|[0-9_]*\.?[0-9_]*(?:[eE][+-]?[0-9_]*)?)/
const DURATION = /^\d+(?:ms|[smhdwy])(?:\d+(?:ms|[smhdw]))*/
/** A number with something after it: as much of it as is read before it turns out wrong. */
const MALFORMED = new RegExp(`${NUMBER.source}(?:(?:ms|[smhdwy])(?:\\d+(?:ms|[smhdw]))*(?:\\d+|[a-zA-Z_])?)?`)

/**
 * The tokens of an expression one by one, the last of type 'eof'. Comments and white space vanish. Throws ParseError when it gets
 * to what is no token: of several mistakes the first one is told, whether the lexer or the parser finds it.
 */
export function* lex(query: string): Generator<Token, void> {
  const state: State = { braces: false, brackets: false, parens: 0, before: '' }
  let at = 0
  for (;;) {
    at = skipBlank(query, at)
    if (at >= query.length) break
    const token = next(query, at, state)
    yield token
    state.before = token.type
    at = token.end
  }
  if (state.braces) fail(query, at, 'unexpected end of input inside braces')
  if (wantsDuration(state)) fail(query, at, 'unexpected end of input in duration expression')
  if (state.parens > 0) fail(query, at, 'unclosed left parenthesis')
  if (state.brackets) fail(query, at, 'unclosed left bracket')
  yield { type: 'eof', text: '', start: query.length, end: query.length }
}

/** Inside braces every word is a label; inside brackets a colon parts range from step. */
type State = { braces: boolean; brackets: boolean; parens: number; before: string }

/** Within brackets, where a length of time has to begin. */
const wantsDuration = ({ brackets, before }: State): boolean => brackets && ['[', '(', ',', '+', '-', '*', '/', '%', '^'].includes(before)

function next(query: string, start: number, state: State): Token {
  const rest = query.slice(start)
  const char = rest[0] ?? ''
  const token = (type: string, length: number): Token => ({ type, text: query.slice(start, start + length), start, end: start + length })
  if (wantsDuration(state) && !/[0-9a-zA-Z_.:()\]+\-*/%^,]/.test(char))
    fail(query, start, `unexpected character in duration expression: ${rune(char)}`)
  if (char === '"' || char === "'") return token('string', quotedLength(query, start, char))
  if (char === '`') {
    const close = query.indexOf('`', start + 1)
    if (close < 0) fail(query, start, 'unterminated raw string')
    return token('string', close + 1 - start)
  }
  if (state.braces) return inBraces(query, start, state, token)
  if (/[0-9]/.test(char) || (char === '.' && /[0-9]/.test(rest[1] ?? ''))) return number(query, start, rest, token)
  const word = (state.brackets ? /^[a-zA-Z_][a-zA-Z0-9_]*/ : /^[a-zA-Z_:][a-zA-Z0-9_:]*/).exec(rest)?.[0]
  if (word !== undefined && state.brackets && !IN_DURATIONS.has(word.toLowerCase())) {
    if (wantsDuration(state)) fail(query, start, `unexpected character in duration expression: ${rune(char)}`)
    fail(query, start, `unexpected character: ${rune(char)}, expected ':'`)
  }
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
  if (char === ')' && --state.parens < 0) fail(query, at + 1, `unexpected right parenthesis ')'`)
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
  if (char === ':' && state.before === '[') fail(query, at + 1, 'unexpected colon before duration in duration expression')
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
  if (!/[a-zA-Z0-9_.]/.test(rest[whole.length] ?? '')) return token('number', whole.length)
  const duration = DURATION.exec(rest)?.[0] ?? ''
  if (duration && !/[a-zA-Z0-9_]/.test(rest[duration.length] ?? '')) return token('duration', duration.length)
  return fail(query, start, `bad number or duration syntax: ${quote(MALFORMED.exec(rest)?.[0] ?? whole)}`)
}

function wordToken(query: string, start: number, word: string, token: (type: string, length: number) => Token): Token {
  const lower = word.toLowerCase()
  if (lower === 'inf' || lower === 'nan') return token('number', word.length)
  // fill, fill_left and fill_right stay usable as metric names: they are keywords only before a parenthesis.
  const isFill = lower.startsWith('fill') && query[skipBlank(query, start + word.length)] !== '('
  if (WORDS.has(lower) && !isFill) return token(lower, word.length)
  return token(word.includes(':') ? 'metric' : 'identifier', word.length)
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

const rune = (char: string | undefined): string => (char === undefined ? `'�'` : `'${char === "'" || char === '\\' ? `\\${char}` : char}'`)

function fail(query: string, at: number, reason: string): never {
  throw new ParseError(query, { start: at, end: query.length }, reason)
}
