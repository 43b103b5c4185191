import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { percentDecoded } from '../lib/percent.ts'
import { type Text, text } from '../value.ts'

export const decode_percent = define({
  name: 'decode_percent',
  summary: 'Text with %XX resolved.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => percentDecoded(text(value)),
  example: { source: 'decode_percent("a%20b")', result: 'a b' },
})
