import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { decodeLabel } from '../lib/punycode.ts'
import { fail, isAscii, type Text, text, type Value } from '../value.ts'

export const decode_punycode = define({
  name: 'decode_punycode',
  summary: 'A domain name with its punycode labels resolved.',
  parameters: [textValue, optional('validate', kind.boolean)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Text, validate: Value = true) =>
    withoutPunycode(text(value)) ??
    text(value)
      .split('.')
      .map((label) => {
        if (!/^xn--/i.test(label)) return validate === true ? label.toLowerCase() : label
        const decoded = decodeLabel(label.slice(4))
        if (validate !== true) return decoded ?? label
        if (!decoded || isAscii(decoded)) return fail('unable to decode punycode')
        const lower = decoded.toLowerCase().normalize('NFC')
        // UTS 46: what would be written otherwise, and what is no character, has no place in a name
        return lower.normalize('NFKC') === lower && !/\p{C}/u.test(lower) ? lower : fail('unable to decode punycode')
      })
      .join('.'),
  example: { source: 'decode_punycode!("www.xn--caf-dma.com")', result: 'www.café.com' },
})

/** Text without a label of punycode is left as it is. */
const withoutPunycode = (s: string): string | undefined => (s.includes('xn--') ? undefined : s)
