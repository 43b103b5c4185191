import { oneOf } from '../bad-argument.ts'
import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { apacheError, combined, common, lineKind, parseLine } from '../lib/log-lines.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text } from '../value.ts'

const formats = { common, combined, error: apacheError } as const
const kinds = {
  common: lineKind('host identity user timestamp message method path protocol status size'),
  combined: lineKind('host identity user timestamp message method path protocol status size referrer agent'),
  error: lineKind('timestamp module severity thread port message pid client'),
}

export const parse_apache_log = define({
  name: 'parse_apache_log',
  summary: 'The fields of a line of an Apache access or error log.',
  parameters: [textValue, required('format', kind.bytes, Object.keys(formats)), optional('timestamp_format', kind.bytes)],
  returns: (call) => kinds[call.constant('format') as 'common'] ?? kind.anyObject,
  fails: true,
  prepare: (call) => {
    oneOf(call, 'format', Object.keys(formats))
    return undefined
  },
  run: (run, value: Text, format: Text, timestampFormat?: Text) => {
    const line = formats[text(format) as 'common']
    const times = timestampFormat === undefined ? line.times : [text(timestampFormat)]
    return parseLine(text(value), { ...line, times }, run.surroundings.zone) ?? fail(`failed parsing ${text(format)} log line`)
  },
  example: {
    source: 'parse_apache_log!(s\'10.0.0.1 - - [06/May/2024:07:08:09 +0000] "GET / HTTP/1.1" 200 5\', "common").path',
    result: '/',
  },
})
