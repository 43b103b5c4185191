import { Refused } from './refused.ts'

/**
 * How a field is written, and what it becomes: `int` a number, or a bigint where a number would round; `fixed64` always a bigint;
 * `sample` a double, or the word `stale` for Prometheus' stale marker; `hex` and `base64` text of bytes; `repeated` an array, packed or not.
 */
export type Kind = 'string' | 'hex' | 'base64' | 'bool' | 'int' | 'uint' | 'sint' | 'fixed64' | 'sfixed64' | 'fixed32' | 'double' | 'sample'

/** Wire types by kind: encoding, "Message Structure". */
export const wireOf = {
  string: 2, hex: 2, base64: 2, bool: 0, int: 0, uint: 0, sint: 0, fixed64: 1, sfixed64: 1, double: 1, sample: 1, fixed32: 5,
} satisfies Record<Kind, number> // biome-ignore format: a table

export const cut = () => new Refused('unreadable', 'The body is not this protobuf message, or was cut.')

const decoder = new TextDecoder()
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
/** Below this many bytes, plain text is read faster byte by byte than by the decoder: measured by bench/decoders. */
const SHORT = 24

/** Reads one value after another; throws `Refused` where the bytes end early. */
export class Reader {
  at: number
  private readonly bytes: Uint8Array
  private readonly view: DataView

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  /** A varint that fits 53 bits: tags, lengths, small numbers. */
  uint(): number {
    let value = 0
    for (let scale = 1; scale < 2 ** 50; scale *= 128) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw cut()
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw cut()
  }

  range(to: number): [from: number, to: number] {
    const length = this.uint()
    const from = this.at
    if (from + length > to) throw cut()
    this.at = from + length
    return [from, this.at]
  }

  skip(wire: number, to: number): void {
    if (wire === 0) this.varint()
    else if (wire === 1) this.at += 8
    else if (wire === 2) this.range(to)
    else if (wire === 5) this.at += 4
    else throw cut()
    if (this.at > to) throw cut()
  }

  scalar(kind: Kind): unknown {
    const { at } = this
    if (wireOf[kind] === 1 || wireOf[kind] === 5) {
      this.at += wireOf[kind] === 1 ? 8 : 4
      if (this.at > this.bytes.length) throw cut()
    }
    switch (kind) {
      case 'bool':
        return Number(this.varint()) !== 0
      case 'int': {
        const value = this.varint()
        return typeof value === 'number' ? value : narrow(BigInt.asIntN(64, value))
      }
      case 'uint': {
        const value = this.varint()
        return typeof value === 'number' ? value : narrow(value)
      }
      case 'sint': {
        const value = this.varint()
        if (typeof value === 'number') return value % 2 ? -(value + 1) / 2 : value / 2
        return narrow((value >> 1n) ^ -(value & 1n))
      }
      case 'fixed64':
        return this.view.getBigUint64(at, true)
      case 'sfixed64':
        return narrow(this.view.getBigInt64(at, true))
      case 'double':
        return this.view.getFloat64(at, true)
      case 'sample': {
        const value = this.view.getFloat64(at, true)
        // the marker is one NaN among many: arithmetic and formatting would lose which
        const isStale = Number.isNaN(value) && this.view.getUint32(at, true) === 2 && this.view.getUint32(at + 4, true) === 0x7ff00000
        return isStale ? 'stale' : value
      }
      case 'fixed32':
        return this.view.getUint32(at, true)
      case 'string':
      case 'hex':
      case 'base64':
        throw cut()
      default:
        return kind satisfies never
    }
  }

  text(kind: Kind, from: number, to: number): string {
    const { bytes } = this
    if (kind === 'hex') {
      let hex = ''
      for (let i = from; i < to; i++) hex += HEX[bytes[i]!]
      return hex
    }
    if (kind === 'base64') {
      let binary = ''
      for (let i = from; i < to; i++) binary += String.fromCharCode(bytes[i]!)
      return btoa(binary)
    }
    if (to - from > SHORT) return decoder.decode(bytes.subarray(from, to))
    let short = ''
    for (let i = from; i < to; i++) {
      if (bytes[i]! > 127) return decoder.decode(bytes.subarray(from, to))
      short += String.fromCharCode(bytes[i]!)
    }
    return short
  }

  /** A number up to 49 bits, above it a bigint. */
  private varint(): number | bigint {
    let low = 0
    let scale = 1
    for (let i = 0; i < 7; i++, scale *= 128) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw cut()
      low += (byte & 127) * scale
      if (byte < 128) return low
    }
    let value = BigInt(low)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw cut()
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw cut()
  }
}

const narrow = (value: bigint): number | bigint =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
