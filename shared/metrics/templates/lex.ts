import { fail } from './values.ts'

/** A piece of a template: text as it is, or what stands between `{{` and `}}`. `line` counts from 1. */
export type Piece = { kind: 'text'; text: string } | { kind: 'action'; source: string; line: number }
export type TokenType = 'name' | 'field' | 'variable' | 'string' | 'int' | 'float' | 'space' | 'mark'
export type Token = { type: TokenType; text: string }

/** Texts and actions in turn. `{{-` takes the white space before it away, `-}}` that after it; comments are nothing. */
export function pieces(template: string): Piece[] {
  const found: Piece[] = []
  let trim = false
  const text = (raw: string, trimEnd: boolean) => {
    const start = trim ? raw.trimStart() : raw
    const kept = trimEnd ? start.trimEnd() : start
    if (kept) found.push({ kind: 'text', text: kept })
  }
  let [at, line] = [0, 1]
  for (;;) {
    const open = template.indexOf('{{', at)
    const before = template.slice(at, open < 0 ? undefined : open)
    line += newlines(before)
    if (open < 0) {
      text(before, false)
      return found
    }
    const trims = template[open + 2] === '-' && isSpace(template[open + 3])
    text(before, trims)
    const start = open + (trims ? 3 : 2)
    const end = endOf(template, start)
    if (end < 0) fail(`${line}: unclosed action`)
    trim = template[end - 1] === '-' && isSpace(template[end - 2]) && end - 2 >= start
    const source = template.slice(start, trim ? end - 1 : end).trim()
    if (!source.startsWith('/*')) found.push({ kind: 'action', source, line })
    line += newlines(source)
    at = end + 2
  }
}

/** Where the `}}` stands that ends the action; one within a quoted text or a comment does not. -1: nowhere. */
function endOf(template: string, start: number): number {
  SKIPPED.lastIndex = start
  const comment = /^-?\s*\/\*/.test(template.slice(start, start + 40)) ? template.indexOf('*/', start) : -1
  if (comment >= 0) return template.indexOf('}}', comment)
  for (let found = SKIPPED.exec(template); found; found = SKIPPED.exec(template)) {
    if (found[0] === '}}') return found.index
    if (found[0].length === 1) return -1
  }
  return -1
}
/** Quoted texts as a whole; a quotation mark alone opens one that never ends. */
const SKIPPED = /\}\}|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|["'`]/g
const isSpace = (c: string | undefined): boolean => c !== undefined && /\s/.test(c)
const newlines = (text: string): number => text.split('\n').length - 1

const KINDS: readonly [TokenType, RegExp][] = [
  ['space', /\s+/y],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['int', /'(?:[^'\\\n]|\\.)+'/y],
  ['float', /[+-]?(?:\d[\d_]*\.\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)/y],
  ['int', /[+-]?(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*)/y],
  ['variable', /\$[\p{L}\d_]*/uy],
  ['field', /\.[\p{L}_][\p{L}\d_]*/uy],
  ['name', /[\p{L}_][\p{L}\d_]*/uy],
  ['mark', /:=|[=|(),.]/y],
]

/** The words of an action. White space counts: it tells `.a.b` from `.a .b`. */
export function words(source: string, line: number): Token[] {
  const found: Token[] = []
  for (let at = 0; at < source.length; ) {
    const token = next(source, at) ?? fail(`${line}: unexpected ${JSON.stringify(source[at])} in action`)
    found.push(token)
    at += token.text.length
  }
  return found
}

function next(source: string, at: number): Token | null {
  for (const [type, pattern] of KINDS) {
    pattern.lastIndex = at
    const text = pattern.exec(source)?.[0]
    if (text !== undefined) return { type, text }
  }
  return null
}

const ESCAPES: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }
/** A quoted text's value; Go's escapes. */
export function unquoted(token: string): string {
  if (token[0] === '`') return token.slice(1, -1)
  return token.slice(1, -1).replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-7]{3}|.)/g, (_, code: string) => {
    if (/^[xuU]./.test(code)) return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code.slice(1), 16)))
    if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
    return ESCAPES[code] ?? code
  })
}
