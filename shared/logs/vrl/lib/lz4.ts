import { fail } from '../value.ts'

const outputMax = 16 * 1024 * 1024
const hash = (b: Uint8Array, at: number): number =>
  Math.imul(b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24), 2654435761) >>> 20

/** An LZ4 block. The last six bytes are literals and no match begins in the last twelve, as the format wants. */
export function lz4Compress(b: Uint8Array): Uint8Array {
  const out: number[] = []
  const seen = new Int32Array(4096).fill(-1)
  let anchor = 0
  let at = 0
  while (at + 12 < b.length) {
    const h = hash(b, at)
    const before = seen[h]!
    seen[h] = at
    if (before < 0 || at - before > 65535 || !sameFour(b, before, at)) {
      at++
      continue
    }
    let length = 4
    while (at + length < b.length - 6 && b[before + length] === b[at + length]) length++
    sequence(out, b.subarray(anchor, at), at - before, length)
    at += length
    anchor = at
  }
  sequence(out, b.subarray(anchor))
  return Uint8Array.from(out)
}

const sameFour = (b: Uint8Array, x: number, y: number): boolean =>
  b[x] === b[y] && b[x + 1] === b[y + 1] && b[x + 2] === b[y + 2] && b[x + 3] === b[y + 3]

function sequence(out: number[], literals: Uint8Array, offset?: number, length = 4): void {
  const extra = length - 4
  out.push((Math.min(15, literals.length) << 4) | (offset === undefined ? 0 : Math.min(15, extra)))
  if (literals.length >= 15) lengthBytes(out, literals.length - 15)
  for (const x of literals) out.push(x)
  if (offset === undefined) return
  out.push(offset & 255, offset >> 8)
  if (extra >= 15) lengthBytes(out, extra - 15)
}

function lengthBytes(out: number[], n: number): void {
  let rest = n
  for (; rest >= 255; rest -= 255) out.push(255)
  out.push(rest)
}

/** At most `size` bytes come out. Faults in the words of the reference's decoder. */
export function lz4Decompress(b: Uint8Array, size: number): Uint8Array {
  const bad = (why: string): never => fail(`unable to decode value with lz4 block decoder: ${why}`)
  if (size > outputMax) return bad('output too large')
  const out = new Uint8Array(size)
  let o = 0
  let i = 0
  const byte = (): number => b[i++] ?? bad('expected another byte, found none')
  const more = (start: number): number => {
    let n = start
    if (start === 15) for (let x = 255; x === 255; n += x) x = byte()
    return n
  }
  const room = (n: number): void => {
    if (o + n > size) bad(`provided output is too small for the decompressed data, actual ${size}, expected ${o + n}`)
  }
  for (;;) {
    const token = byte()
    const literals = more(token >> 4)
    if (i + literals > b.length) return bad('literal is out of bounds of the input')
    room(literals)
    out.set(b.subarray(i, i + literals), o)
    i += literals
    o += literals
    if (i >= b.length) return out.subarray(0, o)
    const offset = byte() | (byte() << 8)
    const length = more(token & 15) + 4
    if (offset === 0) return bad('0 is not a valid match offset')
    if (offset > o) return bad('the offset to copy is not contained in the decompressed buffer')
    room(length)
    for (let n = 0; n < length; n++, o++) out[o] = out[o - offset]!
  }
}
