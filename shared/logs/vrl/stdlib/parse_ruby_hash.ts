import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { RubyReader } from '../lib/ruby-hash.ts'
import { fail, isObject, type Text, text } from '../value.ts'

export const parse_ruby_hash = define({
  name: 'parse_ruby_hash',
  summary: 'The value that the text of a Ruby hash stands for.',
  parameters: [textValue],
  returns: kind.anyObject,
  fails: true,
  run: (_, value: Text) => {
    const v = new RubyReader(text(value)).document()
    return isObject(v) ? v : fail('could not parse whole line successfully: expected a hash')
  },
  example: { source: 'parse_ruby_hash!(s\'{:a => [1, nil], "b" => 2.5}\')', result: { a: [1, null], b: 2.5 } },
})
