import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { decoderOf, encodeCharset } from '../lib/charset.ts'
import { textValue } from '../lib/parameters.ts'
import { bytes, fail, type Text, text } from '../value.ts'

export const encode_charset = define({
  name: 'encode_charset',
  summary: 'Text in another character set.',
  parameters: [textValue, required('to_charset', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, toCharset: Text) =>
    bytes(encodeCharset(text(value), decoderOf(text(toCharset)) ?? fail(`Unknown charset: ${text(toCharset)}`))),
  example: { source: 'encode_base16(encode_charset!("é", "latin1"))', result: 'e9' },
})
