/**
 * DEFLATE (RFC 1951) where Node's zlib is missing, which is the editor in a browser: reads all of it, writes stored blocks.
 * Functions of the standard library are synchronous, so the browser's own `DecompressionStream` cannot serve them.
 */
export function inflateRaw(input: Uint8Array, outputMax: number): { out: Uint8Array; used: number } {
  const bits = new Bits(input)
  const out = new Output(outputMax)
  for (let last = false; !last; ) {
    last = bits.take(1) === 1
    const type = bits.take(2)
    if (type === 0) stored(bits, out)
    else if (type === 1) compressed(bits, out, fixedLengths, fixedDistances)
    else if (type === 2) dynamic(bits, out)
    else throw new RangeError('no such type of block')
  }
  return { out: out.bytes(), used: bits.used }
}

/** The bytes as blocks that are stored as they are. */
export function deflateStored(input: Uint8Array): Uint8Array {
  const blockMax = 65_535
  const blocks = Math.max(1, Math.ceil(input.length / blockMax))
  const out = new Uint8Array(input.length + 5 * blocks)
  const view = new DataView(out.buffer)
  let at = 0
  for (let i = 0; i < blocks; i++) {
    const block = input.subarray(i * blockMax, (i + 1) * blockMax)
    out[at] = i === blocks - 1 ? 1 : 0
    view.setUint16(at + 1, block.length, true)
    view.setUint16(at + 3, block.length ^ 0xffff, true)
    out.set(block, at + 5)
    at += 5 + block.length
  }
  return out
}

/** RFC 1950 §8.2. */
export function adler32(b: Uint8Array): number {
  let low = 1
  let high = 0
  for (const x of b) {
    low = (low + x) % 65_521
    high = (high + low) % 65_521
  }
  return ((high << 16) | low) >>> 0
}

class Bits {
  private at = 0
  private held = 0
  private count = 0
  private readonly input: Uint8Array

  constructor(input: Uint8Array) {
    this.input = input
  }

  take(n: number): number {
    while (this.count < n) {
      if (this.at >= this.input.length) throw new RangeError('ends too early')
      this.held |= this.input[this.at++]! << this.count
      this.count += 8
    }
    const value = this.held & ((1 << n) - 1)
    this.held >>>= n
    this.count -= n
    return value
  }

  /** Whole bytes: what is left of the current one is let go. */
  bytes(n: number): Uint8Array {
    if (this.at + n > this.input.length) throw new RangeError('ends too early')
    this.at += n
    return this.input.subarray(this.at - n, this.at)
  }

  align(): void {
    this.held = 0
    this.count = 0
  }

  get used(): number {
    return this.at
  }
}

class Output {
  private held = new Uint8Array(1024)
  private length = 0
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  private room(more: number): void {
    if (this.length + more > this.most) throw new RangeError('too large')
    if (this.length + more <= this.held.length) return
    const next = new Uint8Array(Math.max(2 * this.held.length, this.length + more))
    next.set(this.held)
    this.held = next
  }

  byte(b: number): void {
    this.room(1)
    this.held[this.length++] = b
  }

  all(b: Uint8Array): void {
    this.room(b.length)
    this.held.set(b, this.length)
    this.length += b.length
  }

  copy(distance: number, length: number): void {
    if (distance > this.length) throw new RangeError('refers to before the begin')
    this.room(length)
    for (let i = 0; i < length; i++) this.held[this.length] = this.held[this.length++ - distance]!
  }

  bytes(): Uint8Array {
    return this.held.slice(0, this.length)
  }
}

function stored(bits: Bits, out: Output): void {
  bits.align()
  const [a, b, c, d] = bits.bytes(4)
  const length = a! | (b! << 8)
  if ((length ^ 0xffff) !== (c! | (d! << 8))) throw new RangeError('length does not fit its complement')
  out.all(bits.bytes(length))
}

/** A canonical code: how many codes of each length there are, and the symbols in their order. */
interface Code {
  readonly counts: Uint16Array
  readonly symbols: Uint16Array
}

function codeOf(lengths: ArrayLike<number>): Code {
  const counts = new Uint16Array(16)
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]!]!++
  counts[0] = 0
  const next = new Uint16Array(16)
  for (let i = 1; i < 16; i++) next[i] = next[i - 1]! + counts[i - 1]!
  const symbols = new Uint16Array(lengths.length)
  for (let i = 0; i < lengths.length; i++) if (lengths[i] !== 0) symbols[next[lengths[i]!]!++] = i
  return { counts, symbols }
}

function symbolOf(bits: Bits, { counts, symbols }: Code): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length < 16; length++) {
    code |= bits.take(1)
    const count = counts[length]!
    if (code - count < first) return symbols[index + (code - first)]!
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new RangeError('no such code')
}

const fixedLengths = codeOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)))
const fixedDistances = codeOf(new Array<number>(30).fill(5))
const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function dynamic(bits: Bits, out: Output): void {
  const [literals, distances, codes] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4]
  const own = new Uint8Array(19)
  for (let i = 0; i < codes; i++) own[order[i]!] = bits.take(3)
  const code = codeOf(own)
  const lengths = new Uint8Array(literals + distances)
  for (let i = 0; i < lengths.length; ) {
    const symbol = symbolOf(bits, code)
    if (symbol < 16) {
      lengths[i++] = symbol
      continue
    }
    if (symbol === 16 && i === 0) throw new RangeError('nothing to repeat')
    const value = symbol === 16 ? lengths[i - 1]! : 0
    const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)
    if (i + times > lengths.length) throw new RangeError('too many lengths')
    lengths.fill(value, i, i + times)
    i += times
  }
  compressed(bits, out, codeOf(lengths.subarray(0, literals)), codeOf(lengths.subarray(literals)))
}

/** RFC 1951 §3.2.5: from how many bytes on, and how many bits say more. */
const lengthFrom = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const distanceFrom = Array.from({ length: 30 }, (_, i) => (i < 4 ? i + 1 : ((2 + (i & 1)) << ((i >> 1) - 1)) + 1))

function compressed(bits: Bits, out: Output, lengths: Code, distances: Code): void {
  for (;;) {
    const symbol = symbolOf(bits, lengths)
    if (symbol < 256) out.byte(symbol)
    else if (symbol === 256) return
    else {
      const i = symbol - 257
      if (i > 28) throw new RangeError('no such length')
      const length = lengthFrom[i]! + bits.take(lengthBits[i]!)
      const d = symbolOf(bits, distances)
      if (d > 29) throw new RangeError('no such distance')
      out.copy(distanceFrom[d]! + bits.take(d < 4 ? 0 : (d >> 1) - 1), length)
    }
  }
}
