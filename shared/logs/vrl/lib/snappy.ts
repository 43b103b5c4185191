import { fail } from '../value.ts'

const outputMax = 16 * 1024 * 1024

/** A Snappy block. Literals up to 60 bytes carry their length in the tag. */
export function snappyCompress(b: Uint8Array): Uint8Array {
  const out: number[] = []
  for (let n = b.length; ; n >>>= 7) {
    out.push(n > 127 ? (n & 127) | 128 : n)
    if (n <= 127) break
  }
  for (let at = 0; at < b.length; at += 65536) {
    const chunk = b.subarray(at, at + 65536)
    const n = chunk.length - 1
    if (n < 60) out.push(n << 2)
    else if (n < 256) out.push(60 << 2, n)
    else out.push(61 << 2, n & 255, n >> 8)
    for (const x of chunk) out.push(x)
  }
  return Uint8Array.from(out)
}

export function snappyDecompress(b: Uint8Array): Uint8Array {
  const bad = (): never => fail('unable to decode value with Snappy decoder: snappy: corrupt input')
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
