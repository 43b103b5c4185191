import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { kindText } from '../kind-text.ts'
import { lately } from '../lib/parameters.ts'
import { nanosPer, timeUnits } from '../lib/times.ts'
import { fail, isInteger, type Text, text, timestampOf, toBig, type Value } from '../value.ts'

export const from_unix_timestamp = define({
  name: 'from_unix_timestamp',
  summary: 'The timestamp so many seconds (or smaller units) after 1970.',
  parameters: [lately(required('value', kind.integer)), optional('unit', kind.bytes, timeUnits)],
  returns: kind.timestamp,
  fails: true,
  prepare: (call) => {
    oneOf(call, 'unit', timeUnits)
    return undefined
  },
  run: (_, value: Value, unit: Text = 'seconds') => {
    if (!isInteger(value)) return fail(`unable to coerce ${kindText(kind.ofValue(value))} into timestamp`)
    const t = timestampOf(toBig(value) * nanosPer(text(unit)))
    return Math.abs(t.ms) > 8.2e15 ? fail(`unable to coerce ${toBig(value)} into timestamp`) : t
  },
  example: { source: 'from_unix_timestamp!(1715000000)', result: '2024-05-06T12:53:20Z' },
})
