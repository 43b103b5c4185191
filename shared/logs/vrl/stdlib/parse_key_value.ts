import { oneOf } from '../bad-argument.ts'
import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { parseKeyValue } from '../lib/key-value.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text, type Value } from '../value.ts'

const modes = ['strict', 'lenient'] as const

export const parse_key_value = define({
  name: 'parse_key_value',
  summary: 'Names and values of text such as `a=1 b="two words"`.',
  parameters: [
    textValue,
    optional('key_value_delimiter', kind.bytes),
    optional('field_delimiter', kind.bytes),
    optional('whitespace', kind.bytes, modes),
    optional('accept_standalone_key', kind.boolean),
  ],
  returns: kind.mapOf(kind.or(kind.anyArray, kind.scalar.bytes | kind.scalar.boolean)),
  fails: true,
  prepare: (call) => {
    oneOf(call, 'whitespace', modes)
    return undefined
  },
  run: (_, value: Text, between: Text = '=', fields: Text = ' ', whitespace: Text = 'lenient', standalone: Value = true) => {
    if (text(between) === '' || text(fields) === '') return fail('delimiters must not be empty')
    return parseKeyValue(text(value), {
      between: text(between),
      fields: text(fields),
      strict: text(whitespace) === 'strict',
      standalone: standalone === true,
    })
  },
  example: { source: 'parse_key_value!("a=1 b=\\"x y\\"")', result: { a: '1', b: 'x y' } },
})
