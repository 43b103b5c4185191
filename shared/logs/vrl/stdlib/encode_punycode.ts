import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { decodeLabel, encodeLabel } from '../lib/punycode.ts'
import { fail, isAscii, type Text, text, type Value } from '../value.ts'

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
        if (isAscii(label)) {
          if (validate === true && /^xn--/i.test(label) && !isPunycode(label.slice(4))) return fail('unable to encode to punycode')
          return label.toLowerCase()
        }
        const normal = label.normalize('NFC').toLowerCase().normalize('NFC')
        return isAscii(normal) ? normal : `xn--${encodeLabel(normal)}`
      })
      .join('.'),
  example: { source: 'encode_punycode!("www.café.com")', result: 'www.xn--caf-dma.com' },
})

/** A label that says it is punycode must decode to something that needed it. */
const isPunycode = (s: string): boolean => {
  const decoded = decodeLabel(s)
  return decoded !== undefined && decoded !== '' && !isAscii(decoded) && encodeLabel(decoded) === s.toLowerCase()
}
