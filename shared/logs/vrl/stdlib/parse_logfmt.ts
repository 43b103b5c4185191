import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { parseKeyValue } from '../lib/key-value.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const parse_logfmt = define({
  name: 'parse_logfmt',
  summary: 'Names and values of a logfmt line.',
  parameters: [textValue],
  returns: kind.mapOf(kind.or(kind.anyArray, kind.scalar.bytes | kind.scalar.boolean)),
  fails: true,
  run: (_, value: Text) => parseKeyValue(text(value), { between: '=', fields: ' ', strict: false, standalone: true }),
  example: { source: 'parse_logfmt!("level=info ok")', result: { level: 'info', ok: true } },
})
