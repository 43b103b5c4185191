import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { floatOrFail } from '../lib/coerce.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const parse_float = define({
  name: 'parse_float',
  summary: 'The float that decimal text stands for.',
  parameters: [textValue],
  returns: kind.float,
  fails: true,
  run: (_, value: Text) => floatOrFail(text(value)),
  example: { source: 'parse_float!("-1.5e1")', result: -15.0 },
})
