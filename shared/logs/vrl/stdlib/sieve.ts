import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import type { Pattern } from '../regex.ts'
import { type Text, text } from '../value.ts'

export const sieve = define({
  name: 'sieve',
  summary: 'Only what matches a pattern, with replacements for what does not.',
  parameters: [
    textValue,
    required('permitted_characters', kind.regex),
    optional('replace_single', kind.bytes),
    optional('replace_repeated', kind.bytes),
  ],
  returns: kind.bytes,
  run: (_, value: Text, permitted: Pattern, single: Text = '', repeated: Text = '') => {
    const s = text(value)
    let out = ''
    let at = 0
    const rejected = (n: number): string => (n === 0 ? '' : n === 1 ? text(single) : text(repeated))
    for (const m of permitted.matches(s, 1)) {
      out += rejected([...s.slice(at, m[0])].length) + s.slice(m[0], m[1])
      at = m[1]!
    }
    // what follows the last match is left out, as the reference does
    return out
  },
  example: { source: 'sieve("a1-b22--c", r\'[a-z]\', replace_single: "?", replace_repeated: "*")', result: 'a*b*c' },
})
