import { fail } from '../value.ts'

const outputMax = 16 * 1024 * 1024
const hash = (b: Uint8Array, at: number): number =>
  Math.imul(b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24), 2654435761) >>> 20

/** An LZ4 block. The last five bytes are literals and no match begins in the last twelve, as the format wants. */
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
    while (at + length < b.length - 5 && b[before + length] === b[at + length]) length++
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

export function lz4Decompress(b: Uint8Array, size: number): Uint8Array {
  if (size > outputMax) return fail('unable to decode value with lz4 decoder: output too large')
  const out = new Uint8Array(size)
  let o = 0
  let i = 0
  const bad = (): never => fail('unable to decode value with lz4 decoder: invalid input')
  const more = (start: number): number => {
    let n = start
    if (start === 15) for (let x = 255; x === 255; n += x) x = b[i++] ?? bad()
    return n
  }
  while (i < b.length) {
    const token = b[i++]!
    const literals = more(token >> 4)
    if (i + literals > b.length || o + literals > size) return bad()
    out.set(b.subarray(i, i + literals), o)
    i += literals
    o += literals
    if (i >= b.length) break
    const offset = b[i]! | ((b[i + 1] ?? bad()) << 8)
    i += 2
    const length = more(token & 15) + 4
    if (offset === 0 || offset > o || o + length > size) return bad()
    for (let n = 0; n < length; n++, o++) out[o] = out[o - offset]!
  }
  return out.subarray(0, o)
}
