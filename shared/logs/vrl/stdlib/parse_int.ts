import { define, optional } from '../define.ts'
import { display } from '../display.ts'
import * as kind from '../kind.ts'
import { intFault } from '../lib/coerce.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Int, integer, type Text, text, toNumber } from '../value.ts'

export const parse_int = define({
  name: 'parse_int',
  summary: 'The integer text stands for, in a base or with a prefix such as `0x`.',
  parameters: [textValue, optional('base', kind.integer)],
  returns: kind.integer,
  fails: true,
  run: (_, value: Text, base?: Int) => {
    const s = text(value)
    if (s === '' && base === undefined) return fail('value is empty')
    if (base !== undefined && (toNumber(base) < 2 || toNumber(base) > 36))
      return fail(`invalid base ${display(value)}: must be be between 2 and 36 (inclusive)`)
    const prefix = base === undefined ? /^0([box]?)/.exec(s) : null
    const radix = base !== undefined ? toNumber(base) : prefix ? { b: 2, x: 16, o: 8, '': 8 }[prefix[1]!]! : 10
    const digits = prefix && s.length > 1 ? s.slice(prefix[1] === '' ? 0 : 2) : s
    const fault = intFault(digits, radix)
    if (fault) return fail(`could not parse integer: ${fault}`)
    const negative = digits.startsWith('-')
    const most = negative ? 2n ** 63n : 2n ** 63n - 1n
    let n = 0n
    for (const c of digits.replace(/^[+-]/, '')) {
      n = n * BigInt(radix) + BigInt(Number.parseInt(c, 36))
      if (n > most) return fail(`could not parse integer: number too ${negative ? 'small' : 'large'} to fit in target type`)
    }
    return integer(negative ? -n : n)
  },
  example: { source: 'parse_int!("0x1f")', result: 31 },
})
