import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const downcase = define({
  name: 'downcase',
  summary: 'Text in lower case.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => text(value).toLowerCase(),
  example: { source: 'downcase("ÀB")', result: 'àb' },
})
