import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { gzip, levelFails, levelOf } from '../lib/zlib.ts'
import { bytes, type Int, type Text, toBytes } from '../value.ts'

export const encode_gzip = define({
  name: 'encode_gzip',
  summary: 'Bytes compressed by gzip.',
  parameters: [textValue, optional('compression_level', kind.integer)],
  returns: kind.bytes,
  fails: (call) => levelFails(call, 9),
  run: (_, value: Text, level?: Int) => bytes(gzip(toBytes(value), levelOf(level, 9))),
  example: { source: 'decode_gzip!(encode_gzip("again"))', result: 'again' },
})
