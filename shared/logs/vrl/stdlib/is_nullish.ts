import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { isString, text, type Value } from '../value.ts'

const nullish = /^(?:-|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)$/

export const is_nullish = define({
  name: 'is_nullish',
  summary: 'Whether the value is null, a dash, or text of white space only.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => value === null || (isString(value) && nullish.test(text(value))),
  example: { source: 'is_nullish(" ")', result: true },
})
