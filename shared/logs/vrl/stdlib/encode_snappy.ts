import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { snappyCompress } from '../lib/snappy.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const encode_snappy = define({
  name: 'encode_snappy',
  summary: 'Bytes as a Snappy block.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(snappyCompress(toBytes(value))),
  example: { source: 'decode_snappy!(encode_snappy!("again"))', result: 'again' },
})
