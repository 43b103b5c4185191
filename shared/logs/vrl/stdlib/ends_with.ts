import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { folded } from '../lib/folding.ts'
import { textValue } from '../lib/parameters.ts'
import type { Text, Value } from '../value.ts'

export const ends_with = define({
  name: 'ends_with',
  summary: 'Whether text ends with another.',
  parameters: [textValue, required('substring', kind.bytes), optional('case_sensitive', kind.boolean)],
  returns: kind.boolean,
  run: (_, value: Text, substring: Text, caseSensitive?: Value) => {
    const [whole, part] = folded(caseSensitive, value, substring)
    return whole!.endsWith(part!)
  },
  example: { source: 'ends_with("suffix", "fix")', result: true },
})
