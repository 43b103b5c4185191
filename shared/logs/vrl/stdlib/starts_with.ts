import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { folded } from '../lib/folding.ts'
import { textValue } from '../lib/parameters.ts'
import type { Text, Value } from '../value.ts'

export const starts_with = define({
  name: 'starts_with',
  summary: 'Whether text begins with another.',
  parameters: [textValue, required('substring', kind.bytes), optional('case_sensitive', kind.boolean)],
  returns: kind.boolean,
  run: (_, value: Text, substring: Text, caseSensitive?: Value) => {
    const [whole, part] = folded(caseSensitive, value, substring)
    return whole!.startsWith(part!)
  },
  example: { source: 'starts_with("prefix", "pre")', result: true },
})
