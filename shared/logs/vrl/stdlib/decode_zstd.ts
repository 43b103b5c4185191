import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { unzstd } from '../lib/zlib.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const decode_zstd = define({
  name: 'decode_zstd',
  summary: 'The bytes of a Zstandard frame.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(unzstd(toBytes(value))),
  example: { source: 'decode_zstd!(encode_zstd("again"))', result: 'again' },
})
