import { type FieldError, Problem } from '../problem.ts'
import { isoOrNull } from '../time.ts'
import { defaults, later, type Status } from './attributes.ts'
import type { Region } from './checks/spec.ts'
import { majority } from './regions.ts'
import type { MonitorBody, MonitorChange } from './schema.ts'
import type { Monitor } from './table.ts'

const LATER_TYPES = ['ping', 'tcp', 'udp', 'smtp', 'pop', 'imap', 'dns', 'playwright', 'heartbeat', 'ssl', 'domain']
const NOT_HERE = {
  verify_ssl: (v: unknown) => v === false,
  proxy_host: (v: unknown) => v != null,
  proxy_port: (v: unknown) => v != null,
  ip_version: (v: unknown) => v != null,
} satisfies Record<string, (v: unknown) => boolean>

/**
 * Known attributes and values that this release or this runtime does not have, told apart from mistakes. WIRE "Uptime".
 * Throws `not-available-yet` or `not-available-here`; leaves everything else to the schema.
 */
export function refuseWhatWeLack(body: unknown): void {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return
  const given = body as Record<string, unknown>
  const type = given.monitor_type
  if (typeof type === 'string' && LATER_TYPES.includes(type.toLowerCase()))
    throw lack(
      'not-available-yet',
      'monitor_type',
      'Monitors of this type come in a later release. Use status, expected_status_code, keyword or keyword_absence.',
    )
  for (const path of later)
    if (given[path] != null && given[path] !== false)
      throw lack('not-available-yet', path, 'This attribute comes in a later release. Leave it out or send null.')
  for (const [path, asked] of Object.entries(NOT_HERE))
    if (asked(given[path]))
      throw lack('not-available-here', path, 'The runtime that checks run in cannot do this. Leave the attribute out.')
}
const lack = (code: 'not-available-yet' | 'not-available-here' | 'invalid', path: string, what: string) =>
  new Problem(code, what, { errors: [{ path, code, message: what }] })

/** Rules that concern several attributes of one monitor. Throws `invalid` with every path named, or `not-available-here`. */
export function mustBeConsistent(m: Columns): void {
  const errors: FieldError[] = []
  const wrong = (path: string, message: string) => errors.push({ path, code: 'inconsistent', message })
  if (m.quorum !== null && m.quorum > m.regions.length) wrong('quorum', `Pick 1 to ${m.regions.length}: there are not more regions.`)
  if (m.monitor_type === 'expected_status_code' && !m.expected_status_codes.length)
    wrong('expected_status_codes', 'List the codes that are fine, such as [200, 204].')
  if ((m.monitor_type === 'keyword' || m.monitor_type === 'keyword_absence') && !m.required_keyword)
    wrong('required_keyword', 'Say which text to look for.')
  if (m.monitor_type.startsWith('keyword') && m.http_method === 'HEAD')
    wrong('http_method', 'A HEAD request has no page to search. Use GET.')
  if ((m.maintenance_from === null) !== (m.maintenance_to === null))
    wrong(m.maintenance_from === null ? 'maintenance_from' : 'maintenance_to', 'A window has a beginning and an end: send both or neither.')
  if (m.maintenance_from !== null && m.maintenance_from === m.maintenance_to)
    wrong('maintenance_to', 'A window that ends when it begins is empty. Pause the monitor instead.')
  if (m.maintenance_from !== null && !m.maintenance_days.length) wrong('maintenance_days', 'Name at least one day, such as ["tue"].')
  if (m.auth_password !== null && m.auth_username === null) wrong('auth_username', 'A password needs a user.')
  if (errors.length) throw new Problem('invalid', 'Correct the attributes listed in errors and send the request again.', { errors })
  if (m.request_body !== null && ['GET', 'HEAD'].includes(m.http_method))
    throw lack(
      'not-available-here',
      'request_body',
      'The runtime sends no body with GET and HEAD. Use POST, PUT or PATCH, or leave it out.',
    )
}

