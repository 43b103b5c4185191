import { classSet, complement, difference, intersection, type Ranges, symmetricDifference, union } from './regex-sets.ts'

/** What is wrong with a pattern, in the words of Rust's `regex`. */
export class RegexFault extends Error {}

export const fault = (message: string): never => {
  throw new RegexFault(message)
}

/** Rust's Unicode perl classes, as RE2 class items. */
export const unicodeItems: Record<string, string> = {
  d: '\\p{Nd}',
  s: '\\t-\\r \\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}',
  w: '\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}\\x{200C}\\x{200D}\\x{24B6}-\\x{24E9}',
}

/** Reads characters, classes and what set operations make of them. */
export class ClassReader {
  protected at = 0
  protected extended = false
  protected unicode: boolean
  protected readonly s: string

  constructor(s: string, unicode: boolean) {
    this.s = s
    this.unicode = unicode
  }

  protected codePoint(): number {
    const c = this.s[this.at]!
    if (c !== '\\') {
      const point = this.s.codePointAt(this.at)!
      this.at += point > 0xffff ? 2 : 1
      return point
    }
    const e = this.s[this.at + 1]
    if (e === undefined) return fault('incomplete escape sequence, reached end of pattern prematurely')
    const control = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 }[e]
    if (control !== undefined) {
      this.at += 2
      return control
    }
    if ('xuU'.includes(e)) {
      const m = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xuU]\{([0-9a-fA-F]+)\})/.exec(this.s.slice(this.at + 1))
      if (!m) return fault('invalid hexadecimal digit')
      this.at += 1 + m[0].length
      const point = Number.parseInt((m[1] ?? m[2] ?? m[3] ?? m[4])!, 16)
      return point > 0x10ffff ? fault('hexadecimal literal is not a Unicode scalar value') : point
    }
    if (/[A-Za-z0-9]/.test(e) || e > '\x7f') return fault('unrecognized escape sequence')
    this.at += 2
    return e.charCodeAt(0)
  }

  /** `\pL`, `\p{Greek}`, `\p{^..}`: a property RE2 knows by its short name, or class items. */
  protected property(): { text: string; negated: boolean } {
    const m = /^\\([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))/.exec(this.s.slice(this.at))
    if (!m) return fault('Unicode property not found')
    this.at += m[0].length
    const negated = (m[1] === 'P') !== (m[2] === '^')
    const name = (m[3] ?? m[4]!).replace(/^(?:gc|general_category|sc|script|scx)\s*[=:]\s*/i, '')
    const short = propertyNames[name.toLowerCase().replace(/[\s_-]/g, '')]
    if (short?.startsWith('[')) return { text: short.slice(1, -1), negated }
    const re2Name = short ?? (name.length <= 2 ? name : name[0]!.toUpperCase() + name.slice(1))
    return { text: `\\${negated ? 'P' : 'p'}{${re2Name}}`, negated }
  }

  protected class(): string {
    const from = this.at
    const simple = this.flatClass()
    if (simple !== undefined) return simple
    this.at = from
    return rangesText(this.classSet())
  }

  /** A class without nesting or set operators, item by item. */
  protected flatClass(): string | undefined {
    this.at++
    let out = '['
    if (this.s[this.at] === '^') {
      out += '^'
      this.at++
    }
    let first = true
    for (;;) {
      const c = this.s[this.at]
      if (c === undefined) return fault('unclosed character class')
      if (c === ']' && !first) break
      const two = this.s.slice(this.at, this.at + 2)
      if (two === '&&' || two === '--' || two === '~~') return undefined
      if (c === '[') {
        const posix = /^\[:\^?[a-z]+:\]/.exec(this.s.slice(this.at))
        if (!posix) return undefined
        this.at += posix[0].length
        out += posix[0]
      } else if (this.extended && /\s/.test(c)) this.at++
      else {
        const item = this.classItem()
        if (item === undefined) return undefined
        out += item
      }
      first = false
    }
    this.at++
    return `${out}]`
  }

  protected classItem(): string | undefined {
    const e = this.s[this.at] === '\\' ? this.s[this.at + 1] : undefined
    if (e !== undefined && 'dDsSwW'.includes(e)) {
      if (this.unicode && e < 'a') return undefined
      this.at += 2
      return this.unicode ? unicodeItems[e] : `\\${e}`
    }
    if (e === 'p' || e === 'P') {
      const p = this.property()
      return p.text.startsWith('\\') ? p.text : p.negated ? undefined : p.text
    }
    const low = this.codePoint()
    const high = this.rangeEnd(low)
    return high === undefined ? re2Literal(low) : `${re2Literal(low)}-${re2Literal(high)}`
  }

  protected rangeEnd(low: number): number | undefined {
    if (this.s[this.at] !== '-' || this.s[this.at + 1] === ']' || this.s[this.at + 1] === '-' || this.at + 1 >= this.s.length)
      return undefined
    this.at++
    if (this.s[this.at] === '[') {
      this.at--
      return undefined
    }
    const high = this.codePoint()
    if (high < low) fault('invalid character class range, the start must be <= the end')
    return high
  }

  /** A class with nesting or set operators, computed. */
  protected classSet(): Ranges {
    this.at++
    let negated = false
    if (this.s[this.at] === '^') {
      negated = true
      this.at++
    }
    let all: Ranges | undefined
    let op = ''
    let current: Ranges = []
    const combine = (): void => {
      if (all === undefined) all = current
      else all = op === '&&' ? intersection(all, current) : op === '--' ? difference(all, current) : symmetricDifference(all, current)
      current = []
    }
    let first = true
    for (;;) {
      const c = this.s[this.at]
      if (c === undefined) return fault('unclosed character class')
      if (c === ']' && !first) break
      first = false
      const two = this.s.slice(this.at, this.at + 2)
      if (two === '&&' || two === '--' || two === '~~') {
        combine()
        op = two
        this.at += 2
      } else current = union(current, this.setItem(c))
    }
    this.at++
    combine()
    return negated ? complement(all!) : all!
  }

  protected setItem(c: string): Ranges {
    const rest = this.s.slice(this.at)
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(rest)
    if (posix) {
      this.at += posix[0].length
      const set = classSet(posix[2]!, false) ?? fault('unrecognized POSIX class')
      return posix[1] ? complement(set) : set
    }
    if (c === '[') return this.classSet()
    const e = c === '\\' ? this.s[this.at + 1]! : ''
    if (e !== '' && 'dDsSwW'.includes(e)) {
      this.at += 2
      const set = classSet(e.toLowerCase(), this.unicode)!
      return e < 'a' ? complement(set) : set
    }
    if (e === 'p' || e === 'P') {
      const p = this.property()
      const set = classSet(p.text.replace(/^\\[pP]\{|\}$/g, ''), true) ?? fault('Unicode property not found')
      return p.negated ? complement(set) : set
    }
    const low = this.codePoint()
    return [[low, this.rangeEnd(low) ?? low]]
  }
}

