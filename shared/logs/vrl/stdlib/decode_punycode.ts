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
    text(value)
      .split('.')
      .map((label) => {
        if (!/^xn--/i.test(label)) return validate === true ? label.toLowerCase() : label
        const decoded = decodeLabel(label.slice(4))
        if (validate !== true) return decoded ?? label
        if (!decoded || isAscii(decoded)) return fail('unable to decode punycode')
        return decoded.toLowerCase().normalize('NFC')
      })
      .join('.'),
  example: { source: 'decode_punycode!("www.xn--caf-dma.com")', result: 'www.café.com' },
})
