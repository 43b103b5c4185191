import { define, required } from '../define.ts'
import * as kind from '../kind.ts'
import { facilities } from '../lib/syslog-codes.ts'
import { fail, type Int, toBig, toNumber } from '../value.ts'

export const to_syslog_facility = define({
  name: 'to_syslog_facility',
  summary: 'The keyword of a Syslog facility code.',
  parameters: [required('value', kind.integer)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Int) => facilities[toNumber(value)] ?? fail(`facility code ${toBig(value)} not valid`),
  example: { source: 'to_syslog_facility!(3)', result: 'daemon' },
})
