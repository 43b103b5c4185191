import * as kind from '../kind.ts'
import { fixed, groupText } from '../regex.ts'
import { parseTime } from '../strptime.ts'
import { type Fields, fail, put, Timestamp, type Value } from '../value.ts'
import { parseInt64, toFloat } from './coerce.ts'

/** How the groups of a log line become fields: all others are text. */
const integers = new Set(
  'status size pid port cid tid error_code id line request_length body_bytes_size upstream_response_length upstream_status'.split(' '),
)
const floats = new Set(['request_time', 'upstream_response_time', 'excess'])

export interface LineFormat {
  readonly pattern: string
  /** Formats tried for `timestamp`. */
  readonly times: readonly string[]
}

/** The fields of a line; what the line leaves out, or gives as a dash, is left out. */
export function parseLine(s: string, format: LineFormat, zone: string): Fields | undefined {
  const p = fixed(format.pattern)
  const m = p.match(s)
  if (!m) return undefined
  const out: Fields = {}
  for (let g = 1; g <= p.groupCount; g++) {
    const name = p.names[g]
    const found = groupText(s, m, g)
    if (name && found !== undefined) put(out, name, typed(name, found, format, zone))
  }
  return out
}

function typed(name: string, found: string, format: LineFormat, zone: string): Value {
  if (name === 'timestamp') return anyTime(found, format.times, zone)
  if (integers.has(name)) return parseInt64(found)
  return floats.has(name) ? toFloat(found) : found
}

function anyTime(s: string, formats: readonly string[], zone: string): Timestamp {
  for (const f of formats.slice(0, -1)) {
    const t = parseTime(s, f, zone)
    if (t instanceof Timestamp) return t
  }
  const t = parseTime(s, formats[formats.length - 1]!, zone)
  return t instanceof Timestamp ? t : fail(`failed parsing timestamp ${s} using format ${formats[formats.length - 1]}: ${t.fault}`)
}

const text = kind.orNull(kind.bytes)
const number = kind.orNull(kind.integer)

/** Kinds of fields by name, for lines whose fields may all be missing. */
export const lineKind = (names: string): kind.Kind =>
  kind.record(
    Object.fromEntries(
      names
        .split(' ')
        .map((n) => [
          n,
          n === 'timestamp' ? kind.orNull(kind.timestamp) : integers.has(n) ? number : floats.has(n) ? kind.orNull(kind.float) : text,
        ]),
    ),
  )

const opt = (group: string): string => `(?:-|${group})`
const request = '(?P<message>(?P<method>\\w+)\\s+(?P<path>[^\\s"]+|[^"]*?)\\s+(?P<protocol>[^"\\s]*)\\s*|[^"]*)'
const commonStart = `^\\s*${opt('(?P<host>\\S+)')}\\s+${opt('(?P<identity>\\S+)')}\\s+${opt('(?P<user>.*?)')}\\s+\\[${opt('(?P<timestamp>[^\\[\\]]*)')}\\]\\s+"${opt(request)}"\\s+${opt('(?P<status>\\d+)')}\\s+${opt('(?P<size>\\d+)')}`
export const clfTime = '%d/%b/%Y:%T %z'

export const common: LineFormat = { pattern: `${commonStart}\\s*$`, times: [clfTime] }
export const combined: LineFormat = {
  pattern: `${commonStart}\\s+"${opt('(?P<referrer>[^"]*)')}"\\s+"${opt('(?P<agent>[^"]*)')}"\\s*$`,
  times: [clfTime],
}
export const apacheError: LineFormat = {
  pattern: `^\\s*\\[${opt('(?P<timestamp>[^\\[\\]]*)')}\\]\\s+\\[(?:-|(?:(?P<module>[^:\\]]*):)?(?P<severity>[^\\]]*))\\]\\s+\\[\\s*pid\\s*(?:-|(?P<pid>[^:\\]]*))(?::\\s*tid\\s*(?P<thread>[^\\[\\]]*))?\\](?:\\s+\\[\\s*client\\s*(?:-|(?P<client>.*?)(?::(?P<port>\\d+))?)\\])?\\s*(?:-|(?P<message>.*))\\s*$`,
  times: ['%a %b %d %H:%M:%S%.6f %Y', '%a %b %d %H:%M:%S %Y', clfTime],
}

