import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { zstdStored } from '../lib/zlib.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const encode_zstd = define({
  name: 'encode_zstd',
  summary: 'Bytes in a Zstandard frame.',
  parameters: [textValue, optional('compression_level', kind.integer)],
  returns: kind.bytes,
  run: (_, value: Text) => bytes(zstdStored(toBytes(value))),
  example: { source: 'decode_zstd!(encode_zstd("again"))', result: 'again' },
})