/** How many regions must fail: what was set, else the majority. */
export const quorumOf = (m: Pick<Monitor, 'quorum' | 'regions'>): number =>
  Math.min(m.quorum ?? majority(m.regions.length), m.regions.length)

/** What a shard or a head knows of a monitor's state. */
export type Facts = { status: Status; statusSince: number | null; lastCheckedAt: number | null; incident: string | null; failing: Region[] }

/** A monitor as the API answers it; secrets stay behind. */
export const monitorBody = (m: Monitor, f: Facts): MonitorBody => ({
  id: m.id,
  number: m.number,
  url: m.url,
  monitor_type: m.monitor_type,
  name: m.name,
  pronounceable_name: m.name,
  check_frequency: m.check_frequency,
  confirmation_period: m.confirmation_period,
  recovery_period: m.recovery_period,
  request_timeout: m.request_timeout,
  regions: m.regions,
  quorum: quorumOf(m),
  http_method: m.http_method,
  request_headers: m.request_headers.map(({ name }) => ({ name, value: null })),
  request_body: m.request_body,
  auth_username: m.auth_username,
  auth_password_set: m.auth_password !== null,
  follow_redirects: m.follow_redirects,
  expected_status_codes: m.expected_status_codes,
  required_keyword: m.required_keyword,
  maintenance_from: m.maintenance_from,
  maintenance_to: m.maintenance_to,
  maintenance_timezone: m.maintenance_timezone,
  maintenance_days: m.maintenance_days,
  paused: m.paused_at !== null,
  paused_at: isoOrNull(m.paused_at),
  policy_id: m.policy_id,
  monitor_group_id: m.monitor_group_id,
  call: m.call,
  sms: m.sms,
  email: m.email,
  push: m.push,
  critical_alert: m.critical_alert,
  team_wait: m.team_wait,
  verify_ssl: true,
  status: f.status,
  status_since: isoOrNull(f.statusSince),
  last_checked_at: isoOrNull(f.lastCheckedAt),
  incident_id: f.incident,
  failing_regions: f.failing,
  created_at: new Date(m.created_at).toISOString(),
  updated_at: new Date(m.updated_at).toISOString(),
})

type Columns = Omit<Monitor, 'number' | 'id' | 'team' | 'shard' | 'created_at' | 'updated_at' | 'deleted_at'>

/**
 * The columns of a monitor after `change` is laid over what stands (`before`, or the defaults for a new one). Secrets are plain
 * on the way in and out of this: a header sent with `null` keeps its stored value. Throws like `mustBeConsistent`.
 */
export function typedOver(before: Columns | null, change: MonitorChange, at: number): Columns {
  const { url, name, pronounceable_name, paused, request_headers, ...rest } = change
  const known = Object.fromEntries(Object.entries(rest).filter(([key, value]) => key in defaults && value !== undefined))
  const { paused: _, request_headers: __, ...unset } = defaults
  const base = before ?? { ...unset, url: url ?? '', name: '', paused_at: null, request_headers: [] }
  const next: Columns = {
    ...base,
    ...known,
    url: url ?? base.url,
    name: name ?? pronounceable_name ?? (before ? before.name : nameFor(url ?? '')),
    paused_at: paused === undefined ? base.paused_at : paused ? (base.paused_at ?? at) : null,
    request_headers: request_headers ? request_headers.map((h, i) => kept(h, i, base.request_headers)) : base.request_headers,
  }
  mustBeConsistent(next)
  return next
}

/** "shop.example.com/health" for https://shop.example.com/health: what a monitor is called until somebody names it. */
const nameFor = (url: string): string => {
  const { host, pathname } = new URL(url)
  return `${host}${pathname === '/' ? '' : pathname}`.slice(0, 255)
}

function kept(header: { name: string; value: string | null }, i: number, before: Columns['request_headers']) {
  const value = header.value ?? before.find((h) => h.name.toLowerCase() === header.name.toLowerCase())?.value
  if (value === undefined) throw lack('invalid', `request_headers.${i}.value`, 'Send a value: none is stored for a header of this name.')
  return { name: header.name, value }
}
