import { define } from '../define.ts'
import { textValue } from '../lib/parameters.ts'
import { parseSyslog, syslogKind } from '../lib/syslog.ts'
import { fail, type Text, text } from '../value.ts'

export const parse_linux_authorization = define({
  name: 'parse_linux_authorization',
  summary: 'The fields of a line of a Linux authorization log.',
  parameters: [textValue],
  returns: syslogKind,
  fails: true,
  run: (run, value: Text) => parseSyslog(text(value), run) ?? fail('unable to parse input as valid syslog message'),
  example: { source: "parse_linux_authorization!(s'May 06 07:08:09 web sshd[12]: bye').appname", result: 'sshd' },
})
