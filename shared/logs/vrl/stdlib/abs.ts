import { define, required } from '../define.ts'
import { numberKind } from '../lib/parameters.ts'
import { sameNumber } from '../lib/rounding.ts'
import { float, type Int, integer, isFloat, type Real, toBig, toNumber } from '../value.ts'

export const abs = define({
  name: 'abs',
  summary: 'The magnitude of a number.',
  parameters: [required('value', numberKind)],
  returns: sameNumber,
  run: (_, value: Int | Real) => {
    if (isFloat(value)) return float(Math.abs(toNumber(value)))
    const n = toBig(value as Int)
    return integer(n < 0n ? -n : n)
  },
  example: { source: 'abs(-7)', result: 7 },
})
