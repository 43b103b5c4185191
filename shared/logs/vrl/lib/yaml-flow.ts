import { type Fields, float, integer, put, type Value } from '../value.ts'

/** Flow style: JSON with bare words. */
export class FlowReader {
  private at = 0
  private depth = 0
  private readonly s: string
  private readonly wrong: (what: string) => never
  constructor(s: string, wrong: (what: string) => never) {
    this.s = s
    this.wrong = wrong
  }

  document(): Value {
    if (!/^["'[{]/.test(this.s)) return plain(uncommented(this.s))
    const v = this.value('')
    const rest = this.s.slice(this.at).trim()
    return rest === '' || rest.startsWith('#') ? v : this.wrong('did not find expected end of scalar')
  }

  private space(): void {
    while (/\s/.test(this.s[this.at] ?? '')) this.at++
  }

  private value(stop: string): Value {
    if (++this.depth > depthMax) this.wrong('nesting is too deep')
    this.space()
    const c = this.s[this.at]
    const v = c === '"' ? this.double() : c === "'" ? this.single() : c === '[' ? this.array() : c === '{' ? this.object() : this.bare(stop)
    this.depth--
    return v
  }

  private bare(stop: string): Value {
    const from = this.at
    while (
      this.at < this.s.length &&
      !stop.includes(this.s[this.at]!) &&
      !(this.s[this.at] === ':' && /[\s,\]}]|^$/.test(this.s[this.at + 1] ?? ''))
    )
      this.at++
    return plain(this.s.slice(from, this.at).trim())
  }

  private double(): string {
    const m = /"((?:\\[\s\S]|[^"\\])*)"/y
    m.lastIndex = this.at
    const found = m.exec(this.s) ?? this.wrong('found unexpected end of stream while scanning a quoted scalar')
    this.at += found[0].length
    return found[1]!.replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
      (_, x?: string, u?: string, w?: string, c?: string) => {
        const hex = x ?? u ?? w
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
        return { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', e: '\x1b', '0': '\0', N: '\x85', _: '\xa0' }[c!] ?? c!
      },
    )
  }

  private single(): string {
    const m = /'((?:''|[^'])*)'/y
    m.lastIndex = this.at
    const found = m.exec(this.s) ?? this.wrong('found unexpected end of stream while scanning a quoted scalar')
    this.at += found[0].length
    return found[1]!.replaceAll("''", "'")
  }

  private array(): Value[] {
    this.at++
    const out: Value[] = []
    for (this.space(); this.s[this.at] !== ']'; this.space()) {
      if (this.at >= this.s.length) this.wrong("did not find expected ',' or ']'")
      const v = this.value(',]:')
      this.space()
      if (this.s[this.at] === ':') {
        this.at++
        const o: Fields = {}
        put(o, String(v), this.value(',]'))
        out.push(o)
        this.space()
      } else out.push(v)
      if (this.s[this.at] === ',') this.at++
      else if (this.s[this.at] !== ']') this.wrong("did not find expected ',' or ']'")
    }
    this.at++
    return out
  }

  private object(): Fields {
    this.at++
    const out: Fields = {}
    for (this.space(); this.s[this.at] !== '}'; this.space()) {
      if (this.at >= this.s.length) this.wrong("did not find expected ',' or '}'")
      const key = this.value(',}:')
      this.space()
      let v: Value = null
      if (this.s[this.at] === ':') {
        this.at++
        v = this.value(',}')
      }
      put(out, typeof key === 'string' ? key : String(key), v)
      this.space()
      if (this.s[this.at] === ',') this.at++
      else if (this.s[this.at] !== '}') this.wrong("did not find expected ',' or '}'")
    }
    this.at++
    return out
  }
}

/** A plain scalar by the core schema. */
export function plain(s: string): Value {
  if (/^(?:~|null|Null|NULL|)$/.test(s)) return null
  if (/^(?:true|True|TRUE)$/.test(s)) return true
  if (/^(?:false|False|FALSE)$/.test(s)) return false
  if (/^[-+]?\d+$/.test(s)) {
    const big = BigInt(s.replace(/^\+/, ''))
    return big > 9223372036854775807n || big < -9223372036854775808n ? float(Number(s)) : integer(big)
  }
  if (/^0x[0-9a-fA-F]+$|^0o[0-7]+$/.test(s)) return integer(BigInt(s))
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(s)) return float(Number(s))
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(s)) return s.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return s
}

export const depthMax = 64

export const uncommented = (s: string): string => (/^["']/.test(s) ? s.trim() : s.replace(/(?:^|\s)#.*$/, '').trim())
