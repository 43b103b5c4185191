import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { isAscii, type Text, text } from '../value.ts'

export const strlen = define({
  name: 'strlen',
  summary: 'The number of characters of text.',
  parameters: [textValue],
  returns: kind.integer,
  run: (_, value: Text) => {
    const s = text(value)
    return isAscii(s) ? s.length : [...s].length
  },
  example: { source: 'strlen("ñ")', result: 1 },
})
