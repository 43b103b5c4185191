import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { fail, type Int, toBig, toNumber } from '../value.ts'

export const format_int = define({
  name: 'format_int',
  summary: 'Writes an integer in a base from 2 to 36.',
  parameters: [required('value', kind.integer), optional('base', kind.integer)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Int, base: Int = 10) => {
    const radix = toNumber(base)
    return radix < 2 || radix > 36
      ? fail(`invalid base ${toBig(base)}: must be be between 2 and 36 (inclusive)`)
      : toBig(value).toString(radix)
  },
  example: { source: 'format_int!(255, 2)', result: '11111111' },
})
