import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { nanosPer, timeUnits } from '../lib/times.ts'
import { fail, integer, type Text, type Timestamp, text } from '../value.ts'

export const to_unix_timestamp = define({
  name: 'to_unix_timestamp',
  summary: 'Seconds (or smaller units) from 1970 to a timestamp.',
  parameters: [required('value', kind.timestamp), optional('unit', kind.bytes, timeUnits)],
  returns: kind.integer,
  prepare: (call) => {
    oneOf(call, 'unit', timeUnits)
    return undefined
  },
  run: (_, value: Timestamp, unit: Text = 'seconds') => {
    const nanos = value.nanos()
    const per = nanosPer(text(unit))
    const whole = nanos / per
    const n = nanos % per < 0n ? whole - 1n : whole
    return n > 9223372036854775807n || n < -9223372036854775808n ? fail('can not be represented as nanoseconds') : integer(n)
  },
  example: { source: "to_unix_timestamp(t'2024-05-06T12:53:20Z')", result: 1715000000 },
})
