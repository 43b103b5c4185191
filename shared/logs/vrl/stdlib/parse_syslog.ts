import { define } from '../define.ts'
import { textValue } from '../lib/parameters.ts'
import { parseSyslog, syslogKind } from '../lib/syslog.ts'
import { fail, type Text, text } from '../value.ts'

export const parse_syslog = define({
  name: 'parse_syslog',
  summary: 'The fields of a Syslog message of RFC 5424, RFC 3164 or a common variation.',
  parameters: [textValue],
  returns: syslogKind,
  fails: true,
  run: (run, value: Text) => parseSyslog(text(value), run) ?? fail('unable to parse input as valid syslog message'),
  example: { source: "parse_syslog!(s'<34>1 2024-05-06T07:08:09Z web app 12 - - hello').severity", result: 'crit' },
})
