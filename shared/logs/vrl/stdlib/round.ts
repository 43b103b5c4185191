import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { numberKind } from '../lib/parameters.ts'
import { halfAway, roundWith, sameNumber } from '../lib/rounding.ts'
import type { Int, Value } from '../value.ts'

export const round = define({
  name: 'round',
  summary: 'Rounds a number to a number of decimal places, halves away from zero.',
  parameters: [required('value', numberKind), optional('precision', kind.integer)],
  returns: sameNumber,
  run: (_, value: Value, precision?: Int) => roundWith(value, precision, halfAway),
  example: { source: 'round(2.25, precision: 1)', result: 2.3 },
})
