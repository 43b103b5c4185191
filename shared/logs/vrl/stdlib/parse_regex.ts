import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { captured, capturedKind } from '../lib/capture.ts'
import { textValue } from '../lib/parameters.ts'
import type { Pattern } from '../regex.ts'
import { fail, type Text, text, type Value } from '../value.ts'

export const parse_regex = define({
  name: 'parse_regex',
  summary: 'The groups of the first match of a regular expression.',
  parameters: [
    textValue,
    { ...required('pattern', kind.regex), otherwise: { fails: 'failed to resolve regex' } },
    optional('numeric_groups', kind.boolean),
  ],
  returns: (call) => capturedKind(call.constant('pattern'), call.constant('numeric_groups')),
  fails: true,
  run: (_, value: Text, pattern: Pattern, numericGroups: Value = false) => {
    const s = text(value)
    const m = pattern.match(s)
    return m ? captured(s, m, pattern, numericGroups === true) : fail('could not find any pattern matches')
  },
  example: { source: 'parse_regex!("k=v", r\'(?P<key>\\w)=(?P<value>\\w)\')', result: { key: 'k', value: 'v' } },
})
