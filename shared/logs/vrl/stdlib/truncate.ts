import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Int, type Text, text, toNumber } from '../value.ts'

export const truncate = define({
  name: 'truncate',
  summary: 'At most so many characters of text, with a suffix where some were cut.',
  parameters: [textValue, required('limit', kind.integer), optional('suffix', kind.bytes)],
  returns: kind.bytes,
  run: (_, value: Text, limit: Int, suffix: Text = '') => {
    const characters = [...text(value)]
    const most = Math.max(0, toNumber(limit))
    return characters.length <= most ? text(value) : characters.slice(0, most).join('') + text(suffix)
  },
  example: { source: 'truncate("abcdef", 4, "…")', result: 'abcd…' },
})
