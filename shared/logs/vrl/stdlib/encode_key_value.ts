import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { encodeKeyValue } from '../lib/encode-key-value.ts'
import { type Fields, fail, isString, kindOf, type Text, text, type Value } from '../value.ts'

export const encode_key_value = define({
  name: 'encode_key_value',
  summary: 'An object as text such as `a=1 b="two words"`.',
  parameters: [
    required('value', kind.anyObject),
    optional('fields_ordering', kind.anyArray),
    optional('key_value_delimiter', kind.bytes),
    optional('field_delimiter', kind.bytes),
    optional('flatten_boolean', kind.boolean),
  ],
  returns: kind.bytes,
  fails: (call) => call.arg('fields_ordering') !== undefined,
  run: (_, value: Fields, ordering: Value[] = [], between: Text = '=', fields: Text = ' ', flattenBoolean: Value = false) => {
    const first = ordering.map((f, i) =>
      isString(f) ? text(f) : fail(`invalid field value type at index ${i}: expected string, got ${kindOf(f)}`),
    )
    return encodeKeyValue(value, first, { between: text(between), fields: text(fields), flattenBoolean: flattenBoolean === true })
  },
  example: { source: 'encode_key_value({ "a": 1, "b": "x y" })', result: 'a=1 b="x y"' },
})
