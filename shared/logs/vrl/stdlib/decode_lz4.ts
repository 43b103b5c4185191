import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { lz4Decompress } from '../lib/lz4.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, type Int, type Text, toBytes, toNumber, type Value } from '../value.ts'

/** What one value may grow to when it is decompressed. */
const LZ4_MAX = 16 * 1024 * 1024

export const decode_lz4 = define({
  name: 'decode_lz4',
  summary: 'The bytes of an LZ4 block or frame.',
  parameters: [textValue, optional('buf_size', kind.integer), optional('prepended_size', kind.boolean)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, bufSize: Int = 1_000_000, prependedSize: Value = false) => {
    const b = toBytes(value)
    if (b.length >= 7 && b[0] === 4 && b[1] === 0x22 && b[2] === 0x4d && b[3] === 0x18) return bytes(lz4Frame(b))
    if (prependedSize !== true) return bytes(lz4Decompress(b, toNumber(bufSize)))
    if (b.length < 4) return fail('unable to decode value with lz4 block decoder: expected another byte, found none')
    const size = new DataView(b.buffer, b.byteOffset).getUint32(0, true)
    return bytes(lz4Decompress(b.subarray(4), Math.min(size, LZ4_MAX)))
  },
  example: { source: 'decode_lz4!(encode_lz4!("again"), prepended_size: true)', result: 'again' },
})

/** The LZ4 frame format; checksums are skipped. */
function lz4Frame(b: Uint8Array): Uint8Array {
  const flags = b[4]!
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
  const parts: Uint8Array[] = []
  const view = new DataView(b.buffer, b.byteOffset, b.length)
  while (at + 4 <= b.length) {
    const size = view.getUint32(at, true)
    at += 4
    if (size === 0) break
    const length = size & 0x7fffffff
    const block = b.subarray(at, at + length)
    parts.push(size & 0x80000000 ? block : lz4Decompress(block, 4 * 1024 * 1024))
    at += length + (flags & 16 ? 4 : 0)
  }
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let o = 0
  for (const p of parts) {
    out.set(p, o)
    o += p.length
  }
  return out
}
