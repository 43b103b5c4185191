import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const upcase = define({
  name: 'upcase',
  summary: 'Text in upper case.',
  parameters: [textValue],
  returns: kind.bytes,
  run: (_, value: Text) => text(value).toUpperCase(),
  example: { source: 'upcase("Straße")', result: 'STRASSE' },
})
