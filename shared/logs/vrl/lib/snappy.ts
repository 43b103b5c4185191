import { fail } from '../value.ts'

const outputMax = 16 * 1024 * 1024

/** A Snappy block: the greedy search of the reference implementation, by hashes of four bytes. */
export function snappyCompress(b: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let n = b.length; ; n >>>= 7) {
    out.push(n > 127 ? (n & 127) | 128 : n)
    if (n <= 127) break
  }
  for (let at = 0; at < b.length; at += 65536) {
    const chunk = b.subarray(at, at + 65536)
    if (chunk.length < 17) literal(out, chunk)
    else new Search(out, chunk).run()
  }
  return Uint8Array.from(out)
}

/** What follows a match's begin closer than this to the end is not looked at. */
const MARGIN = 15

class Search {
  private readonly out: number[]
  private readonly b: Uint8Array
  private readonly table: Uint16Array
  private readonly shift: number
  private readonly limit: number
  private emitted = 0

  constructor(out: number[], b: Uint8Array) {
    this.out = out
    this.b = b
    this.limit = b.length - MARGIN
    let bits = 8
    while (bits < 14 && 2 ** bits < b.length) bits++
    this.table = new Uint16Array(2 ** bits)
    this.shift = 32 - bits
  }

  run(): void {
    for (let at = this.find(1); at >= 0; at = this.find(this.copies(at))) {
      if (this.emitted >= this.limit) break
    }
    if (this.emitted < this.b.length) literal(this.out, this.b.subarray(this.emitted))
  }

  private four(at: number): number {
    const { b } = this
    return (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0
  }

  private hash(at: number): number {
    return Math.imul(this.four(at), 0x1e35a7bd) >>> this.shift
  }

  private candidate = 0

  /** The next place whose four bytes came before (that place is `candidate`), looking ever more sparsely; -1 near the end. */
  private find(from: number): number {
    if (from < 0) return -1
    let skip = 32
    let next = from
    for (;;) {
      const at = next
      const step = skip >> 5
      next = at + step
      skip += step
      if (next > this.limit) return -1
      const h = this.hash(at)
      this.candidate = this.table[h]!
      this.table[h] = at
      if (this.four(at) === this.four(this.candidate)) return at
    }
  }

  /** Emits what lies before and every match that begins where one ends; where to go on looking, or -1. */
  private copies(at: number): number {
    const { b, table } = this
    literal(this.out, b.subarray(this.emitted, at))
    let here = at
    for (;;) {
      const start = here
      here += 4
      for (let i = this.candidate + 4; here < b.length && b[i] === b[here]; i++) here++
      copy(this.out, start - this.candidate, here - start)
      this.emitted = here
      if (here >= this.limit) return -1
      table[this.hash(here - 1)] = here - 1
      const h = this.hash(here)
      this.candidate = table[h]!
      table[h] = here
      if (this.four(here) !== this.four(this.candidate)) return here + 1
    }
  }
}

function literal(out: number[], b: Uint8Array): void {
  if (!b.length) return
  const n = b.length - 1
  if (n < 60) out.push(n << 2)
  else if (n < 256) out.push(60 << 2, n)
  else out.push(61 << 2, n & 255, n >> 8)
  for (const x of b) out.push(x)
}

function copy(out: number[], offset: number, length: number): void {
  let left = length
  const two = (n: number) => out.push(((n - 1) << 2) | 2, offset & 255, offset >> 8)
  for (; left >= 68; left -= 64) two(64)
  if (left > 64) {
    two(60)
    left -= 60
  }
  if (left >= 12 || offset >= 2048) two(left)
  else out.push(((offset >> 8) << 5) | ((left - 4) << 2) | 1, offset & 255)
}

export function snappyDecompress(b: Uint8Array): Uint8Array {
  const bad = (): never => fail('unable to decode value with Snappy decoder')
  let i = 0
  let size = 0
  for (let shift = 0; ; shift += 7) {
    const x = b[i++] ?? bad()
    size += (x & 127) * 2 ** shift
    if (x < 128) break
    if (shift > 28) return bad()
  }
  if (size > outputMax) return bad()
  const out = new Uint8Array(size)
  let o = 0
  const little = (n: number): number => {
    let v = 0
    for (let k = 0; k < n; k++) v += (b[i++] ?? bad()) * 2 ** (8 * k)
    return v
  }
  while (i < b.length) {
    const tag = b[i++]!
    const type = tag & 3
    if (type === 0) {
      const length = (tag >> 2 < 60 ? tag >> 2 : little((tag >> 2) - 59)) + 1
      if (i + length > b.length || o + length > size) return bad()
      out.set(b.subarray(i, i + length), o)
      i += length
      o += length
    } else {
      const length = type === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1
      const offset = type === 1 ? ((tag >> 5) << 8) | little(1) : little(type === 2 ? 2 : 4)
      if (offset === 0 || offset > o || o + length > size) return bad()
      for (let n = 0; n < length; n++, o++) out[o] = out[o - offset]!
    }
  }
  return o === size ? out : bad()
}
