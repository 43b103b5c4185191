import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { encodeKeyValue } from '../lib/encode-key-value.ts'
import { type Fields, fail, isString, kindOf, text, type Value } from '../value.ts'

export const encode_logfmt = define({
  name: 'encode_logfmt',
  summary: 'An object as a logfmt line.',
  parameters: [required('value', kind.anyObject), optional('fields_ordering', kind.anyArray)],
  returns: kind.bytes,
  fails: (call) => call.arg('fields_ordering') !== undefined,
  run: (_, value: Fields, ordering: Value[] = []) => {
    const first = ordering.map((f, i) =>
      isString(f) ? text(f) : fail(`invalid field value type at index ${i}: expected string, got ${kindOf(f)}`),
    )
    return encodeKeyValue(value, first, { between: '=', fields: ' ', flattenBoolean: true })
  },
  example: { source: 'encode_logfmt({ "level": "info", "msg": "all well" })', result: 'level=info msg="all well"' },
})
