import { bytes, type Fields, fail, float, integer, isInteger, isString, put, text, toBig, toBytes, type Value } from '../value.ts'

/** RFC 8949, as far as VRL has values for it: tags are dropped, maps need text keys. */
export function parseCbor(b: Uint8Array): Value {
  const r = new CborReader(b)
  const v = r.value()
  return r.done ? v : fail('unable to parse cbor: trailing data')
}

class CborReader {
  private at = 0
  private depth = 0
  private readonly b: Uint8Array
  private readonly view: DataView
  constructor(b: Uint8Array) {
    this.b = b
    this.view = new DataView(b.buffer, b.byteOffset, b.length)
  }

  get done(): boolean {
    return this.at === this.b.length
  }

  private wrong(): never {
    return fail('unable to parse cbor: invalid input')
  }

  private take(n: number): number {
    const from = this.at
    this.at += n
    return this.at > this.b.length ? this.wrong() : from
  }

  /** The argument of a head; `undefined` when the length is open. */
  private argument(info: number): bigint | undefined {
    if (info < 24) return BigInt(info)
    if (info === 24) return BigInt(this.b[this.take(1)]!)
    if (info === 25) return BigInt(this.view.getUint16(this.take(2)))
    if (info === 26) return BigInt(this.view.getUint32(this.take(4)))
    if (info === 27) return this.view.getBigUint64(this.take(8))
    return info === 31 ? undefined : this.wrong()
  }

  value(): Value {
    if (++this.depth > 100) this.wrong()
    const head = this.b[this.take(1)]!
    const v = this.body(head >> 5, head & 31)
    this.depth--
    return v
  }

  private get atBreak(): boolean {
    if (this.b[this.at] !== 0xff) return false
    this.at++
    return true
  }

  private body(major: number, info: number): Value {
    if (major === 7) return this.simple(info)
    const n = this.argument(info)
    if (major === 0) return integer(n ?? this.wrong())
    if (major === 1) return integer(-1n - (n ?? this.wrong()))
    if (major === 6) return this.value()
    const count = n === undefined ? undefined : Number(n)
    if (count !== undefined && count > this.b.length - this.at) return this.wrong()
    if (major < 4) return this.string(count)
    if (major === 4) return this.array(count)
    return this.map(count)
  }

  private string(count: number | undefined): Value {
    if (count !== undefined) {
      const from = this.take(count)
      return bytes(this.b.slice(from, from + count))
    }
    const parts: number[] = []
    while (!this.atBreak) {
      const v = this.value()
      if (!isString(v)) return this.wrong()
      parts.push(...toBytes(v))
    }
    return bytes(Uint8Array.from(parts))
  }

  private array(count: number | undefined): Value[] {
    const out: Value[] = []
    while (count === undefined ? !this.atBreak : out.length < count) out.push(this.value())
    return out
  }

  private map(count: number | undefined): Fields {
    const out: Fields = {}
    for (let i = 0; count === undefined ? !this.atBreak : i < count; i++) {
      const key = this.value()
      put(out, isString(key) ? text(key) : isInteger(key) ? toBig(key).toString() : this.wrong(), this.value())
    }
    return out
  }

  private simple(info: number): Value {
    if (info === 20 || info === 21) return info === 21
    if (info === 22 || info === 23) return null
    if (info === 25) return this.number(half(this.view.getUint16(this.take(2))))
    if (info === 26) return this.number(this.view.getFloat32(this.take(4)))
    return info === 27 ? this.number(this.view.getFloat64(this.take(8))) : this.wrong()
  }

  private number(n: number): Value {
    return Number.isNaN(n) ? this.wrong() : float(n)
  }
}

function half(h: number): number {
  const exponent = (h >> 10) & 31
  const fraction = h & 1023
  const sign = h >> 15 ? -1 : 1
  if (exponent === 0) return sign * fraction * 2 ** -24
  return exponent === 31 ? (fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY) : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
