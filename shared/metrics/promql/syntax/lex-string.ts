import { ParseError } from './position.ts'

/** How many digits an escape sequence has, in which base, and the largest value they may have. */
const NUMERIC: Record<string, { digits: number; digit: RegExp; base: number; max: number }> = {
  x: { digits: 2, digit: /[0-9a-fA-F]/, base: 16, max: 255 },
  u: { digits: 4, digit: /[0-9a-fA-F]/, base: 16, max: 0x10ffff },
  U: { digits: 8, digit: /[0-9a-fA-F]/, base: 16, max: 0x10ffff },
}
const OCTAL = { digits: 3, digit: /[0-7]/, base: 8, max: 255 }

/** Length of the literal in double or single quotes that starts at `start`, quotes included. Throws ParseError. */
export function quotedLength(query: string, start: number, mark: string): number {
  for (let i = start + 1; i < query.length; i++) {
    const char = query[i]
    if (char === '\n') break
    if (char === mark) return i + 1 - start
    if (char === '\\') i += escapeLength(query, start, i + 1, mark)
  }
  return fail(query, start, 'unterminated quoted string')
}

function escapeLength(query: string, start: number, at: number, mark: string): number {
  const kind = query[at]
  if (kind === undefined) return fail(query, start, 'escape sequence not terminated')
  if (kind === mark || 'abfnrtv\\'.includes(kind)) return 1
  const numeric = NUMERIC[kind] ?? (/[0-7]/.test(kind) ? OCTAL : undefined)
  if (!numeric) return fail(query, start, `unknown escape sequence ${unicode(kind)}`)
  const from = numeric === OCTAL ? at : at + 1
  let value = 0
  for (let i = from; i < from + numeric.digits; i++) {
    const digit = query[i]
    if (digit === undefined) return fail(query, start, 'escape sequence not terminated')
    if (!numeric.digit.test(digit)) return fail(query, start, `illegal character ${unicode(digit)} in escape sequence`)
    value = value * numeric.base + Number.parseInt(digit, numeric.base)
  }
  if (value > numeric.max || (value >= 0xd800 && value < 0xe000)) fail(query, start, 'escape sequence is an invalid Unicode code point')
  return from + numeric.digits - at
}

const unicode = (char: string): string => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} '${char}'`

function fail(query: string, at: number, reason: string): never {
  throw new ParseError(query, { start: at, end: query.length }, reason)
}
