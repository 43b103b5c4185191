import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, isString, type Text, text, type Value } from '../value.ts'

export const join = define({
  name: 'join',
  summary: 'One text from an array of texts, with a separator between them.',
  parameters: [required('value', kind.anyArray), optional('separator', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Value[], separator: Text = '') =>
    value.map((v) => (isString(v) ? text(v) : fail('all array items must be strings'))).join(text(separator)),
  example: { source: 'join!(["a", "b"], "/")', result: 'a/b' },
})