export const nginxCombined: LineFormat = {
  pattern: `^\\s*${opt('(?P<client>\\S+)')}\\s+-\\s+${opt('(?P<user>\\S+)')}\\s+\\[(?P<timestamp>[^\\]]+)\\]\\s+"(?P<request>[^"]*)"\\s+(?P<status>\\d+)\\s+(?P<size>\\d+)\\s+"${opt('(?P<referer>[^"]*)')}"\\s+"${opt('(?P<agent>[^"]*)')}"(?:\\s+"${opt('(?P<compression>[^"]*)')}")?\\s*$`,
  times: [clfTime],
}
export const nginxMain: LineFormat = {
  pattern: `^\\s*${opt('(?P<remote_addr>\\S+)')}\\s+-\\s+${opt('(?P<remote_user>\\S+)')}\\s+\\[(?P<timestamp>[^\\]]+)\\]\\s+"${opt('(?P<request>[^"]*)')}"\\s+${opt('(?P<status>\\d+)')}\\s+${opt('(?P<body_bytes_size>\\d+)')}\\s+"${opt('(?P<http_referer>[^"]*)')}"\\s+"${opt('(?P<http_user_agent>[^"]*)')}"\\s+"${opt('(?P<http_x_forwarded_for>[^"]*)')}"\\s*$`,
  times: [clfTime],
}
export const nginxIngress: LineFormat = {
  pattern: `^\\s*${opt('(?P<remote_addr>\\S+)')}\\s+-\\s+${opt('(?P<remote_user>\\S+)')}\\s+\\[(?P<timestamp>[^\\]]+)\\]\\s+"(?P<request>[^"]*)"\\s+(?P<status>\\d+)\\s+(?P<body_bytes_size>\\d+)\\s+"${opt('(?P<http_referer>[^"]*)')}"\\s+"${opt('(?P<http_user_agent>[^"]*)')}"\\s+(?P<request_length>\\d+)\\s+(?P<request_time>[\\d.]+)\\s+\\[(?P<proxy_upstream_name>[^\\]]*)\\]\\s+\\[(?:(?P<proxy_alternative_upstream_name>[^\\]]+))?\\]\\s+${opt('(?P<upstream_addr>\\S+)')}\\s+${opt('(?P<upstream_response_length>\\d+)')}\\s+${opt('(?P<upstream_response_time>[\\d.]+)')}\\s+${opt('(?P<upstream_status>\\d+)')}\\s+(?P<req_id>\\S+)\\s*$`,
  times: [clfTime],
}
export const nginxError: LineFormat = {
  pattern: `^\\s*(?P<timestamp>\\S+\\s+\\S+)\\s+\\[(?P<severity>\\w+)\\]\\s+(?P<pid>\\d+)#(?P<tid>\\d+):(?:\\s+\\*(?P<cid>\\d+))?\\s+(?P<message>.*?)(?:,\\s+excess:\\s+(?P<excess>[^\\s]+)\\s+by\\s+zone\\s+"(?P<zone>[^"]+)")?(?:,\\s+client:\\s+(?P<client>[^,]+))?(?:,\\s+server:\\s+(?P<server>[^,]*))?(?:,\\s+request:\\s+"(?P<request>[^"]*)")?(?:,\\s+upstream:\\s+"(?P<upstream>[^"]*)")?(?:,\\s+host:\\s+"(?P<host>[^"]*)")?(?:,\\s+refer?rer:\\s+"?(?P<referer>[^"]*)"?)?\\s*$`,
  times: ['%Y/%m/%d %H:%M:%S'],
}
export const glog: LineFormat = {
  pattern:
    '^\\s*(?P<level>\\w)(?P<timestamp>\\d{8}\\s\\d{2}:\\d{2}:\\d{2}\\.\\d{6})\\s+(?P<id>\\d+)\\s(?P<file>.+):(?P<line>\\d+)\\]\\s(?P<message>.*?)\\s*$',
  times: ['%Y%m%d %H:%M:%S%.f'],
}
