import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { numberKind } from '../lib/parameters.ts'
import { roundWith, sameNumber } from '../lib/rounding.ts'
import type { Int, Value } from '../value.ts'

export const ceil = define({
  name: 'ceil',
  summary: 'Rounds a number up to a number of decimal places.',
  parameters: [required('value', numberKind), optional('precision', kind.integer)],
  returns: sameNumber,
  run: (_, value: Value, precision?: Int) => roundWith(value, precision, Math.ceil),
  example: { source: 'ceil(2.31, precision: 1)', result: 2.4 },
})
