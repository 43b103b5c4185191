import { type Fields, fail, field, put, type Value } from '../value.ts'

export interface KeyValueFormat {
  readonly between: string
  readonly fields: string
  readonly strict: boolean
  readonly standalone: boolean
}

/** `a=1 b="two words"`: text into names and values. */
export function parseKeyValue(s: string, f: KeyValueFormat): Fields {
  return new Reader(s, f).all()
}

class Reader {
  private at = 0
  /** Quotes that nothing closes any more: looking again from every later place would take quadratic time. */
  private readonly unclosed = new Set<string>()
  private readonly s: string
  private readonly f: KeyValueFormat

  constructor(s: string, f: KeyValueFormat) {
    this.s = s.trim()
    this.f = f
  }

  all(): Fields {
    const out: Fields = {}
    if (this.s === '') return fail('0: in Verify, got empty input')
    for (;;) {
      this.space()
      const from = this.at
      this.pair(out)
      if (this.at === from) return fail('could not parse whole line successfully')
      this.space()
      if (this.at >= this.s.length) return out
      if (!this.delimiter()) return fail(`could not parse whole line successfully: ${this.s.slice(this.at)}`)
      if (this.at >= this.s.length) return fail('could not parse whole line successfully')
    }
  }

  private space(): undefined {
    if (/^\s+$/.test(this.f.fields)) return
    while (/\s/.test(this.s[this.at] ?? '')) this.at++
  }

  private delimiter(): boolean {
    let found = false
    while (this.s.startsWith(this.f.fields, this.at)) {
      this.at += this.f.fields.length
      found = true
      if (!/^\s+$/.test(this.f.fields)) break
    }
    return found
  }

  private pair(out: Fields): undefined {
    const { between, fields, strict, standalone } = this.f
    const from = this.at
    const key = this.quoted([between, fields]) ?? this.bare(standalone ? [between, fields] : [between])
    const here = this.at
    // what begins with the sign between name and value has no name: all of it is one
    if (key === '' && here === from) {
      if (between === '' || !this.s.startsWith(between, here)) return
      this.at += between.length
      add(out, between + this.bare([fields]), true)
      return
    }
    if (!strict) while (/[ \t]/.test(this.s[this.at] ?? '') && !(/^\s+$/.test(between) && this.s.startsWith(between, this.at))) this.at++
    let value: Value = true
    if (this.s.startsWith(between, this.at)) {
      this.at += between.length
      if (!strict && !/^\s+$/.test(fields)) while (/[ \t]/.test(this.s[this.at] ?? '')) this.at++
      else if (!strict) while (this.s[this.at] === ' ') this.at++
      value = this.quoted([fields]) ?? this.bare([fields])
    } else {
      this.at = here
      if (!standalone) return fail(`could not parse whole line successfully: ${this.s.slice(here)}`)
    }
    add(out, key, value)
  }

  /** Quoted text, if a delimiter or the end stands behind it. */
  private quoted(ends: readonly string[]): string | undefined {
    const quote = this.s[this.at]
    if ((quote !== '"' && quote !== "'") || this.unclosed.has(quote)) return undefined
    let out = ''
    for (let i = this.at + 1; i < this.s.length; i++) {
      const c = this.s[i]!
      if (c === '\\' && i + 1 < this.s.length) {
        const e = this.s[++i]!
        out += { n: '\n', t: '\t', r: '\r' }[e] ?? (e === quote || e === '\\' ? e : `\\${e}`)
      } else if (c === quote) {
        const rest = this.s.slice(i + 1)
        if (rest !== '' && !ends.some((e) => rest.startsWith(e)) && !/^\s/.test(rest)) return undefined
        this.at = i + 1
        return out
      } else out += c
    }
    this.unclosed.add(quote)
    return undefined
  }

  private bare(ends: readonly string[]): string {
    let end = this.at
    while (end < this.s.length && !ends.some((e) => this.s.startsWith(e, end))) end++
    const out = this.s.slice(this.at, end)
    this.at = end
    return out.trim()
  }
}

function add(out: Fields, key: string, value: Value): undefined {
  const before = field(out, key)
  if (before === undefined) put(out, key, value)
  else if (Array.isArray(before)) before.push(value)
  else put(out, key, [before, value])
}
