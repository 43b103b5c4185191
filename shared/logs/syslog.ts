import { instant, type Known } from './row.ts'

// RFC 5424 §6.2.1
const severities = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']
const facilities = [
  'kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'audit', 'alert', 'clock',
  'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7',
] // biome-ignore format: a table
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export type SyslogRecord = { record: Record<string, unknown>; known: Known }

/**
 * One message of RFC 5424, RFC 3164 or what most senders take for it. What is neither is a message without a header. `logplex`: Heroku's
 * drains, RFC 5424 without structured data. `at`: epoch ms of arrival, for dates without a year.
 */
export function parseSyslog(line: string, at: number, logplex = false): SyslogRecord {
  const priority = line.match(/^<(\d{1,3})>/)
  const value = Number(priority?.[1])
  if (!priority || value > 191) return { record: {}, known: { message: line } }
  const rest = line.slice(priority[0].length)
  const level = severities[value % 8]!
  const base = { facility: facilities[value >> 3]! }
  const found = rfc5424(rest, logplex) ?? rfc3164(rest, at)
  const known: Known = { level, message: found.message }
  const timestamp = instant(found.timestamp, at)
  if (timestamp) known.timestamp = timestamp
  if (found.app) known.service = found.app
  const more = Object.entries({ host: found.host, procid: found.procid, msgid: found.msgid }).filter(([, v]) => v)
  return { record: { ...base, ...Object.fromEntries(more), ...found.data }, known }
}

type Parts = { timestamp: string; host: string; app: string; procid: string; msgid: string; message: string; data: Record<string, unknown> }

/** RFC 5424 §6: VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]. */
function rfc5424(text: string, logplex: boolean): Parts | null {
  const head = text.match(/^\d{1,2} (\S+) (\S+) (\S+) (\S+) (\S+)(?: |$)/)
  if (!head) return null
  const [timestamp = '', host = '', app = '', procid = '', msgid = ''] = head.slice(1).map((v) => (v === '-' ? '' : v))
  const rest = text.slice(head[0].length)
  const { data, end } = logplex ? { data: {}, end: 0 } : structuredData(rest)
  const message = rest
    .slice(end)
    .replace(/^ /, '')
    .replace(/^\uFEFF/, '')
  return { timestamp, host, app, procid, msgid, message, data }
}

/** §6.3: `-`, or elements `[id name="value" …]` in which `"`, `\` and `]` are escaped. What is neither belongs to the message. */
function structuredData(text: string): { data: Record<string, unknown>; end: number } {
  if (text === '-' || text.startsWith('- ')) return { data: {}, end: 1 }
  const data: Record<string, Record<string, string>> = Object.create(null)
  const element = /\[([^\s=\]"]{1,64})((?: [^\s=\]"]{1,64}="(?:[^"\\\]]|\\.)*")*) ?\]/y
  let end = 0
  for (let match = element.exec(text); match; match = element.exec(text)) {
    const values: Record<string, string> = Object.create(null)
    for (const [, name, value] of match[2]!.matchAll(/ ([^\s=\]"]+)="((?:[^"\\\]]|\\.)*)"/g))
      values[name!] = value!.replace(/\\(["\\\]])/g, '$1')
    data[match[1]!] = values
    end = element.lastIndex
  }
  return { data, end }
}

/** RFC 3164 §4.1: `Mmm dd hh:mm:ss host tag[pid]: text`; many senders write an ISO time, leave out the host or the tag, or add a year. */
function rfc3164(text: string, at: number): Parts {
  const classic = text.match(/^([A-Z][a-z]{2}) +(\d{1,2}) (?:(\d{4}) )?(\d\d:\d\d:\d\d(?:\.\d+)?) /)
  const iso = classic ? null : text.match(/^(\d{4}-\d\d-\d\dT\S+) /)
  const rest = text.slice((classic ?? iso)?.[0].length ?? 0)
  const timestamp = classic ? dated(classic[1]!, classic[2]!, classic[3], classic[4]!, at) : (iso?.[1] ?? '')
  const head = rest.match(/^(?:(\S+) )?([\w./@-]{1,64})(?:\[([^\]]{1,64})\])?: ?/)
  if (!head || !(classic ?? iso)) return { timestamp, host: '', app: '', procid: '', msgid: '', message: rest, data: {} }
  return {
    timestamp,
    host: head[1] ?? '',
    app: head[2] ?? '',
    procid: head[3] ?? '',
    msgid: '',
    message: rest.slice(head[0].length),
    data: {},
  }
}

/** The year that is not written is the one that does not put the message more than a day into the future. */
function dated(month: string, day: string, year: string | undefined, clock: string, at: number): string {
  const of = (y: number) => `${y}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}Z`
  const now = new Date(at).getUTCFullYear()
  if (year) return of(Number(year))
  return Date.parse(of(now)) > at + 86_400_000 ? of(now - 1) : of(now)
}

/**
 * Messages of a body: octet-counted frames (RFC 6587 §3.4.1: `<length> <message>`) when it begins like one, else lines. Null where a
 * frame is longer than what is left of the body.
 */
export function* syslogMessages(body: Uint8Array): Generator<string | null> {
  const decoder = new TextDecoder()
  const counted = /^\d{1,7} </.test(decoder.decode(body.subarray(0, 10)))
  let at = 0
  while (at < body.length) {
    let end: number
    if (counted) {
      const space = body.indexOf(0x20, at)
      const length = Number(decoder.decode(body.subarray(at, space < 0 ? at : Math.min(space, at + 8))))
      if (space < 0 || !Number.isInteger(length) || length < 1 || space + 1 + length > body.length) return yield null
      at = space + 1
      end = at + length
    } else {
      const newline = body.indexOf(10, at)
      end = newline < 0 ? body.length : newline
    }
    const line = decoder.decode(body.subarray(at, end)).replace(/[\r\n\0]+$/, '')
    if (line) yield line
    at = end
    while (body[at] === 10) at += 1
  }
}
