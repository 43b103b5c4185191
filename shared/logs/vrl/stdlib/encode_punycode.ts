import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { encodeLabel } from '../lib/punycode.ts'
import { isAscii, type Text, text, type Value } from '../value.ts'

export const encode_punycode = define({
  name: 'encode_punycode',
  summary: 'A domain name in ASCII, its other labels in punycode.',
  parameters: [textValue, optional('validate', kind.boolean)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, validate: Value = true) =>
    text(value)
      .split('.')
      .map((label) => {
        if (isAscii(label)) return validate === true ? label.toLowerCase() : label
        const normal = validate === true ? label.normalize('NFC').toLowerCase().normalize('NFC') : label
        return isAscii(normal) ? normal : `xn--${encodeLabel(normal)}`
      })
      .join('.'),
  example: { source: 'encode_punycode!("www.café.com")', result: 'www.xn--caf-dma.com' },
})
