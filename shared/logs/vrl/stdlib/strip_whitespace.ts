import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

const edges =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

export const strip_whitespace = define({
  name: 'strip_whitespace',
  summary: 'Text without white space at its ends.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => text(value).replace(edges, ''),
  example: { source: 'strip_whitespace("\\t a ")', result: 'a' },
})
