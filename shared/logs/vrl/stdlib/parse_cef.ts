import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { parseCef, translated } from '../lib/cef.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text, type Value } from '../value.ts'

export const parse_cef = define({
  name: 'parse_cef',
  summary: 'The fields of a message in the Common Event Format.',
  parameters: [textValue, optional('translate_custom_fields', kind.boolean), optional('strict', kind.boolean)],
  returns: kind.record(
    Object.fromEntries(
      ['cefVersion', 'deviceVendor', 'deviceProduct', 'deviceVersion', 'deviceEventClassId', 'name', 'severity'].map((n) => [
        n,
        kind.bytes,
      ]),
    ),
    kind.bytes,
  ),
  fails: true,
  run: (_, value: Text, translate: Value = false, strict: Value = true) => {
    const found = parseCef(text(value), strict === true)
    return translate === true ? translated(found) : found
  },
  example: { source: 'parse_cef!("CEF:0|a|b|1|2|n|5|src=10.0.0.1").src', result: '10.0.0.1' },
})
