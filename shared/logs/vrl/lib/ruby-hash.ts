import { type Fields, fail, float, integer, put, type Value } from '../value.ts'

export class RubyReader {
  private at = 0
  private depth = 0
  private readonly s: string
  constructor(s: string) {
    this.s = s
  }

  document(): Value {
    const v = this.value()
    this.space()
    return this.at < this.s.length ? this.wrong() : v
  }

  private wrong(): never {
    return fail(`could not parse whole line successfully: ${this.s.slice(this.at, this.at + 40)}`)
  }

  private space(): void {
    while (/\s/.test(this.s[this.at] ?? '')) this.at++
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    const m = pattern.exec(this.s)
    if (m) this.at += m[0].length
    return m
  }

  private value(): Value {
    if (++this.depth > 100) this.wrong()
    this.space()
    const v = this.bare()
    this.depth--
    return v
  }

  private bare(): Value {
    const c = this.s[this.at]
    if (c === '{') return this.hash()
    if (c === '[') return this.array()
    if (c === '"' || c === "'") return this.string(c)
    const number = this.take(/-?\d+(\.\d+)?(?:[eE][+-]?\d+)?/y)
    if (number) return /^-?\d+$/.test(number[0]) ? integer(BigInt(number[0])) : float(Number(number[0]))
    const symbol = this.take(/:(?:"([^"]*)"|([A-Za-z_]\w*[?!]?))/y)
    if (symbol) return symbol[1] ?? symbol[2]!
    const word = this.take(/true|false|nil/y)
    return word ? { true: true, false: false, nil: null }[word[0] as 'true']! : this.wrong()
  }

  private string(quote: string): string {
    const m = this.take(quote === '"' ? /"((?:\\[\s\S]|[^"\\])*)"/y : /'((?:\\[\s\S]|[^'\\])*)'/y) ?? this.wrong()
    return m[1]!.replace(/\\([\s\S])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c)
  }

  private array(): Value[] {
    this.at++
    const out: Value[] = []
    for (this.space(); this.s[this.at] !== ']'; this.space()) {
      out.push(this.value())
      this.space()
      if (this.s[this.at] === ',') this.at++
      else if (this.s[this.at] !== ']') this.wrong()
    }
    this.at++
    return out
  }

  private hash(): Fields {
    this.at++
    const out: Fields = {}
    for (this.space(); this.s[this.at] !== '}'; this.space()) {
      const word = this.take(/([A-Za-z_]\w*):(?!:)\s*/y)
      const key = word ? word[1]! : this.key()
      put(out, key, this.value())
      this.space()
      if (this.s[this.at] === ',') this.at++
      else if (this.s[this.at] !== '}') this.wrong()
    }
    this.at++
    return out
  }

  private key(): string {
    const v = this.value()
    this.space()
    if (!this.take(/=>/y)) this.wrong()
    return typeof v === 'string' ? v : String(v)
  }
}
