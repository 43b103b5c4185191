import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import type { Pattern } from '../regex.ts'
import { type Text, text } from '../value.ts'

export const match = define({
  name: 'match',
  summary: 'Whether a regular expression matches somewhere in text.',
  parameters: [textValue, required('pattern', kind.regex)],
  returns: kind.boolean,
  run: (_, value: Text, pattern: Pattern) => pattern.test(text(value)),
  example: { source: 'match("v12", r\'\\d\')', result: true },
})
