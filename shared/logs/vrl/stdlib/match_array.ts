import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import type { Pattern } from '../regex.ts'
import { isString, text, type Value } from '../value.ts'

export const match_array = define({
  name: 'match_array',
  summary: 'Whether a regular expression matches some, or all, texts of an array.',
  parameters: [required('value', kind.anyArray), required('pattern', kind.regex), optional('all', kind.boolean)],
  returns: kind.boolean,
  run: (_, value: Value[], pattern: Pattern, all: Value = false) => {
    const matches = (v: Value): boolean => isString(v) && pattern.test(text(v))
    return all === true ? value.every(matches) : value.some(matches)
  },
  example: { source: 'match_array(["a", "b1"], r\'\\d\')', result: true },
})
