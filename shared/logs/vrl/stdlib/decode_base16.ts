import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { fromHex } from '../lib/hex.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, type Text, text } from '../value.ts'

export const decode_base16 = define({
  name: 'decode_base16',
  summary: 'The bytes that hexadecimal text stands for.',
  parameters: [textValue],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text) => {
    const b = fromHex(text(value))
    return b ? bytes(b) : fail('unable to decode value to base16')
  },
  example: { source: 'decode_base16!("4142")', result: 'AB' },
})
