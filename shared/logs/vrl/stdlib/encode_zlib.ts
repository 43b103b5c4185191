import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { deflate, levelFails, levelOf } from '../lib/zlib.ts'
import { bytes, type Int, type Text, toBytes } from '../value.ts'

export const encode_zlib = define({
  name: 'encode_zlib',
  summary: 'Bytes compressed by zlib.',
  parameters: [textValue, optional('compression_level', kind.integer)],
  returns: kind.bytes,
  fails: (call) => levelFails(call, 9),
  run: (_, value: Text, level?: Int) => bytes(deflate(toBytes(value), levelOf(level, 9))),
  example: { source: 'decode_zlib!(encode_zlib("again"))', result: 'again' },
})
