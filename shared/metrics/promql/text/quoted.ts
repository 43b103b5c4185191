/**
 * A byte that is not UTF-8 lives in our strings as the lone surrogate U+DC00 + byte, so that labels written as
 * "a\xc5z" survive and can be refused or printed with the bytes they had.
 */
const BYTE = 0xdc00

const SIMPLE: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'" }
const NAMED: Record<string, string> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

/** The text within "…", '…' or `…`, escapes resolved as Go resolves them. `null` where the literal is malformed. */
export function unquote(literal: string): string | null {
  const quote = literal[0]
  if (literal.length < 2 || !quote || !'"\'`'.includes(quote) || literal.at(-1) !== quote) return null
  const body = literal.slice(1, -1)
  if (quote === '`') return body.includes('`') ? null : body
  if (!body.includes('\\')) return body.includes('\n') || body.includes(quote) ? null : body
  let text = ''
  let bytes: number[] = []
  const flush = () => {
    if (bytes.length) text += fromBytes(bytes)
    bytes = []
  }
  for (let i = 0; i < body.length; i++) {
    if (body[i] !== '\\') {
      flush()
      text += body[i]
      continue
    }
    const found = /^(?:([abfnrtv\\"'])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(body.slice(i + 1, i + 10))
    if (!found) return null
    const [whole, simple, octal, hex, short, long] = found
    i += whole.length
    if (octal !== undefined || hex !== undefined) {
      const byte = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? '', 16)
      if (byte > 255) return null
      bytes.push(byte)
      continue
    }
    flush()
    if (simple !== undefined) text += SIMPLE[simple]
    else {
      const point = Number.parseInt(short ?? long ?? '', 16)
      if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return null
      text += String.fromCodePoint(point)
    }
  }
  flush()
  return text
}

/** A Go string literal in double quotes, as strconv.Quote writes it. */
export function quote(text: string): string {
  let out = '"'
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    if (NAMED[char]) out += NAMED[char]
    else if (code >= BYTE + 0x80 && code <= BYTE + 0xff) out += `\\x${(code - BYTE).toString(16).padStart(2, '0')}`
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code < 0x7f || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(char)) out += char
    else out += code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  }
  return `${out}"`
}

/** False for text that holds bytes which are not UTF-8. */
export const isUtf8 = (text: string): boolean => text.isWellFormed()

function fromBytes(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0
    const size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    const piece = new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(new Uint8Array(bytes.slice(i, i + size)))
    if (piece.includes('�') && !(lead === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd)) {
      text += String.fromCharCode(BYTE + lead)
      i++
    } else {
      text += piece
      i += size
    }
  }
  return text
}
