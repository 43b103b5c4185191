import * as kind from '../kind.ts'
import type { Run } from '../run.ts'
import { months } from '../strftime.ts'
import { parseTime } from '../strptime.ts'
import { type Fields, put, Timestamp, type Value } from '../value.ts'
import { facilities, severities } from './syslog-codes.ts'
import { guessYear } from './times.ts'

/** Month names as RFC 3164 writes them. */
const stamp3164 =
  /^(?:(\d{4})\s+)?([A-Z][a-z]{2})\s+(\d{1,2})(?:\s+(\d{4}))?\s+(\d{2}:\d{2}:\d{2})(?:[.,](\d+))?(?:\s+(\d{4})(?=[\s:]))?(?:\s+([A-Z]{3,4}|[+-]\d{2}:?\d{2})(?=[\s:]))?:?\s*/
const stampIso = /^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)\s*(Z|[+-]\d{2}:?\d{2})?:?\s+/

/** A message of RFC 5424, RFC 3164 or a common variation of it. `undefined` for other text. */
export function parseSyslog(s: string, run: Run): Fields | undefined {
  const m = /^\s*(?:\d+\s+(?=<))?(?:<(\d{1,3})>)?\s*([\s\S]*)$/.exec(s)!
  const out: Fields = {}
  if (m[1] !== undefined) {
    const pri = Number(m[1])
    if (pri > 191) return undefined
    out.facility = facilities[pri >> 3]
    out.severity = severities[pri & 7]
  }
  const rest = m[2]!
  const version = m[1] === undefined ? null : /^(\d{1,2})\s+(?=\S)/.exec(rest)
  if (version) {
    const found = parse5424(rest.slice(version[0].length), run)
    if (found) return { ...out, version: Number(version[1]), ...found }
  }
  const found = parse3164(rest, run)
  return found && { ...out, ...found }
}

function parse5424(s: string, run: Run): Fields | undefined {
  const m = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*([\s\S]*)$/.exec(s)
  if (!m) return undefined
  const out: Fields = {}
  const [, stamp, hostname, appname, procid, msgid, rest] = m
  if (stamp !== '-') {
    const t = parseTime(stamp!, '%+', run.surroundings.zone)
    if (!(t instanceof Timestamp)) return undefined
    out.timestamp = t
  }
  if (hostname !== '-') out.hostname = hostname!
  if (appname !== '-') out.appname = appname!
  if (procid !== '-') out.procid = processId(procid!)
  if (msgid !== '-') out.msgid = msgid!
  const { elements, message } = structuredData(rest!)
  for (const [id, params] of elements) put(out, id, params)
  out.message = message.replace(/^\ufeff/, '')
  return out
}

const processId = (s: string): Value => (/^\d{1,15}$/.test(s) ? Number(s) : s)

function structuredData(s: string): { elements: [string, Fields][]; message: string } {
  const elements: [string, Fields][] = []
  let rest = s
  if (rest.startsWith('-')) return { elements, message: rest.slice(1).replace(/^\s+/, '') }
  for (;;) {
    const m = /^\[([^\s\]="]+)((?:\s+[^\s=\]"]+=\s*"(?:\\[\s\S]|[^"\\])*")*)\s*\]/.exec(rest)
    if (!m) break
    const params: Fields = {}
    for (const p of m[2]!.matchAll(/([^\s=\]"]+)=\s*"((?:\\[\s\S]|[^"\\])*)"/g)) put(params, p[1]!, p[2]!.replace(/\\(["\\\]])/g, '$1'))
    elements.push([m[1]!, params])
    rest = rest.slice(m[0].length)
  }
  return { elements, message: rest.replace(/^\s+/, '') }
}

function parse3164(s: string, run: Run): Fields | undefined {
  const out: Fields = {}
  const iso = stampIso.exec(s)
  const old = iso ? null : stamp3164.exec(s)
  let rest: string
  if (iso) {
    const t = parseTime(
      `${iso[1]!.replace(' ', 'T').replace(',', '.')}${iso[2] ?? 'Z'}`.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'),
      '%+',
      'UTC',
    )
    if (!(t instanceof Timestamp)) return undefined
    out.timestamp = t
    rest = s.slice(iso[0].length)
  } else if (old) {
    const t = oldTime(old, run)
    if (!t) return undefined
    out.timestamp = t
    rest = s.slice(old[0].length)
  } else return undefined
  const head = /^(\S+)\s+([^\s[\]:]+)(?:\[([^\]]*)\])?:\s*([\s\S]*)$/.exec(rest)
  const tag = head ? null : /^([^\s[\]:]+)(?:\[([^\]]*)\])?:\s*([\s\S]*)$/.exec(rest)
  if (head) Object.assign(out, { hostname: head[1], appname: head[2] }, head[3] ? { procid: processId(head[3]) } : {})
  else if (tag) Object.assign(out, { appname: tag[1] }, tag[2] ? { procid: processId(tag[2]) } : {})
  const host = head || tag ? null : /^(\S+)\s+([\s\S]*)$/.exec(rest)
  if (host) out.hostname = host[1]
  const body = head?.[4] ?? tag?.[3] ?? host?.[2] ?? rest
  const { elements, message } = /^\[[^\s\]="]+\s+[^\s=]+="/.test(body) ? structuredData(body) : { elements: [], message: body }
  for (const [id, params] of elements) put(out, id, params)
  out.message = message
  return out
}

function oldTime(m: RegExpExecArray, run: Run): Timestamp | undefined {
  const month = months.findIndex((n) => n.startsWith(m[2]!)) + 1
  if (month === 0) return undefined
  const year = m[1] ?? m[4] ?? m[7] ?? String(guessYear(run, month))
  const zone = m[8] !== undefined && /^[+-]/.test(m[8]) ? m[8] : ''
  const t = parseTime(
    `${year}-${month}-${m[3]} ${m[5]}.${m[6] ?? '0'}${zone}`,
    `%Y-%m-%d %H:%M:%S%.f${zone === '' ? '' : '%z'}`,
    run.surroundings.zone,
  )
  return t instanceof Timestamp ? t : undefined
}

const optionalText = kind.orNull(kind.bytes)

export const syslogKind = kind.record(
  {
    message: kind.bytes,
    hostname: optionalText,
    severity: optionalText,
    facility: optionalText,
    appname: optionalText,
    msgid: optionalText,
    timestamp: kind.orNull(kind.timestamp),
    procid: kind.scalars(kind.scalar.bytes | kind.scalar.integer | kind.scalar.null),
    version: kind.orNull(kind.integer),
  },
  kind.anyObject,
)
