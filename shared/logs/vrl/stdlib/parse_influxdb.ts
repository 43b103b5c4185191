import { define } from '../define.ts'
import * as kind from '../kind.ts'
import { textValue } from '../lib/parameters.ts'
import { type Fields, fail, fields, float, type Text, text, timestampOf } from '../value.ts'

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

function influxLine(line: string): Fields[] {
  const m = /^((?:\\.|[^\\\s])+)\s+((?:\\.|"(?:\\.|[^"\\])*"|[^\\\s"])+)(?:\s+(-?\d+))?\s*$/.exec(line)
  if (!m) return fail('failed to parse influxdb line protocol')
  const [series = '', ...tagPairs] = splitUnescaped(m[1]!, ',')
  const tags = tagPairs.map((t) => {
    const [k = '', v] = splitUnescaped(t, '=')
    return [bare(k), v === undefined ? fail('failed to parse influxdb line protocol: invalid tag') : bare(v)] as const
  })
  return splitUnescaped(m[2]!, ',').map((pair) => {
    const [k = '', v = ''] = splitUnescaped(pair, '=')
    return {
      name: `${bare(series)}_${bare(k)}`,
      ...(tags.length > 0 ? { tags: fields(tags) } : {}),
      ...(m[3] === undefined ? {} : { timestamp: timestampOf(BigInt(m[3])) }),
      kind: 'absolute',
      gauge: { value: float(influxValue(v)) },
    }
  })
}

const bare = (s: string): string => s.replace(/\\([,= \\])/g, '$1')

const splitUnescaped = (s: string, by: string): string[] => {
  const parts = ['']
  let quoted = false
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!
    if (c === '"') quoted = !quoted
    if (c === '\\' && i + 1 < s.length) parts[parts.length - 1] += c + s[++i]
    else if (c === by && !quoted && (by !== '=' || parts.length === 1)) parts.push('')
    else parts[parts.length - 1] += c
  }
  return parts
}

function influxValue(v: string): number {
  if (/^(?:t|T|true|True|TRUE)$/.test(v)) return 1
  if (/^(?:f|F|false|False|FALSE)$/.test(v)) return 0
  if (v.startsWith('"')) return fail('field value type: string is not supported')
  const m = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[iu]?$/.exec(v)
  return m
    ? Number(m[1])
    : fail(v === 'NaN' ? 'NaN field value is not supported' : 'failed to parse influxdb line protocol: invalid field value')
}
