import { define } from '../define.ts'
import { glogLevel } from '../lib/glog-level.ts'
import { glog, lineKind, parseLine } from '../lib/log-lines.ts'
import { textValue } from '../lib/parameters.ts'
import { fail, type Text, text } from '../value.ts'

export const parse_glog = define({
  name: 'parse_glog',
  summary: 'The fields of a line of the Google Logging Library.',
  parameters: [textValue],
  returns: lineKind('level timestamp id file line message'),
  fails: true,
  run: (run, value: Text) => {
    const line = parseLine(text(value), glog, run.surroundings.zone) ?? fail('failed parsing glog message')
    return { ...line, level: glogLevel(line.level) }
  },
  example: { source: 'parse_glog!("W20240506 07:08:09.500000 12 a.cc:3] slow").level', result: 'warning' },
})
