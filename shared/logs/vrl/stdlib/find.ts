import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { textOrRegex, textValue } from '../lib/parameters.ts'
import { Pattern } from '../regex.ts'
import { byteLength, bytes, type Int, type Text, text, toBytes, toNumber } from '../value.ts'

export const find = define({
  name: 'find',
  summary: 'The byte position of the first match of text or a regular expression, null without one.',
  parameters: [textValue, required('pattern', textOrRegex), optional('from', kind.integer)],
  returns: kind.orNull(kind.integer),
  run: (_, value: Text, pattern: Text | Pattern, from: Int = 0) => {
    const whole = text(value)
    if (toNumber(from) < 0) return null
    const skipped = text(bytes(toBytes(value).slice(0, Math.max(0, toNumber(from))))).length
    if (skipped > whole.length) return null
    const at = pattern instanceof Pattern ? (pattern.match(whole, skipped, 1)?.[0] ?? -1) : whole.indexOf(text(pattern), skipped)
    return at < 0 ? null : byteLength(whole.slice(0, at))
  },
  example: { source: 'find("añb", "b")', result: 3 },
})
