import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { fromBase64 } from '../lib/base64.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, type Text, text } from '../value.ts'

const charsets = ['standard', 'url_safe'] as const

export const decode_base64 = define({
  name: 'decode_base64',
  summary: 'The bytes that base64 text stands for.',
  parameters: [textValue, optional('charset', kind.bytes, charsets)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, charset: Text = 'standard') => {
    if (!charsets.includes(text(charset) as 'standard')) return fail('unknown charset')
    const b = fromBase64(text(value), text(charset) === 'url_safe')
    return b ? bytes(b) : fail('unable to decode value from base64')
  },
  example: { source: 'decode_base64!("QUI=")', result: 'AB' },
})
