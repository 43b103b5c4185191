import { define } from '../define.ts'
import { glogLevel } from '../lib/glog-level.ts'
import { lineKind, parseLine } from '../lib/log-lines.ts'
import { textValue } from '../lib/parameters.ts'
import { guessYear } from '../lib/times.ts'
import { fail, type Text, text } from '../value.ts'

const line =
  '^\\s*(?P<level>\\w)(?P<timestamp>\\d{4}\\s\\d{2}:\\d{2}:\\d{2}\\.\\d{6})\\s+(?P<id>\\d+)\\s(?P<file>[^:]+):(?P<line>\\d+)\\]\\s(?P<message>.*?)\\s*$'

export const parse_klog = define({
  name: 'parse_klog',
  summary: "The fields of a line of Kubernetes' logging library; the year is guessed.",
  parameters: [textValue],
  returns: lineKind('level timestamp id file line message'),
  fails: true,
  run: (run, value: Text) => {
    const month = Number(/^\s*\w(\d\d)/.exec(text(value))?.[1] ?? 1)
    const year = guessYear(run, month)
    const dated = text(value).replace(/^\s*(\w)/, (_, letter: string) => letter + String(year).padStart(4, '0'))
    const found = parseLine(
      dated,
      { pattern: line.replace('\\d{4}\\s', '\\d{8}\\s'), times: ['%Y%m%d %H:%M:%S%.f'] },
      run.surroundings.zone,
    )
    return found ? { ...found, level: glogLevel(found.level) } : fail('failed parsing klog message')
  },
  example: { source: 'parse_klog!("E0506 07:08:09.500000   12 a.go:3] slow").line', result: 3 },
})
