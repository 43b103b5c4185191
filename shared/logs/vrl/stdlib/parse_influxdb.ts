import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { influxLine } from '../lib/influx.ts'
import { textValue } from '../lib/parameters.ts'
import { type Text, text } from '../value.ts'

export const parse_influxdb = define({
  name: 'parse_influxdb',
  summary: 'The metrics of text in the InfluxDB line protocol.',
  parameters: [textValue],
  returns: kind.arrayOf(
    kind.record({
      name: kind.bytes,
      tags: kind.or(kind.mapOf(kind.bytes), kind.scalar.null),
      timestamp: kind.orNull(kind.timestamp),
      kind: kind.bytes,
      gauge: kind.record({ value: kind.float }),
    }),
  ),
  fails: true,
  run: (_, value: Text) =>
    text(value)
      .split('\n')
      .filter((l) => l.trim() !== '' && !l.startsWith('#'))
      .flatMap(influxLine),
  example: {
    source: 'parse_influxdb!("cpu,host=a load=1.5")',
    result: [{ name: 'cpu_load', tags: { host: 'a' }, kind: 'absolute', gauge: { value: 1.5 } }],
  },
})
