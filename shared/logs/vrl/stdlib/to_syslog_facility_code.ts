import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { facilities } from '../lib/syslog-codes.ts'
import { fail, type Text, text } from '../value.ts'

export const to_syslog_facility_code = define({
  name: 'to_syslog_facility_code',
  summary: 'The code of a Syslog facility keyword.',
  parameters: [textValue],
  returns: kind.integer,
  fails: true,
  run: (_, value: Text) => {
    const code = facilities.indexOf(text(value) as 'kern')
    return code < 0 ? fail(`syslog facility '${text(value)}' not valid`) : code
  },
  example: { source: 'to_syslog_facility_code!("mail")', result: 2 },
})
