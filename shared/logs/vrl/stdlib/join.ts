import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { lately, lateText } from '../lib/parameters.ts'
import { fail, isString, text, type Value } from '../value.ts'

export const join = define({
  name: 'join',
  summary: 'One text from an array of texts, with a separator between them.',
  parameters: [required('value', kind.anyArray), lately(optional('separator', kind.bytes))],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Value[], separator: Value = '') =>
    value.map((v) => (isString(v) ? text(v) : fail('all array items must be strings'))).join(lateText(separator)),
  example: { source: 'join!(["a", "b"], "/")', result: 'a/b' },
})
