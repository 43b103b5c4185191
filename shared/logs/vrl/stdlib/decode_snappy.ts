import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { snappyDecompress } from '../lib/snappy.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const decode_snappy = define({
  name: 'decode_snappy',
  summary: 'The bytes of a Snappy block.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(snappyDecompress(toBytes(value))),
  example: { source: 'decode_snappy!(encode_snappy!("again"))', result: 'again' },
})
