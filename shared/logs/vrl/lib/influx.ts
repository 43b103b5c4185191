import { type Fields, fail, fields, float, timestampOf } from '../value.ts'

/** Text up to a character that ends it; a backslash keeps the one behind it. */
const measurement = /((?:\\[\s\S]|[^\\, ])+)/y
const tagKey = /((?:\\[\s\S]|[^\\,= ])+)=/y
const tagValue = /((?:\\[\s\S]|[^\\, ])+)/y
/** The reference takes commas into the name of a field. */
const fieldKey = /((?:\\[\s\S]|[^\\= ])+)=/y
const fieldValue = /"(?:\\[\s\S]|[^"\\])*"|[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[iu]?|true|True|TRUE|false|False|FALSE|[tTfF]/y
const gap = /[ \t]+/y
const instant = /[ \t]+(-?\d+)/y

const wrong = (what: string): never => fail(`InfluxDB line protocol parsing error: ${what}`)

/** The metrics of a line of the InfluxDB line protocol, one for each field. Throws a `Failure` that says what is wrong. */
export function influxLine(whole: string): Fields[] {
  const line = whole.trimStart()
  let at = 0
  const read = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const m = pattern.exec(line)
    if (m) at = pattern.lastIndex
    return m ?? undefined
  }
  const series = bare(read(measurement)?.[1] ?? wrong('A generic parsing error occurred: TakeWhile1'))
  const tags: [string, string][] = []
  while (line[at] === ',') {
    at++
    const key = read(tagKey)?.[1] ?? wrong('Tag Set Malformed')
    tags.push([bare(key), bare(read(tagValue)?.[1] ?? wrong('Tag Set Malformed'))])
  }
  if (!read(gap)) return wrong('A generic parsing error occurred: TakeWhile1')
  const found: [string, string][] = []
  do {
    const from = at
    const key = read(fieldKey)?.[1]
    const value = key === undefined ? undefined : read(fieldValue)?.[0]
    if (value === undefined) {
      at = from
      break
    }
    found.push([bare(key!), value])
  } while (line[at] === ',' && ++at)
  if (found.length === 0) return wrong('No fields were provided')
  const nanos = read(instant)?.[1]
  if (at < line.length) return wrong(`Could not parse entire line. Found trailing content: '${line.slice(at)}'`)
  if (nanos !== undefined && BigInt.asIntN(64, BigInt(nanos)) !== BigInt(nanos)) return wrong(`Unable to parse timestamp value '${nanos}'`)
  return found.map(([key, value]) => ({
    name: `${series}_${key}`,
    ...(tags.length > 0 ? { tags: fields(tags) } : {}),
    ...(nanos === undefined ? {} : { timestamp: timestampOf(BigInt(nanos)) }),
    kind: 'absolute',
    gauge: { value: float(numberOf(value)) },
  }))
}

const bare = (s: string): string => s.replace(/\\([,= \\])/g, '$1')

function numberOf(v: string): number {
  if (/^[tT]/.test(v)) return 1
  if (/^[fF]/.test(v)) return 0
  if (!v.startsWith('"')) return Number(v.replace(/[iu]$/, ''))
  return fail(
    "Error while converting InfluxDB line protocol metric to Vector's metric model: field set values of type string are not supported",
  )
}
