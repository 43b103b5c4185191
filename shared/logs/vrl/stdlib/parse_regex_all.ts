import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { captured, capturedKind } from '../lib/capture.ts'
import { wrongType } from '../lib/coerce.ts'
import type { Pattern } from '../regex.ts'
import { isString, text, type Value } from '../value.ts'

export const parse_regex_all = define({
  name: 'parse_regex_all',
  summary: 'The groups of every match of a regular expression.',
  parameters: [
    required('value', kind.any),
    { ...required('pattern', kind.regex), otherwise: { fails: 'failed to resolve regex' } },
    optional('numeric_groups', kind.boolean),
  ],
  returns: (call) => kind.arrayOf(capturedKind(call.constant('pattern'), call.constant('numeric_groups'))),
  fails: true,
  run: (_, value: Value, pattern: Pattern, numericGroups: Value = false) => {
    const s = isString(value) ? text(value) : wrongType('string', value)
    return Array.from(pattern.matches(s), (m) => captured(s, m, pattern, numericGroups === true))
  },
  example: { source: 'parse_regex_all!("a1b2", r\'(?P<n>\\d)\')', result: [{ n: '1' }, { n: '2' }] },
})
