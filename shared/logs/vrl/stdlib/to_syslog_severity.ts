import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { severities } from '../lib/syslog-codes.ts'
import { fail, type Text, text } from '../value.ts'

const older: Record<string, number> = { panic: 0, error: 3, warn: 4 }

export const to_syslog_severity = define({
  name: 'to_syslog_severity',
  summary: 'The severity a Syslog level keyword stands for.',
  parameters: [textValue],
  returns: kind.integer,
  fails: true,
  run: (_, value: Text) => {
    const code = severities.indexOf(text(value) as 'emerg')
    if (code >= 0) return code
    return Object.hasOwn(older, text(value)) ? older[text(value)]! : fail(`syslog level ${text(value)} not valid`)
  },
  example: { source: 'to_syslog_severity!("err")', result: 3 },
})
