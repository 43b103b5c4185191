import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text, toBytes } from '../value.ts'

/** Code points that each set escapes besides controls and what is not ASCII, as the URL standard defines them. */
const sets: Record<string, string> = {
  CONTROLS: '',
  FRAGMENT: ' "<>`',
  QUERY: ' "#<>',
  SPECIAL: ' "#<>\'',
  PATH: ' "#<>?`{}',
  USERINFO: ' "#<>?`{}/:;=@[\\]^|',
  COMPONENT: ' "#<>?`{}/:;=@[\\]^|$%&+,',
  WWW_FORM_URLENCODED: ' "#<>?`{}/:;=@[\\]^|$%&+,!\'()~',
}
const names = ['NON_ALPHANUMERIC', ...Object.keys(sets)]

export const encode_percent = define({
  name: 'encode_percent',
  summary: 'Text with the bytes outside a set written as %XX.',
  parameters: [textValue, optional('ascii_set', kind.bytes, names)],
  returns: kind.bytes,
  prepare: (call) => {
    oneOf(call, 'ascii_set', names)
    return undefined
  },
  run: (_, value: Text, asciiSet: Text = 'NON_ALPHANUMERIC') => {
    const set = sets[text(asciiSet)]
    let out = ''
    for (const b of toBytes(value)) {
      const c = String.fromCharCode(b)
      const encoded = b < 32 || b > 126 || (set === undefined ? !/[A-Za-z0-9]/.test(c) : set.includes(c))
      out += encoded ? `%${b.toString(16).toUpperCase().padStart(2, '0')}` : c
    }
    return out
  },
  example: { source: 'encode_percent("a b/ñ", ascii_set: "PATH")', result: 'a%20b/%C3%B1' },
})
