import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { wrongType } from '../lib/coerce.ts'
import { encodeCsv } from '../lib/csv.ts'
import { late, lately } from '../lib/parameters.ts'
import { byteLength, fail, isString, type Text, text, type Value } from '../value.ts'

export const encode_csv = define({
  name: 'encode_csv',
  summary: 'An array of texts as one CSV record.',
  parameters: [required('value', kind.any), lately(optional('delimiter', kind.bytes))],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Value, separator: Value = ',') => {
    if (!Array.isArray(value)) return wrongType('array', value)
    const delimiter = late(kind.bytes, separator) as Text
    if (byteLength(delimiter) !== 1) return fail('delimiter must be a single character')
    return encodeCsv(
      value.map((v) => (isString(v) ? text(v) : wrongType('string', v))),
      text(delimiter),
    )
  },
  example: { source: 'encode_csv!(["a", "b,c", "1"])', result: 'a,"b,c",1' },
})