export const re2Literal = (point: number): string => {
  const c = String.fromCodePoint(point)
  return /[A-Za-z0-9 _,:;<>@"'`~=!%&/]/.test(c) ? c : point < 128 ? `\\x{${point.toString(16)}}` : c
}

const rangesText = (ranges: Ranges): string =>
  ranges.length === 0 ? '[^\\x{0}-\\x{10FFFF}]' : `[${ranges.map(([a, b]) => `\\x{${a.toString(16)}}-\\x{${b.toString(16)}}`).join('')}]`

/** Long names of properties; a name in brackets is given as class items. */
const propertyNames: Record<string, string> = {
  letter: 'L',
  uppercaseletter: 'Lu',
  lowercaseletter: 'Ll',
  titlecaseletter: 'Lt',
  modifierletter: 'Lm',
  otherletter: 'Lo',
  uppercase: 'Lu',
  upper: 'Lu',
  lowercase: 'Ll',
  lower: 'Ll',
  alphabetic: '[\\p{L}\\p{Nl}]',
  alpha: '[\\p{L}\\p{Nl}]',
  mark: 'M',
  nonspacingmark: 'Mn',
  number: 'N',
  decimalnumber: 'Nd',
  digit: 'Nd',
  letternumber: 'Nl',
  othernumber: 'No',
  punctuation: 'P',
  punct: 'P',
  dashpunctuation: 'Pd',
  connectorpunctuation: 'Pc',
  symbol: 'S',
  mathsymbol: 'Sm',
  currencysymbol: 'Sc',
  othersymbol: 'So',
  separator: 'Z',
  spaceseparator: 'Zs',
  whitespace: `[${unicodeItems.s}]`,
  control: 'Cc',
  cntrl: 'Cc',
  format: 'Cf',
  other: 'C',
  emoji: '[\\x{23}\\x{2A}0-9\\x{A9}\\x{AE}\\x{203C}-\\x{3299}\\x{1F000}-\\x{1FAFF}]',
  any: '[\\x{0}-\\x{10FFFF}]',
  ascii: '[\\x{0}-\\x{7F}]',
}
