import { define, optional } from '../define.ts'
import { encodeJson, encodeJsonPretty } from '../json.ts'
import * as kind from '../kind.ts'
import { anything } from '../lib/parameters.ts'
import type { Value } from '../value.ts'

export const encode_json = define({
  name: 'encode_json',
  summary: 'A value as JSON text with sorted names, pretty on request.',
  parameters: [anything, optional('pretty', kind.boolean)],
  returns: kind.bytes,
  run: (_, value: Value, pretty: Value = false) => (pretty === true ? encodeJsonPretty(value) : encodeJson(value)),
  example: { source: 'encode_json({ "b": 1.0, "a": null })', result: '{"a":null,"b":1.0}' },
})
