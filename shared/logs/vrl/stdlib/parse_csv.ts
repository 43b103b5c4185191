import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { parseCsv } from '../lib/csv.ts'
import { texts, textValue } from '../lib/parameters.ts'
import { byteLength, fail, type Text, text } from '../value.ts'

export const parse_csv = define({
  name: 'parse_csv',
  summary: 'The cells of one CSV record.',
  parameters: [textValue, optional('delimiter', kind.bytes)],
  returns: texts,
  fails: true,
  run: (_, value: Text, delimiter: Text = ',') => {
    if (byteLength(delimiter) !== 1) return fail('delimiter must be a single character')
    return /^[\r\n]*$/.test(text(value)) ? [] : parseCsv(text(value), text(delimiter))
  },
  example: { source: 'parse_csv!("a,\\"b,c\\"")', result: ['a', 'b,c'] },
})
