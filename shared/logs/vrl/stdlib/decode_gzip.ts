import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { gunzip } from '../lib/zlib.ts'
import { bytes, type Text, toBytes } from '../value.ts'

export const decode_gzip = define({
  name: 'decode_gzip',
  summary: 'The bytes that gzip compressed.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => bytes(gunzip(toBytes(value))),
  example: { source: 'decode_gzip!(encode_gzip("again"))', result: 'again' },
})
