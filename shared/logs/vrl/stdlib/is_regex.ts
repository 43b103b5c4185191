import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import { Pattern } from '../regex.ts'
import type { Value } from '../value.ts'

export const is_regex = define({
  name: 'is_regex',
  summary: 'Whether the value is a regular expression.',
  parameters: [anything],
  returns: kind.boolean,
  run: (_, value: Value) => value instanceof Pattern,
  example: { source: "is_regex(r'a+')", result: true },
})
