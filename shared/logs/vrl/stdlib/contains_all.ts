import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { folded } from '../lib/folding.ts'
import { textValue } from '../lib/parameters.ts'
import { isString, type Text, type Value } from '../value.ts'

export const contains_all = define({
  name: 'contains_all',
  summary: 'Whether text has all of several others in it.',
  parameters: [textValue, required('substrings', kind.anyArray), optional('case_sensitive', kind.boolean)],
  returns: kind.boolean,
  fails: (call) => !kind.isBytes(kind.reduced(call.kind('substrings')!.array ?? kind.anyOf)),
  run: (_, value: Text, substrings: Value[], caseSensitive?: Value) => {
    const [whole] = folded(caseSensitive, value)
    return substrings.every((s) => (isString(s) ? whole!.includes(folded(caseSensitive, s)[0]!) : wrongType('string', s)))
  },
  example: { source: 'contains_all("one two", ["one", "wo"])', result: true },
})
