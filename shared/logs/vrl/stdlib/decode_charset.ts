import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { decoderOf } from '../lib/charset.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, toBytes } from '../value.ts'

export const decode_charset = define({
  name: 'decode_charset',
  summary: 'Text from another character set.',
  parameters: [textValue, required('from_charset', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, fromCharset: Text) =>
    (decoderOf(text(fromCharset)) ?? fail(`Unknown charset: ${text(fromCharset)}`)).decode(toBytes(value)),
  example: { source: 'decode_charset!(decode_base16!("e9"), "latin1")', result: 'é' },
})
