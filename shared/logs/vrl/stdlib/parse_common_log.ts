import { define, optional } from '../define.ts'
import * as kind from '../kind.ts'
import { clfTime, common, lineKind, parseLine } from '../lib/log-lines.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text } from '../value.ts'

export const parse_common_log = define({
  name: 'parse_common_log',
  summary: 'The fields of a line in the Common Log Format.',
  parameters: [textValue, optional('timestamp_format', kind.bytes)],
  returns: lineKind('host identity user timestamp message method path protocol status size'),
  fails: true,
  run: (run, value: Text, format: Text = clfTime) =>
    parseLine(text(value), { ...common, times: [text(format)] }, run.surroundings.zone) ?? fail('failed parsing common log line'),
  example: { source: 'parse_common_log!(s\'10.0.0.1 - - [06/May/2024:07:08:09 +0000] "GET / HTTP/1.1" 200 5\').status', result: 200 },
})
