import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { toBase64 } from '../lib/base64.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, toBytes, type Value } from '../value.ts'

const charsets = ['standard', 'url_safe'] as const

export const encode_base64 = define({
  name: 'encode_base64',
  summary: 'Bytes as base64 text.',
  parameters: [textValue, optional('padding', kind.boolean), optional('charset', kind.bytes, charsets)],
  returns: kind.bytes,
  run: (_, value: Text, padding: Value = true, charset: Text = 'standard') =>
    !charsets.includes(text(charset) as 'standard')
      ? fail('unknown charset')
      : toBase64(toBytes(value), text(charset) === 'url_safe', padding === true),
  example: { source: 'encode_base64("AB", padding: false)', result: 'QUI' },
})
