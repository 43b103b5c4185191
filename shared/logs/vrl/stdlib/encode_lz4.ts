import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { lz4Compress } from '../lib/lz4.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, type Text, toBytes, type Value } from '../value.ts'

export const encode_lz4 = define({
  name: 'encode_lz4',
  summary: 'Bytes as an LZ4 block, with their number before it unless told otherwise.',
  parameters: [textValue, optional('prepend_size', kind.boolean)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, prependSize: Value = true) => {
    const b = toBytes(value)
    const block = lz4Compress(b)
    if (prependSize !== true) return bytes(block)
    const out = new Uint8Array(block.length + 4)
    new DataView(out.buffer).setUint32(0, b.length, true)
    out.set(block, 4)
    return bytes(out)
  },
  example: { source: 'decode_lz4!(encode_lz4!("again"), prepended_size: true)', result: 'again' },
})
