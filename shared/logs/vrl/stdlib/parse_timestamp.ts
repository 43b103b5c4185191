import { define, optional, required } from '../define.ts'
import * as kind from '../kind.ts'
import { timeOrFail } from '../lib/times.ts'
import { type Text, Timestamp, text } from '../value.ts'

export const parse_timestamp = define({
  name: 'parse_timestamp',
  summary: 'Reads a time in a strftime format; one without an offset is local to a zone.',
  parameters: [
    required('value', kind.scalars(kind.scalar.bytes | kind.scalar.timestamp)),
    required('format', kind.bytes),
    optional('timezone', kind.bytes),
  ],
  returns: kind.timestamp,
  fails: true,
  run: (run, value: Text | Timestamp, format: Text, timezone?: Text) => {
    if (value instanceof Timestamp) return value
    return timeOrFail(text(value), text(format), timezone === undefined ? run.surroundings.zone : text(timezone))
  },
  example: { source: 'parse_timestamp!("06 May 2024 07:08", "%d %b %Y %H:%M")', result: '2024-05-06T07:08:00Z' },
})
