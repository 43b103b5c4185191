import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { inflate } from '../lib/zlib.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const decode_zlib = define({
  name: 'decode_zlib',
  summary: 'The bytes that zlib compressed.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(inflate(toBytes(value))),
  example: { source: 'decode_zlib!(encode_zlib("again"))', result: 'again' },
})
