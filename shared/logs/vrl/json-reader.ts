import { type Fields, fail, float, integer, isAscii, put, toBytes, type Value } from './value.ts'

/** The reference's recursion limit (serde_json). */
const depthMax = 128

/** Reads JSON with every number exact, and words faults as the reference does. */
export class JsonReader {
  private at = 0
  private depth = 0
  private readonly s: string
  private readonly keepFrom: number

  constructor(s: string, maxDepth?: number) {
    this.s = s
    this.keepFrom = maxDepth ?? Number.POSITIVE_INFINITY
  }

  document(): Value {
    const v = this.value(this.keepFrom)
    this.space()
    if (this.at < this.s.length) this.error('trailing characters', this.at + 1)
    return v
  }

  private space(): void {
    for (;;) {
      const c = this.s.charCodeAt(this.at)
      if (c === 32 || c === 10 || c === 13 || c === 9) this.at++
      else return
    }
  }

  private value(levels: number): Value {
    this.space()
    const c = this.s[this.at]
    if (c === undefined) return this.error('EOF while parsing a value', this.at)
    if (levels <= 0 && (c === '{' || c === '[')) {
      const from = this.at
      if (c === '{') this.object(Number.POSITIVE_INFINITY)
      else this.array(Number.POSITIVE_INFINITY)
      return this.s.slice(from, this.at)
    }
    if (c === '{') return this.object(levels)
    if (c === '[') return this.array(levels)
    if (c === '"') return this.string()
    if (c === '-' || (c >= '0' && c <= '9')) return this.number()
    if (c === 't') return this.word('true', true)
    if (c === 'f') return this.word('false', false)
    if (c === 'n') return this.word('null', null)
    return this.error('expected value', this.at + 1)
  }

  private word(word: string, v: Value): Value {
    for (const c of word) {
      if (this.at >= this.s.length) return this.error('EOF while parsing a value', this.at)
      if (this.s[this.at] !== c) return this.error('expected ident', this.at + 1)
      this.at++
    }
    return v
  }

  private enter(): void {
    if (++this.depth >= depthMax) this.error('recursion limit exceeded', this.at + 1)
  }

  private object(levels: number): Value {
    this.enter()
    this.at++
    const o: Fields = {}
    this.space()
    if (this.s[this.at] === '}') this.at++
    else {
      for (;;) {
        this.space()
        const c = this.s[this.at]
        if (c === undefined) this.error('EOF while parsing an object', this.at)
        if (c === '}') this.error('trailing comma', this.at + 1)
        if (c !== '"') this.error('key must be a string', this.at + 1)
        const key = this.string()
        this.space()
        if (this.at >= this.s.length) this.error('EOF while parsing an object', this.at)
        if (this.s[this.at] !== ':') this.error('expected `:`', this.at + 1)
        this.at++
        put(o, key, this.value(levels - 1))
        this.space()
        const next = this.s[this.at]
        if (next === undefined) this.error('EOF while parsing an object', this.at)
        this.at++
        if (next === '}') break
        if (next !== ',') this.error('expected `,` or `}`', this.at)
      }
    }
    this.depth--
    return o
  }

  private array(levels: number): Value {
    this.enter()
    this.at++
    const a: Value[] = []
    this.space()
    if (this.s[this.at] === ']') this.at++
    else {
      for (;;) {
        this.space()
        if (this.at >= this.s.length) this.error('EOF while parsing a list', this.at)
        if (this.s[this.at] === ']') this.error('trailing comma', this.at + 1)
        a.push(this.value(levels - 1))
        this.space()
        const next = this.s[this.at]
        if (next === undefined) this.error('EOF while parsing a list', this.at)
        this.at++
        if (next === ']') break
        if (next !== ',') this.error('expected `,` or `]`', this.at)
      }
    }
    this.depth--
    return a
  }

  private string(): string {
    this.at++
    let out = ''
    for (;;) {
      const c = this.s[this.at]
      if (c === undefined) return this.error('EOF while parsing a string', this.at)
      if (c === '"') {
        this.at++
        return out
      }
      if (c === '\\') out += this.escape()
      else {
        if (c < ' ') this.error('control character (\\u0000-\\u001F) found while parsing a string', this.at + 1)
        out += c
        this.at++
      }
    }
  }

  private escape(): string {
    const c = this.s[this.at + 1]
    const plain = c === undefined ? undefined : { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[c]
    if (plain !== undefined) {
      this.at += 2
      return plain
    }
    if (c === undefined) return this.error('EOF while parsing a string', this.at + 1)
    if (c !== 'u') return this.error('invalid escape', this.at + 2)
    const unit = this.unit(this.at + 2)
    this.at += 6
    if (unit >= 0xdc00 && unit <= 0xdfff) return this.error('lone leading surrogate in hex escape', this.at)
    if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit)
    if (this.s[this.at] !== '\\' || this.s[this.at + 1] !== 'u') return this.error('unexpected end of hex escape', this.at + 1)
    const low = this.unit(this.at + 2)
    this.at += 6
    if (low < 0xdc00 || low > 0xdfff) return this.error('lone leading surrogate in hex escape', this.at)
    return String.fromCharCode(unit, low)
  }

  private unit(at: number): number {
    const hex = this.s.slice(at, at + 4)
    if (hex.length < 4) return this.error('EOF while parsing a string', this.s.length)
    return /^[0-9a-fA-F]{4}$/.test(hex) ? Number.parseInt(hex, 16) : this.error('invalid escape', at + 1)
  }

  private number(): Value {
    const m = /-?(?:0|[1-9]\d*)?(\.\d*)?([eE][+-]?\d*)?/y
    m.lastIndex = this.at
    const found = m.exec(this.s)![0]
    const end = this.at + found.length
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(found) || /\d/.test(this.s[end] ?? '')) {
      return end >= this.s.length && !/^-?0\d/.test(this.s.slice(this.at))
        ? this.error('EOF while parsing a value', end)
        : this.error('invalid number', end + 1)
    }
    this.at = end
    if (/^-?\d+$/.test(found)) {
      if (found === '-0') return float(-0)
      const big = BigInt(found)
      // what does not fit 64 bits with a sign becomes a float
      return big < -9223372036854775808n || big > 9223372036854775807n ? float(Number(found)) : integer(big)
    }
    const n = Number(found)
    return Number.isFinite(n) ? float(n) : this.error('number out of range', end)
  }

  /** Lines and columns count from one, in bytes, as serde_json does. */
  private error(what: string, column: number): never {
    const before = this.s.slice(0, column)
    const lines = before.split('\n')
    const last = lines[lines.length - 1]!
    // a character of several bytes is at fault with its first
    const isCut = !what.startsWith('EOF') && /[\u0080-\uffff]$/.test(last)
    const upTo = isCut ? `${[...last].slice(0, -1).join('')}?` : last
    return fail(`unable to parse json: ${what} at line ${lines.length} column ${isAscii(upTo) ? upTo.length : toBytes(upTo).length}`)
  }
}
