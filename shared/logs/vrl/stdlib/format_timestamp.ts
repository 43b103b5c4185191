import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { formatTime } from '../strftime.ts'
import { zoneOffset } from '../time.ts'
import { fail, type Text, type Timestamp, text } from '../value.ts'

export const format_timestamp = define({
  name: 'format_timestamp',
  summary: 'Writes a timestamp in a strftime format, in UTC or another zone.',
  parameters: [required('value', kind.timestamp), required('format', kind.bytes), optional('timezone', kind.bytes)],
  returns: kind.bytes,
  fails: true,
  run: (_, value: Timestamp, format: Text, timezone: Text = 'UTC') => {
    if (zoneOffset(text(timezone), value.ms) === undefined) return fail(`unable to parse timezone: ${text(timezone)}`)
    return formatTime(value, text(format), text(timezone)) ?? fail('invalid format')
  },
  example: { source: 'format_timestamp!(t\'2024-05-06T07:08:09Z\', "%d/%m/%y")', result: '06/05/24' },
})
