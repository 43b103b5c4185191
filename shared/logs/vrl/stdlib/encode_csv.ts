import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { toText, wrongType } from '../lib/coerce.ts'
import { encodeCsv } from '../lib/csv.ts'
import { byteLength, fail, isObject, type Text, text, type Value } from '../value.ts'

export const encode_csv = define({
  name: 'encode_csv',
  summary: 'An array as one CSV record.',
  parameters: [required('value', kind.anyArray), optional('delimiter', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Value[], delimiter: Text = ',') => {
    if (byteLength(delimiter) !== 1) return fail('delimiter must be a single character')
    return encodeCsv(
      value.map((v) => (Array.isArray(v) || isObject(v) ? wrongType('string', v) : text(toText(v) as Text))),
      text(delimiter),
    )
  },
  example: { source: 'encode_csv!(["a", "b,c", 1])', result: 'a,"b,c",1' },
})
