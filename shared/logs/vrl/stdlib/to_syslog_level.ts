import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { severities } from '../lib/syslog-codes.ts'
import { fail, type Int, toBig, toNumber } from '../value.ts'

export const to_syslog_level = define({
  name: 'to_syslog_level',
  summary: 'The keyword of a Syslog severity.',
  parameters: [required('value', kind.integer)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Int) => severities[toNumber(value)] ?? fail(`severity level ${toBig(value)} not valid`),
  example: { source: 'to_syslog_level!(4)', result: 'warning' },
})
