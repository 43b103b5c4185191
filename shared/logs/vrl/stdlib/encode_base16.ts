import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { toHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, toBytes } from '../value.ts'

export const encode_base16 = define({
  name: 'encode_base16',
  summary: 'Bytes as hexadecimal text.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => toHex(toBytes(value)),
  example: { source: 'encode_base16("AB")', result: '4142' },
})
